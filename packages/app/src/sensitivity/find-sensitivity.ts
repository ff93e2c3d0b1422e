import { asPartOf, finished, InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { formatPercent } from '../report/numbers.ts';
import type { SolveProgress } from '../solve/solve-study.ts';
import type { CsvTable } from '../study/csv-table.ts';
import { formatPath, LocatedInputError } from '../study/located-input-error.ts';
import type { Study } from '../study/study.ts';
import { locating, studyFromText } from '../study/study-from-text.ts';
import type { StudyData } from '../study/study-schema.ts';
import { studySource } from '../study/study-source.ts';
import { termsNotes } from '../tiers/terms-notes.ts';
import { requireCounts } from '../tiers/tier-count.ts';
import { type TierKind, type TierMenu, worthOf } from '../tiers/tiers-result.ts';
import { emptyMenu } from '../tiers/tiers-so-far.ts';
import type { SoldMenu } from './fixed-menu.ts';
import { givenMenu } from './given-menu.ts';
import type { Market } from './market.ts';
import type { SaleOutcome } from './sale-outcome.ts';
import type { Outcome, ParameterSensitivity, SensitivityResult } from './sensitivity-result.ts';
import { marketOf } from './study-market.ts';
import { type StudyNumber, studyNumbers, withNumber } from './study-numbers.ts';

/** The text of a study, and what is needed to read it with other numbers. */
export interface SensitivityStudy {
  readonly text: string;
  readonly file: string;
  readonly registry: Registry;
  readonly csvFiles: (path: string) => CsvTable;
  /** The content of a JSON file beside the study. */
  readonly jsonFiles?: (path: string) => unknown;
}

/** Which menu, and how far numbers are off. */
export interface SensitivityOptions {
  /** Of the best menu; how many tiers a re-optimised one may have. */
  readonly count: number;
  readonly kind?: TierKind;
  /** The menu that is held fixed, as JSON, and how its file is called; the best one where none is given. */
  readonly menu?: { readonly text: string; readonly file: string };
  readonly scale?: number;
  /** By which share of itself every number is moved; 0.1 where none is given. */
  readonly by?: number;
  /** Seconds. */
  readonly clock?: () => number;
}

/** Runs `findingSensitivity` to its end. */
export const sensitivityOf = (source: SensitivityStudy, options: SensitivityOptions): SensitivityResult =>
  finished(findingSensitivity(source, options));

/**
 * What the best menu of so many tiers makes, held fixed, if any number of the study is off: production, costs, distributions, as plugin entries declare
 * them, what buyers have outside, and capacity. Beside it what the best menu for the numbers as they are would make. A generator that yields after every number; `next(true)` ends with those done so far.
 */
export function* findingSensitivity(
  source: SensitivityStudy,
  {
    count: asked,
    kind: askedKind = 'bundle',
    menu: given,
    scale,
    by = 0.1,
    clock = () => 0,
  }: SensitivityOptions,
): Generator<SolveProgress<SensitivityResult>, SensitivityResult, boolean | undefined> {
  const started = clock();
  if (given === undefined) requireCounts([asked]);
  if (!(by > 0 && by < 1))
    throw new InputError('by', `--by: expected more than 0 and less than 100 per cent, got ${100 * by}`);
  const { text, file, registry } = source;
  const data = studySource(text, file).data as StudyData;
  const moved = (to: StudyData): Market =>
    marketOf(studyFromText(to === data ? text : JSON.stringify(to), source), scale);
  const base = moved(data);
  const chosen = given && givenMenu(given.text, given.file, base);
  const count = chosen === undefined ? asked : Math.min(chosen.count, base.types);
  const numbers = studyNumbers(data, registry);
  const movable = numbers.filter(({ value }) => value !== 0);
  const about = { name: base.study.name, count, scale: base.scale, by };
  const unmoved = (made: TierMenu): ReturnType<typeof unmovedResult> =>
    unmovedResult(made, { ...about, kind: askedKind }, movable.length + 1, clock() - started);
  const held = chosen ?? (yield* menuToHold(base, askedKind, count, unmoved));
  if ('stopped' in held) return held;
  const menu: SoldMenu = held;
  const kind = kindOf(menu);
  const sale = locating(given ?? source, () => base.sale(menu, base));

  const outcomeOf = (make: () => Market, value: number | null): Attempt => {
    try {
      const now = make();
      const own = now.sale(menu, base);
      return { outcome: { value, ...outcome(own, sale, reoptimized(now, kind, count, own)) } };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const message = error instanceof LocatedInputError ? error.complaint : error.message;
      return { outcome: null, problem: message };
    }
  };
  const still = numbers.filter(({ value }) => value === 0);
  const parameters: ParameterSensitivity[] = [];
  const result = (): SensitivityResult => ({
    ...about,
    kind,
    ...toldOf(sale),
    tiers: chosen === undefined && 'tiers' in menu ? menu.tiers : null,
    parameters: [...parameters].sort((a, b) => seen(b.swing) - seen(a.swing)),
    notes: [
      ...(chosen?.notes ?? []),
      ...termsNotes(base.study, 'changes, swings and regrets'),
      ...(base.study.terms.capacity === undefined ? [] : [WITHIN]),
      ...keptNotes(base.study),
      ...(sale.solved === false ? [UNSOLVED] : []),
      ...notesOn(parameters, still, movable.length + 1 - parameters.length),
      ...(Number.isFinite(base.types) ? [LISTED] : []),
      ...(base.isOneNumber ? [] : [ANY_KIND]),
    ],
    ...(parameters.length <= movable.length ? { stopped: true } : {}),
    seconds: clock() - started,
  });
  const progress = (): SolveProgress<SensitivityResult> => ({
    iterations: parameters.length,
    expectedGap: Number.NaN,
    incumbent: result,
  });
  if ((yield progress()) === true) return result();
  const allValues = [-by, by].map((change) => outcomeOf(() => base.scaled(1 + change), null));
  parameters.push(
    parameterOf({ name: 'all values', field: null, group: 'values', value: null }, allValues, worthOf(sale)),
  );
  let isStopped = (yield progress()) === true;
  for (const number of movable) {
    if (isStopped) break;
    const { name, path, group, value } = number;
    const sides = [-by, by].map((change) => {
      const to = value * (1 + change);
      return outcomeOf(() => moved(withNumber(data, path, to)), to);
    });
    parameters.push(parameterOf({ name, field: formatPath(path), group, value }, sides, worthOf(sale)));
    isStopped = (yield progress()) === true;
  }
  return result();
}

/** The best menu, which is then held fixed; what it makes so far where it is stopped. */
function* menuToHold(
  base: Market,
  kind: TierKind,
  count: number,
  unmoved: (made: TierMenu) => ReturnType<typeof unmovedResult>,
): Generator<
  SolveProgress<SensitivityResult>,
  SoldMenu | ReturnType<typeof unmovedResult>,
  boolean | undefined
> {
  const nothing = unmoved(emptyMenu(base.study, count, Number.NaN));
  if ((yield { iterations: 0, expectedGap: Number.NaN, incumbent: () => nothing }) === true) return nothing;
  const finding = asPartOf(base.finding(kind, count), unmoved);
  let [step, isStopped] = [finding.next(), false];
  while (step.done !== true) {
    isStopped = (yield step.value) === true || isStopped;
    step = finding.next(isStopped);
  }
  return isStopped ? unmoved(step.value) : { kind, tiers: step.value.tiers };
}

/** What a menu makes before any number was moved. */
const unmovedResult = (
  { profit, objective, served, tiers }: TierMenu,
  about: Pick<SensitivityResult, 'name' | 'kind' | 'count' | 'scale' | 'by'>,
  left: number,
  seconds: number,
): SensitivityResult & { readonly stopped: true } => ({
  ...about,
  profit,
  ...(objective === undefined ? {} : { objective }),
  served,
  tiers,
  parameters: [],
  notes: notesOn([], [], left),
  stopped: true,
  seconds,
});

/** What rounding leaves of a swing: numbers that matter alike stay in the study's order. */
const seen = (swing: number): number => Number(swing.toPrecision(9));

interface Attempt {
  readonly outcome: Outcome | null;
  readonly problem?: string;
}

const LISTED =
  'Finitely many types are priced up to the last cent, so that whatever lowers a value, or what tokens make, by a little loses all of a tier’s buyers who have no rent.';
const ANY_KIND =
  'For types of any kind menus are a heuristic’s, and so are regrets; they are looked for where types times tasks are at most 5000.';

const UNSOLVED =
  'What some buyers take at the menu’s prices could not be solved for surely: these numbers are a best effort.';

const WITHIN =
  'Best menus are within capacity. Where the fixed one is not (!), its numbers are what it would make if there were enough, and it has no regret beside them.';

const keptNotes = ({ terms: { keep } }: Study): readonly string[] => {
  if (keep === undefined) return [];
  const search = 'Best menus are the best that a search found.';
  return keep.share === 1
    ? [
        `Today’s plans stay on sale beside the menu, at their own fees and prices whatever else is off. ${search}`,
      ]
    : [
        `Nobody is to have less than ${formatPercent(keep.share)} of what today’s plans would give her as she then is. Where the fixed menu leaves somebody less (!) it has no regret; by how much, the JSON has as brokenBy. ${search}`,
      ];
};

/** What a menu is called, and which best menu it is held against: plans that are no more than bundles, or fees with prices, are that. */
const kindOf = (menu: SoldMenu): TierKind | 'plans' => {
  if (menu.kind !== 'plans') return menu.kind;
  const isPlain = menu.plans.every(({ commitment }) => commitment === 0);
  if (isPlain && menu.plans.every(({ prices }) => Object.keys(prices).length === 0)) return 'bundle';
  return isPlain && menu.plans.every(({ included }) => Object.keys(included).length === 0)
    ? 'two-part-tariff'
    : 'plans';
};

/** Whether the menu is one that may be sold: within capacity, and as promised. */
const isAllowed = ({ exceeded = [], brokenBy }: SaleOutcome): boolean =>
  exceeded.length === 0 && brokenBy === undefined;

/** At least what the menu itself makes, as that is one of them, if within capacity; null where no menu is best, or none was looked for. */
const reoptimized = (
  market: Market,
  kind: TierKind | 'plans',
  count: number,
  own: SaleOutcome,
): number | null => {
  if (kind === 'plans') return null;
  try {
    const best = market.bestWorth(kind, count);
    return best === null || !isAllowed(own) ? best : Math.max(best, worthOf(own));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
};

const toldOf = ({ solved: _, ...sale }: SaleOutcome): Omit<SaleOutcome, 'solved'> => sale;

const outcome = (own: SaleOutcome, before: SaleOutcome, best: number | null): Omit<Outcome, 'value'> => ({
  ...toldOf(own),
  change: worthOf(own) - worthOf(before),
  reoptimized: best,
  regret: best === null || !isAllowed(own) ? null : best - worthOf(own),
});

const parameterOf = (
  about: Pick<ParameterSensitivity, 'name' | 'field' | 'group' | 'value'>,
  [down, up]: readonly Attempt[],
  made: number,
): ParameterSensitivity => {
  const outcomes = [down!.outcome, up!.outcome];
  const all = [made, ...outcomes.flatMap((own) => (own === null ? [] : [worthOf(own)]))];
  const regrets = outcomes.flatMap((own) => (own === null || own.regret === null ? [] : [own.regret]));
  const problems = [down!.problem, up!.problem].flatMap((text) => (text === undefined ? [] : [text]));
  return {
    ...about,
    down: outcomes[0]!,
    up: outcomes[1]!,
    swing: Math.max(...all) - Math.min(...all),
    largestRegret: regrets.length === 0 ? null : Math.max(...regrets),
    problems: [...new Set(problems)],
  };
};

const notesOn = (
  parameters: readonly ParameterSensitivity[],
  still: readonly StudyNumber[],
  left: number,
): string[] => {
  const notes: string[] = [];
  if (still.length > 0) {
    const names = still.map(({ name }) => name).join(', ');
    notes.push(`Numbers that are 0 have no share of themselves to be off by: ${names}.`);
  }
  const failing = parameters.filter(({ problems }) => problems.length > 0);
  for (const { name, problems } of failing.slice(0, 6)) notes.push(`${name}: ${problems.join('; ')}.`);
  if (failing.length > 6) notes.push(`${failing.length - 6} more could not be moved; the JSON says why.`);
  if (left > 0) notes.push(`Stopped before ${left} of the numbers were moved.`);
  return notes;
};
