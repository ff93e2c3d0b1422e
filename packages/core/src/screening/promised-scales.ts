import { type Distribution, isSingularAt } from '../distributions/distribution.ts';
import { typeCells } from '../distributions/type-cells.ts';
import { integrateTypes } from '../distributions/type-integral.ts';
import { type Piece, piecesBetween } from '../integration/quadrature.ts';
import { type Audit, type AuditedScale, auditMenu } from './audit.ts';
import type { Certificate } from './certificate.ts';
import { type ChainMenu, chainMenu, isOwnOption } from './chain-menu.ts';
import type { ChainProblem } from './chain-problem.ts';
import type { ChainTotals } from './chain-totals.ts';
import type { Condition } from './conditions.ts';
import { scaleChanges } from './scale-changes.ts';
import { boundedRentAcross } from './scale-rents.ts';

/** Independent values and scales, all of whom have something without this menu: a chain at every scale. */
export interface PromisedScalesProblem {
  readonly scales: Distribution;
  /** The chain of a scale above 0: its values, with what they have elsewhere at this scale. */
  chainAt(scale: number): ChainProblem & { readonly scale: number };
  /** Whether values and scales are seen, and welfare is what counts: no choice is then audited. */
  readonly isSeen?: boolean;
  /** How near to the best the answer is to be, relative to it: a rough one needs fewer scales. 0 unless said. */
  readonly tolerance?: number;
}

/** The menus of all scales, each the best one if scales were seen. */
export interface PromisedScales {
  menuAt(scale: number): ChainMenu;
  totals(): ChainTotals;
  /** Free choice among the items of all scales. */
  audit(): Audit;
  /** Assumption 1 with promises: 0 ≤ s U_s ≤ w U_w, from differences between the scales at which menus were sought. */
  boundedRent(): Condition;
  certificate(): Certificate;
  /** E over scales of something of their menus, by one rule of few nodes. */
  mean(of: (menu: ChainMenu, scale: number) => number): number;
}

const AUDITED_VALUES = 32;
/** Integrals over scales are halved until what is left out is less than this share of the tolerance, or than this, relative to them; and so often at most. */
const PART = 1 / 10;
const TOLERANCE = 1e-9;
const HALVINGS = 8;
/** Money that is no more than this share of what is given and left is none. */
const ROUNDING = 1e-12;
/** Sums over scales, in this order; behind them models and inputs. */
const sums = ['attained', 'bound', 'cost', 'worth', 'rent'] as const;
const shares = ['excluded', 'outside', 'fineTuned', 'lotteries'] as const;

/**
 * Values and scales scale by scale, with U(w, s) ≥ u(w, s): every scale has the menu that is best where scales are seen (`chainMenu`), so that E over scales of
 * the bounds of the chains bounds every menu for hidden scales.
 *
 * It is attained where nobody gains by an item made for another scale: where U(w, s) does not fall in s, and s U_s ≤ w U_w. Both are audited, by free choice of
 * types at all scales at which menus were sought. Whoever is left to her own outside option has no item that others could take.
 */
export const promisedScales = ({
  scales,
  chainAt,
  isSeen = false,
  tolerance = 0,
}: PromisedScalesProblem): PromisedScales => {
  const problems = new Map<number, ReturnType<typeof chainAt>>();
  const menus = new Map<number, ChainMenu>();
  const menuAt = (scale: number): ChainMenu => {
    let menu = menus.get(scale);
    if (menu === undefined) {
      const problem = chainAt(scale);
      menu = chainMenu(problem);
      problems.set(scale, problem);
      menus.set(scale, menu);
    }
    return menu;
  };
  let pieces: readonly Piece[] | undefined;
  const smoothPieces = (): readonly Piece[] => {
    pieces ??= piecesOf(scales, menuAt, tolerance);
    return pieces;
  };
  let known: { readonly totals: ChainTotals; readonly certificate: Certificate } | undefined;
  let audited: ReturnType<typeof auditScales> | undefined;
  const auditAll = (): ReturnType<typeof auditScales> => {
    audited ??= auditScales(scales, problems, menus);
    return audited;
  };
  const audit = (): Audit => auditAll().audit;
  const summed = () => {
    known ??= certified(
      summedOver(scales, menuAt, smoothPieces(), isSeen ? welfareOf : boundsOf, tolerance),
      isSeen ? () => nothingToAudit : audit,
      isSeen ? 'population' : menuAt(scales.max).certificate().of,
    );
    return known;
  };
  return {
    menuAt,
    totals: () => summed().totals,
    audit: () => {
      summed();
      return audit();
    },
    boundedRent: () => {
      summed();
      return boundedRentAcross(auditAll().audited);
    },
    certificate: () => summed().certificate,
    mean: (of) =>
      integrateTypes(
        scales,
        (scale, mass, _, out) => {
          out[0] = mass * of(menuAt(scale), scale);
        },
        1,
        smoothPieces(),
        'mass',
        { tolerance: Number.POSITIVE_INFINITY },
      ).values[0]!,
  };
};

