import type { CellsOutside, TypeCells } from '../distributions/type-cells.ts';
import { monotoneChoices } from './monotone-choice.ts';
import type { SurplusTable } from './surplus-table.ts';

/** A two-part tariff: an upfront fee, then inputs at `markup` times their cost. */
export interface TwoPartTariff {
  readonly markup: number;
  readonly fee: number;
}

/** Tariffs in order of falling markup, as buyers of rising types want them. */
export interface TariffColumns {
  readonly markup: Float64Array;
  readonly fee: Float64Array;
}

/** Utility of value w under a tariff, before its fee: max over q of w q − m C(q, s) = m S(w/m, s) (Lemma 3). */
export const tariffUtility = (table: SurplusTable, value: number, markup: number): number =>
  markup * table.surplus(value / markup);

/** Profit of a tariff on value w: the fee and the margin on C(q), with q her own optimum. */
export const tariffProfit = (table: SurplusTable, value: number, { markup, fee }: TwoPartTariff): number => {
  const index = value / markup;
  return fee + (markup - 1) * (index * table.quality(index) - table.surplus(index));
};

/** Value less cost of what value w takes under a markup. */
export const tariffWelfare = (table: SurplusTable, value: number, markup: number): number => {
  const index = value / markup;
  const quality = table.quality(index);
  return table.surplus(index) + (value - index) * quality;
};

/**
 * For each of the ascending `values`, the index of the tariff she likes best; tariffs in order of falling markup.
 *
 * ∂²(m S(w/m))/∂w∂m < 0: higher values want lower markups, so choices are monotone and divide and conquer
 * finds all of them in O((values + tariffs) log values).
 */
export const favouriteTariffs = (
  table: SurplusTable,
  values: Float64Array,
  tariffs: TariffColumns,
): Int32Array => {
  const { markup, fee } = tariffs;
  return monotoneChoices(
    values.length,
    markup.length,
    (i, j) => tariffUtility(table, values[i]!, markup[j]!) - fee[j]!,
  );
};

/** Tariffs ordered for `favouriteTariffs`; of several with one markup any order does. */
export const byFallingMarkup = (tariffs: readonly TwoPartTariff[]): TariffColumns => {
  const sorted = [...tariffs].sort((a, b) => b.markup - a.markup || b.fee - a.fee);
  return {
    markup: Float64Array.from(sorted, (tariff) => tariff.markup),
    fee: Float64Array.from(sorted, (tariff) => tariff.fee),
  };
};

/** A menu of tariffs for buyers of one scale, each type's intended tariff beside it. */
export interface ScaleTariffs {
  readonly scale: number;
  /** Mass of this scale among all buyers. */
  readonly weight: number;
  readonly cells: TypeCells;
  readonly table: SurplusTable;
  /** 0 for all unless said. */
  readonly outside?: CellsOutside;
  /** What each cell's type is meant to take; undefined where she is excluded. */
  readonly intended: readonly (TwoPartTariff | undefined)[];
}

/** What happens when buyers choose freely among all offers of all scales, or none. */
export interface OfferSimulation<Offer> {
  /** Expected profit under free choice less that under the intended choice. */
  readonly profitChange: number;
  /** The same of consumer surplus. */
  readonly surplusChange: number;
  readonly maxDeviationGain: number;
  /** Share of buyers who do not take the offer meant for them. */
  readonly deviatingShare: number;
  /** Who gains most, and the offer she takes; none where what she has outside is better. */
  readonly worst?: {
    readonly value: number;
    readonly scale: number;
    readonly gain: number;
    readonly takes?: Offer;
  };
}

/** Free choice among tariffs. */
export type TariffSimulation = OfferSimulation<TwoPartTariff>;

/** The tariff that each type of a scale likes best of those considered so far; utility −∞ where there is none. */
interface Choices {
  readonly utility: Float64Array;
  readonly markup: Float64Array;
  readonly fee: Float64Array;
  /** What it earns with her, at the number of tasks that it leaves her. */
  readonly profit: Float64Array;
}

const noChoices = (count: number): Choices => ({
  utility: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
  markup: new Float64Array(count).fill(Number.NaN),
  fee: new Float64Array(count),
  profit: new Float64Array(count),
});

const copyOf = ({ utility, markup, fee, profit }: Choices): Choices => ({
  utility: utility.slice(),
  markup: markup.slice(),
  fee: fee.slice(),
  profit: profit.slice(),
});

