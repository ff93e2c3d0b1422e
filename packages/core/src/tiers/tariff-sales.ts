import { type Distribution, isSingularAt } from '../distributions/distribution.ts';
import { integrateTypes } from '../distributions/type-integral.ts';
import { piecesBetween } from '../integration/quadrature.ts';
import { lastInside, root } from '../integration/root.ts';
import type { FiniteTypes } from '../screening/finite-types.ts';
import { freeChoice, TIE } from '../screening/free-choice.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { TwoPartTariff } from '../tariffs/two-part-tariffs.ts';

/** What a buyer makes of a tariff: her own choice of tokens. */
export interface TariffUse {
  readonly type: number;
  readonly quality: number;
  readonly cost: number;
  /** Fee and tokens. */
  readonly payment: number;
  /** In the order of the supply's inputs: task inputs per task. */
  readonly inputs: Float64Array;
}

/** The buyers of a tariff when all choose freely: means over them, and what the lowest and the highest do. */
export interface TariffSale {
  readonly tariff: TwoPartTariff;
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly mean: Omit<TariffUse, 'type'>;
  readonly lowest: TariffUse;
  readonly highest: TariffUse;
}

/** What a menu of tariffs sells to buyers who choose freely among them, or none, and then their own tokens. */
export interface TariffSales {
  readonly sales: readonly TariffSale[];
  readonly profit: number;
  /** What buyers have beyond what they have outside, a buyer of the population; money. */
  readonly rent: number;
}

/** Utility of a tariff to type x beyond what she has outside, m S(x/m) − fee − u, and the tokens she takes. */
const useOf = (supply: EfficientSupply, scale: number, outside: number) => {
  const point = supplyPoint(supply.inputs.length);
  return {
    point,
    utility: (type: number, { markup, fee }: TwoPartTariff): number => {
      supply.supply(type / markup, scale, point);
      return markup * point.surplus - fee - outside;
    },
    use: (type: number, { markup, fee }: TwoPartTariff): TariffUse => {
      supply.supply(type / markup, scale, point);
      const payment = fee + markup * point.cost;
      return {
        type,
        quality: point.quality,
        cost: point.cost,
        payment,
        inputs: Float64Array.from(point.inputs),
      };
    },
  };
};

/** Tariffs in order of falling markup that are somebody's favourite, with the lowest type that prefers each to those before. */
const favourites = (
  tariffs: readonly TwoPartTariff[],
  { min, max }: { readonly min: number; readonly max: number },
  utility: (type: number, tariff: TwoPartTariff) => number,
): { tariff: TwoPartTariff; from: number }[] => {
  const sorted = [...tariffs].sort((a, b) => b.markup - a.markup || b.fee - a.fee);
  const chosen: { tariff: TwoPartTariff; from: number }[] = [];
  for (const tariff of sorted) {
    for (;;) {
      const last = chosen[chosen.length - 1];
      // What a type gains by it ascends in the type: ∂²(m S(x/m))/∂x∂m < 0.
      const gain = (x: number): number => utility(x, tariff) - (last ? utility(x, last.tariff) : 0);
      if (!(gain(max) > 0)) break;
      const from = gain(min) > 0 ? min : gain(min) < 0 ? root(gain, min, max) : firstAbove(gain, min, max);
      if (last !== undefined && !(from > last.from)) {
        chosen.pop();
        continue;
      }
      chosen.push({ tariff, from });
      break;
    }
  }
  return chosen;
};

/** The lowest x above which an ascending function that starts at 0 is positive: without a fee, where tokens begin to be worth their price. */
const firstAbove = (gain: (x: number) => number, min: number, max: number): number =>
  lastInside((x) => !(gain(x) > 0), min, max)[0];

