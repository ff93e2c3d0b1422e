import { asPartOf, finished, InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { formatPercent } from '../report/numbers.ts';
import type { SolveProgress } from '../solve/solve-study.ts';
import type { CsvTable } from '../study/csv-table.ts';
import { formatPath } from '../study/located-input-error.ts';
import type { Study } from '../study/study.ts';
import { locating, studyFromText } from '../study/study-from-text.ts';
import type { StudyData } from '../study/study-schema.ts';
import { studySource } from '../study/study-source.ts';
import { termsNotes } from '../tiers/terms-notes.ts';
import { requireCounts } from '../tiers/tier-count.ts';
import type { TierKind, TierMenu } from '../tiers/tiers-result.ts';
import { emptyMenu } from '../tiers/tiers-so-far.ts';
import type { SoldMenu } from './fixed-menu.ts';
import { givenMenu } from './given-menu.ts';
import type { Market } from './market.ts';
import { type HeldMenu, movedParameter, toldOf } from './moved-parameter.ts';
import type { ParameterSensitivity, SensitivityResult } from './sensitivity-result.ts';
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

/** An analysis that is ready: a menu is held, then each parameter is moved by itself, in whatever order and on whatever thread. */
export interface SensitivityAnalysis {
  /** How many parameters there are: all values together, and each number that is not 0. */
  readonly parameters: number;
  /** Finds the menu that is held fixed; where it is stopped, what there is by then. */
  hold(): Generator<SolveProgress<SensitivityResult>, HeldMenu | StoppedResult, boolean | undefined>;
  /** What becomes of it if the parameter of this number, from 0, is off. */
  moved(held: HeldMenu, parameter: number): ParameterSensitivity;
  /** The parameter of this number where nothing is known of it, for this reason. */
  unknown(parameter: number, reason: string): ParameterSensitivity;
  /** The answer with the parameters that were moved. */
  result(held: HeldMenu, moved: readonly ParameterSensitivity[]): SensitivityResult;
}

export type StoppedResult = SensitivityResult & { readonly stopped: true };

/** Runs `findingSensitivity` to its end. */
export const sensitivityOf = (source: SensitivityStudy, options: SensitivityOptions): SensitivityResult =>
  finished(findingSensitivity(source, options));

/**
 * What the best menu of so many tiers makes, held fixed, if any number of the study is off: production, costs, distributions, as plugin entries declare
 * them, what buyers have outside, and capacity. Beside it what the best menu for the numbers as they are would make. A generator that yields after every number; `next(true)` ends with those done so far.
 */
export function* findingSensitivity(
  source: SensitivityStudy,
  options: SensitivityOptions,
): Generator<SolveProgress<SensitivityResult>, SensitivityResult, boolean | undefined> {
  const analysis = openSensitivity(source, options);
  const held = yield* analysis.hold();
  if ('stopped' in held) return held;
  const moved: ParameterSensitivity[] = [];
  for (;;) {
    const incumbent = (): SensitivityResult => analysis.result(held, moved);
    const isStopped = (yield { iterations: moved.length, expectedGap: Number.NaN, incumbent }) === true;
    if (isStopped || moved.length === analysis.parameters) return incumbent();
    moved.push(analysis.moved(held, moved.length));
  }
}

/** Reads the study and its numbers. Throws InputError where they cannot be moved. */
export const openSensitivity = (
  source: SensitivityStudy,
  {
    count: asked,
    kind: askedKind = 'bundle',
    menu: given,
    scale,
    by = 0.1,
    clock = () => 0,
  }: SensitivityOptions,
): SensitivityAnalysis => {
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
  const still = numbers.filter(({ value }) => value === 0);
  const parameters = movable.length + 1;
  const about = { name: base.study.name, count, scale: base.scale, by };
  const unmoved = (made: TierMenu): StoppedResult =>
    unmovedResult(made, { ...about, kind: askedKind }, parameters, clock() - started);
  const aboutParameter = (
    parameter: number,
  ): Pick<ParameterSensitivity, 'name' | 'field' | 'group' | 'value'> => {
    if (parameter === 0) return { name: 'all values', field: null, group: 'values', value: null };
    const { name, path, group, value } = movable[parameter - 1]!;
    return { name, field: formatPath(path), group, value };
  };
  const side = (parameter: number, factor: number) => {
    if (parameter === 0) return { market: () => base.scaled(factor), value: null };
    const { path, value } = movable[parameter - 1]!;
    return { market: () => moved(withNumber(data, path, value * factor)), value: value * factor };
  };
  return {
    parameters,
    *hold() {
      const menu = chosen ?? (yield* menuToHold(base, askedKind, count, unmoved));
      if ('stopped' in menu) return menu;
      const sale = locating(given ?? source, () => base.sale(menu, base));
      return { menu, kind: kindOf(menu), count, sale, notes: chosen?.notes ?? [] };
    },
    moved: (held, parameter) =>
      movedParameter(
        aboutParameter(parameter),
        [side(parameter, 1 - by), side(parameter, 1 + by)],
        held,
        base,
      ),
    unknown: (parameter, reason) => ({
      ...aboutParameter(parameter),
      down: null,
      up: null,
      swing: 0,
      largestRegret: null,
      problems: [reason],
    }),
    result: ({ menu, kind, sale, notes }, all) => ({
      ...about,
      kind,
      ...toldOf(sale),
      tiers: chosen === undefined && 'tiers' in menu ? menu.tiers : null,
      parameters: [...all].sort((a, b) => seen(b.swing) - seen(a.swing)),
      notes: [
        ...notes,
        ...termsNotes(base.study, 'changes, swings and regrets'),
        ...(base.study.terms.capacity === undefined ? [] : [WITHIN]),
        ...keptNotes(base.study),
        ...(sale.solved === false ? [UNSOLVED] : []),
        ...notesOn(all, still, parameters - all.length),
        ...(Number.isFinite(base.types) ? [LISTED] : []),
        ...(base.isOneNumber ? [] : [ANY_KIND]),
      ],
      ...(all.length < parameters ? { stopped: true } : {}),
      seconds: clock() - started,
    }),
  };
};

/** The best menu, which is then held fixed; what it makes so far where it is stopped. */
function* menuToHold(
  base: Market,
  kind: TierKind,
  count: number,
  unmoved: (made: TierMenu) => StoppedResult,
): Generator<SolveProgress<SensitivityResult>, SoldMenu | StoppedResult, boolean | undefined> {
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
): StoppedResult => ({
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
