import type { Plan } from '@menusmith/core';
import type { Study } from '../study/study.ts';
import { type PlanColumn, type PlanLine, planColumns } from './plan-line.ts';
import type { TierMenu } from './tiers-result.ts';

/** What every buyer is to have at least, where today's plans go: a share of what they give her. */
export interface SurplusPromise {
  readonly utility: Float64Array;
  readonly outside: Float64Array;
  column(plan: Plan): PlanColumn;
  /** By how much plans leave somebody less than that, at most; money. */
  brokenBy(plans: readonly Plan[]): number;
}

/** Types next to the lowest, at which a fee that is small leaves nothing; distances relative to the support. */
const NEAR = Array.from({ length: 48 }, (_, i) => 10 ** (-1 - i / 6));
/** Money below this share of what the promise is at most is rounding. */
const ROUNDING = 1e-9;

/** The promise to types along a line; of a continuous population to types between those among whom plans are searched for, and next to the lowest. */
export const promiseOf = (
  study: Study,
  { plans, share }: { readonly plans: readonly Plan[]; readonly share: number },
  searched: PlanLine,
): SurplusPromise => {
  const line = searched.of === 'list' ? searched : finer(searched);
  const column = planColumns(study, line);
  const utility = new Float64Array(line.value.length);
  for (const plan of plans) {
    const own = column(plan).utility;
    own.forEach((u, n) => {
      utility[n] = Math.max(utility[n]!, share * u);
    });
  }
  return {
    utility,
    outside: line.outside,
    column,
    brokenBy: (sold) => {
      const columns = sold.map(column);
      return utility.reduce((most, promise, n) => {
        const has = columns.reduce((best, own) => Math.max(best, own.utility[n]!), line.outside[n]!);
        return Math.max(most, promise - has);
      }, 0);
    },
  };
};

const finer = (line: PlanLine): PlanLine => {
  const { value } = line;
  const [low, high] = [value[0]!, value.at(-1)!];
  const between = Array.from(value.subarray(1), (v, n) => (v + value[n]!) / 2);
  const types = [
    ...value,
    ...between,
    ...NEAR.map((part) => low * part),
    ...NEAR.map((part) => low + (high - low) * part),
  ];
  const all = Float64Array.from(new Set(types)).sort();
  const at = (type: number): number => {
    const n = value.findIndex((own) => own >= type);
    return line.outside[n < 0 ? value.length - 1 : n]!;
  };
  return { ...line, value: all, mass: new Float64Array(all.length), outside: all.map(at) };
};

/** Plans with fees lowered, from the first on, until nobody has less than she is promised. */
export const keepingPromise = (
  plans: readonly Plan[],
  promise: SurplusPromise | undefined,
): readonly Plan[] => {
  if (promise === undefined) return plans;
  const { utility, outside, column } = promise;
  const most = utility.reduce((a, b) => Math.max(a, b), 0);
  const kept = [...plans];
  for (let k = 0; k < kept.length; k++) {
    const free = column({ ...kept[k]!, fee: 0 }).utility;
    const others = kept.filter((_, j) => j !== k).map(column);
    let fee = kept[k]!.fee;
    utility.forEach((promised, n) => {
      const other = others.reduce((best, own) => Math.max(best, own.utility[n]!), Number.NEGATIVE_INFINITY);
      // Whom another plan comes closer to is that plan's to keep.
      if (Math.max(other, outside[n]!) >= promised || other > free[n]! - kept[k]!.fee) return;
      fee = Math.min(fee, Math.max(0, free[n]! - promised));
    });
    kept[k] = { ...kept[k]!, fee: fee <= ROUNDING * most ? 0 : fee };
  }
  return kept;
};

/** The menu, certified by nothing where it breaks the promise. */
export const withPromise = (menu: TierMenu, promise: SurplusPromise | undefined): TierMenu => {
  if (promise === undefined) return menu;
  const broken = promise.brokenBy(menu.tiers.map(({ plan }) => plan!));
  const most = promise.utility.reduce((a, b) => Math.max(a, b), 0);
  return broken <= ROUNDING * most ? menu : { ...menu, status: 'uncertified', brokenBy: broken };
};

export const brokenNotes = (menus: readonly TierMenu[]): readonly string[] =>
  menus
    .filter(({ brokenBy }) => brokenBy !== undefined)
    .slice(0, 1)
    .map(
      ({ capacity }) =>
        `No plans of this kind were found that leave every buyer as much as she is promised${capacity === undefined ? '' : ' and stay within capacity'}: some are below it by what the JSON has as brokenBy.`,
    );