/** Free choice of a continuous population, all of which has `outside` without a tariff, each tariff's buyers integrated over in full. */
export const tariffSalesToPopulation = (
  tariffs: readonly TwoPartTariff[],
  types: Distribution,
  supply: EfficientSupply,
  scale: number,
  outside = 0,
): TariffSales => {
  const { point, utility, use } = useOf(supply, scale, outside);
  const chosen = favourites(tariffs, types, utility);
  const size = supply.inputs.length;
  const isSingular = (end: number): boolean =>
    (end === types.max || end === types.min || types.breakpoints.includes(end)) && isSingularAt(types, end);
  let [profit, rent] = [0, 0];
  const sales: TariffSale[] = [];
  chosen.forEach(({ tariff, from }, k) => {
    const to = chosen[k + 1]?.from ?? types.max;
    const { markup, fee } = tariff;
    const share = (from > types.min ? types.survival(from) : 1) - (to < types.max ? types.survival(to) : 0);
    if (!(share > 0)) return;
    const kinks = supply.kinks(scale, to / markup).map((value) => value * markup);
    const inner = [...kinks, ...types.breakpoints].filter((x) => x > from && x < to);
    const ends = [from, ...inner.sort((a, b) => a - b), to];
    const { values } = integrateTypes(
      types,
      (x, mass, _length, out) => {
        supply.supply(x / markup, scale, point);
        out[0] = point.cost * mass;
        out[1] = point.quality * mass;
        out[2] = point.surplus * mass;
        for (let i = 0; i < size; i++) out[3 + i] = point.inputs[i]! * mass;
      },
      3 + size,
      piecesBetween(ends, isSingular),
    );
    const cost = values[0]! / share;
    profit += share * fee + (markup - 1) * values[0]!;
    rent += markup * values[2]! - share * (fee + outside);
    const lowest = use(from, tariff);
    sales.push({
      tariff,
      from,
      to,
      share,
      mean: {
        quality: values[1]! / share,
        cost,
        payment: fee + markup * cost,
        inputs: values.slice(3).map((total) => total / share),
      },
      lowest,
      highest: use(to, tariff),
    });
  });
  return { sales, profit, rent };
};

/** Free choice of finitely many types, all of whom have `outside` without a tariff; see `freeChoice`. */
export const tariffSalesToTypes = (
  tariffs: readonly TwoPartTariff[],
  { value, mass }: FiniteTypes,
  supply: EfficientSupply,
  scale: number,
  outside = 0,
): TariffSales => {
  const { point, utility, use } = useOf(supply, scale, outside);
  const highest = value.reduce((most, x) => Math.max(most, x), 0);
  const money = tariffs.reduce((most, tariff) => Math.max(most, use(highest, tariff).payment), 0);
  const size = supply.inputs.length;
  const sums = tariffs.map(() => ({ share: 0, cost: 0, quality: 0, inputs: new Float64Array(size) }));
  const ends = tariffs.map((): [number, number] => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  const utilities = new Float64Array(tariffs.length);
  const margins = new Float64Array(tariffs.length);
  let [profit, rent] = [0, 0];
  for (let n = 0; n < value.length; n++) {
    if (!(mass[n]! > 0)) continue;
    tariffs.forEach((tariff, k) => {
      utilities[k] = utility(value[n]!, tariff);
      margins[k] = tariff.fee + (tariff.markup - 1) * point.cost;
    });
    const taken = freeChoice(utilities, margins, TIE * money);
    if (taken < 0) continue;
    const own = use(value[n]!, tariffs[taken]!);
    const sum = sums[taken]!;
    profit += mass[n]! * margins[taken]!;
    rent += mass[n]! * utilities[taken]!;
    sum.share += mass[n]!;
    sum.cost += mass[n]! * own.cost;
    sum.quality += mass[n]! * own.quality;
    for (let i = 0; i < size; i++) sum.inputs[i]! += mass[n]! * own.inputs[i]!;
    ends[taken]![0] = Math.min(ends[taken]![0], value[n]!);
    ends[taken]![1] = Math.max(ends[taken]![1], value[n]!);
  }
  const sales = tariffs.flatMap((tariff, k): TariffSale[] => {
    const { share, cost, quality, inputs } = sums[k]!;
    if (!(share > 0)) return [];
    const [from, to] = ends[k]!;
    const lowest = use(from, tariff);
    const mean = {
      quality: quality / share,
      cost: cost / share,
      payment: tariff.fee + (tariff.markup * cost) / share,
      inputs: inputs.map((total) => total / share),
    };
    return [{ tariff, from, to, share, mean, lowest, highest: use(to, tariff) }];
  });
  return { sales, profit, rent };
};