/** Scales between which the menus change smoothly. */
const piecesOf = (
  scales: Distribution,
  menuAt: (scale: number) => ChainMenu,
  tolerance: number,
): readonly Piece[] => {
  const shape = (scale: number): string => {
    const menu = menuAt(scale);
    const { excluded, outside, fineTuned, lotteries, models = [] } = menu.totals();
    const some = [excluded, outside, fineTuned, lotteries, ...models].map((share) =>
      share <= ALL ? 0 : share >= 1 - ALL ? 2 : 1,
    );
    return `${menu.stretches.map(({ kind }) => kind).join(' ')} ${some.join('')}`;
  };
  const inside = scales.breakpoints.filter((s) => s > scales.min && s < scales.max);
  const ends = [scales.min, ...inside, scales.max];
  const changes = ends.slice(1).flatMap((end, i) => scaleChanges(shape, ends[i]!, end, tolerance));
  return piecesBetween(
    [...new Set([...ends, ...changes])].sort((a, b) => a - b),
    // What is sold to few tasks begins like a power of their number.
    (end) => end === 0 || (ends.includes(end) && isSingularAt(scales, end)),
  );
};
/** Shares nearer to 0 or 1 are rounding. */
const ALL = 1e-9;

/** Sums over scales, with what quadrature may have left out of each. */
interface Summed {
  readonly of: Readonly<Record<(typeof sums)[number] | (typeof shares)[number], number>>;
  readonly models: Float64Array;
  readonly inputs: Float64Array;
  readonly wrong: Readonly<Record<(typeof sums)[number], number>>;
  /** The largest error within a scale, relative to what is made there. */
  readonly inner: number;
  readonly solved: boolean;
}

/** What a menu attains, and the most that any does. */
type Bounds = Pick<Certificate, 'attained' | 'upperBound'>;

const boundsOf = (menu: ChainMenu): Bounds => menu.certificate();

const welfareOf = (menu: ChainMenu): Bounds => {
  const { grossValue, cost, servedSurplus } = menu.totals();
  return { attained: grossValue - cost, upperBound: servedSurplus };
};

const nothingToAudit: Audit = { loss: 0, maxIncentiveViolation: 0, maxParticipationViolation: 0 };