/** Those of `tariffs` that some type might prefer to all `others`, none of which has both a markup and a fee as low. */
const undominated = (tariffs: TariffColumns, others: TariffColumns): TariffColumns => {
  const markups: number[] = [];
  const fees: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  let other = others.markup.length - 1;
  for (let j = tariffs.markup.length - 1; j >= 0; j--) {
    const [markup, fee] = [tariffs.markup[j]!, tariffs.fee[j]!];
    while (other >= 0 && others.markup[other]! <= markup) least = Math.min(least, others.fee[other--]!);
    if (fee >= least) continue;
    markups.push(markup);
    fees.push(fee);
  }
  return { markup: Float64Array.from(markups).reverse(), fee: Float64Array.from(fees).reverse() };
};

/**
 * Propositions 6 and 7 (Sections 6.2, 6.3; Lemma 3). Tokens at m(θ) = θ/φ(θ) times their cost, for a fee T(θ) − m(θ) C(q(θ)), with at most s tasks where
 * allocations are contractible, implement the optimal menu. The paper asks for increasing φ and Assumption 2; what is needed, and enough, is
 * that m does not increase (ERRATA S2, S4). So it is simulated here, not taken for granted.
 *
 * Free choice among two-part tariffs whose task caps are their scales: a buyer (w, s) under a tariff with cap s̄ uses min(s, s̄) tasks
 * and picks her own tokens, or takes what she has outside. `scales` ascending. Gains within `tie` are the seller's: she takes what was meant for her.
 *
 * With a cap below her scale she is like a buyer of that scale, whose best choice is known by then; so only tariffs
 * made for larger scales need trying, at her own scale, and of those only such as none of her own scale's beats in both markup and fee.
 */
export const simulateTariffs = (scales: readonly ScaleTariffs[], tie: number): TariffSimulation => {
  let profitChange = 0;
  let surplusChange = 0;
  let maxDeviationGain = 0;
  let deviatingShare = 0;
  let worst: TariffSimulation['worst'];
  const columns = scales.map(({ intended }) => byFallingMarkup(intended.filter((t) => t !== undefined)));
  // Choices from tariffs capped at or below the scale at hand.
  let below: Choices | undefined;
  scales.forEach((own, a) => {
    const { value, mass } = own.cells;
    const n = value.length;
    const chosen = below ?? noChoices(n);
    const consider = (tariffs: TariffColumns): void => {
      const favourite = favouriteTariffs(own.table, value, tariffs);
      for (let i = 0; i < n; i++) {
        const j = favourite[i]!;
        if (j < 0) continue;
        const [markup, fee] = [tariffs.markup[j]!, tariffs.fee[j]!];
        const net = tariffUtility(own.table, value[i]!, markup) - fee;
        if (!(net > chosen.utility[i]!)) continue;
        chosen.utility[i] = net;
        chosen.markup[i] = markup;
        chosen.fee[i] = fee;
        chosen.profit[i] = tariffProfit(own.table, value[i]!, { markup, fee });
      }
    };
    consider(columns[a]!);
    below = copyOf(chosen);
    for (let b = a + 1; b < scales.length; b++) consider(undominated(columns[b]!, columns[a]!));
    for (let i = 0; i < n; i++) {
      const meant = own.intended[i];
      const nothing = own.outside?.types[i] ?? 0;
      const intendedUtility = meant ? tariffUtility(own.table, value[i]!, meant.markup) - meant.fee : nothing;
      const isBuying = chosen.utility[i]! > nothing;
      const gain = (isBuying ? chosen.utility[i]! : nothing) - intendedUtility;
      if (!(gain <= maxDeviationGain)) {
        maxDeviationGain = gain;
        const takes = isBuying ? { markup: chosen.markup[i]!, fee: chosen.fee[i]! } : undefined;
        worst = { value: value[i]!, scale: own.scale, gain, ...(takes ? { takes } : {}) };
      }
      if (gain > tie) {
        const left = own.outside?.margins?.[i] ?? 0;
        const intendedProfit = meant ? tariffProfit(own.table, value[i]!, meant) : left;
        profitChange += own.weight * mass[i]! * ((isBuying ? chosen.profit[i]! : left) - intendedProfit);
        surplusChange += own.weight * mass[i]! * gain;
        deviatingShare += own.weight * mass[i]!;
      }
    }
  });
  return {
    profitChange,
    surplusChange,
    maxDeviationGain,
    deviatingShare,
    ...(worst && maxDeviationGain > tie ? { worst } : {}),
  };
};