const summedOver = (
  scales: Distribution,
  menuAt: (scale: number) => ChainMenu,
  pieces: readonly Piece[],
  bounds: (menu: ChainMenu) => Bounds,
  tolerance: number,
): Summed => {
  const first = menuAt(scales.max).totals();
  const models = first.models?.length ?? 0;
  const names = [...sums, ...shares];
  const modelsFrom = names.length;
  const inputsFrom = modelsFrom + models;
  let solved = true;
  let inner = 0;
  const { values, wrong } = integrateTypes(
    scales,
    (scale, mass, _, out) => {
      const menu = menuAt(scale);
      const totals = menu.totals();
      const { attained, upperBound } = bounds(menu);
      solved &&= totals.solved;
      inner = Math.max(inner, totals.error);
      const own = {
        attained,
        bound: upperBound,
        cost: totals.cost,
        worth: totals.grossValue,
        rent: totals.rent,
        excluded: totals.excluded,
        outside: totals.outside,
        fineTuned: totals.fineTuned,
        lotteries: totals.lotteries,
      };
      names.forEach((name, c) => {
        out[c] = mass * own[name];
      });
      totals.models?.forEach((share, k) => {
        out[modelsFrom + k] = mass * share;
      });
      totals.inputs.forEach((amount, j) => {
        out[inputsFrom + j] = mass * amount;
      });
    },
    inputsFrom + first.inputs.length,
    pieces,
    'mass',
    { tolerance: Math.max(TOLERANCE, PART * tolerance), maxSegments: 2 * pieces.length + HALVINGS },
  );
  const record = <K extends string>(of: readonly K[], column: Float64Array): Record<K, number> =>
    Object.fromEntries(of.map((name, c) => [name, column[c]!])) as Record<K, number>;
  return {
    of: record(names, values),
    models: values.slice(modelsFrom, inputsFrom),
    inputs: values.slice(inputsFrom),
    wrong: record(sums, wrong),
    inner,
    solved,
  };
};

const certified = (
  { of, models, inputs, wrong, inner, solved }: Summed,
  audit: () => Audit,
  whose: Certificate['of'],
): { readonly totals: ChainTotals; readonly certificate: Certificate } => {
  const { loss, maxIncentiveViolation, maxParticipationViolation } = audit();
  const given = Math.abs(of.worth) + of.rent;
  const rounded = (money: number): number => (Math.abs(money) <= ROUNDING * given ? 0 : money);
  const off = wrong.cost + wrong.worth + wrong.rent;
  return {
    totals: {
      servedSurplus: of.bound,
      cost: of.cost,
      grossValue: of.worth,
      rent: of.rent,
      excluded: of.excluded,
      outside: of.outside,
      fineTuned: of.fineTuned,
      lotteries: of.lotteries,
      ...(models.length > 0 ? { models: Array.from(models) } : {}),
      inputs,
      error: inner + (given > 0 ? off / given : 0),
      solved,
    },
    certificate: {
      of: whose,
      attained: solved ? rounded(of.attained - wrong.attained - Math.max(0, loss)) : Number.NaN,
      upperBound: rounded(of.bound + wrong.bound),
      maxIncentiveViolation,
      maxParticipationViolation,
    },
  };
};

/** Differences between scales nearer than this, as a share of the range, are of how well their menus were solved. */
const NEAREST = 1e-3;

const auditScales = (
  scales: Distribution,
  problems: ReadonlyMap<number, ChainProblem>,
  menus: ReadonlyMap<number, ChainMenu>,
): { readonly audit: Audit; readonly audited: readonly AuditedScale[] } => {
  const nearest = NEAREST * (scales.max - scales.min);
  const known: number[] = [];
  // The highest scale is audited, and of others those that are apart.
  for (const scale of [...menus.keys()].sort((a, b) => b - a))
    if (known.length === 0 || known[0]! - scale >= nearest) known.unshift(scale);
  const middles = known.slice(1).map((scale, i) => (known[i]! + scale) / 2);
  const mass = (i: number): number =>
    (i < middles.length ? scales.cdf(middles[i]!) : 1) - (i > 0 ? scales.cdf(middles[i - 1]!) : 0);
  let money = 0;
  const audited = known.map((scale, i): AuditedScale => {
    const { types, participation } = problems.get(scale)!;
    const menu = menus.get(scale)!;
    const cells = typeCells(types, AUDITED_VALUES);
    const schedule = menu.schedule(cells.value);
    const outside = cells.value.map(participation.utility);
    money = Math.max(money, Math.abs(menu.item(types.max).transfer));
    const largest = outside.reduce(
      (most, utility) => Math.max(most, Math.abs(utility)),
      menu.rent(types.max),
    );
    const own = mass(i);
    return {
      scale,
      schedule,
      masses: cells.mass.map((each) => each * own),
      outside,
      isOffered: Array.from(cells.value, (value, k) => !isOwnOption(menu.item(value), outside[k]!, largest)),
    };
  });
  return { audit: auditMenu(audited, 1e-9 * money), audited };
};
