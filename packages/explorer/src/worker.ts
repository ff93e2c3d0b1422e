import {
  type Coordinates,
  type FewTiers,
  latexTable,
  layoutOf,
  loadTiers,
  menuCsv,
  menuStudy,
  menuTable,
  type Picture,
  prepareStudy,
  requireSolvable,
  type Solution,
  type Study,
  screeningProblem,
  sharedInputNames,
  solvingStudy,
  studyPictures,
  studyTariff,
  type TierItem,
  withoutCapacity,
} from '@menusmith/app/browser';
import { closedFormPicture } from '@menusmith/replication/browser';
import type { Files, Reply, Request, SolvedStudy, SomePictures, TableFormat } from './messages.ts';
import { pause } from './pause.ts';
import { tiersAnswer } from './tier-answers.ts';
import { loadPlugins, pluginWords, readStudy } from './worker-registry.ts';
import { failureOf, rangesOf } from './worker-words.ts';

/** Milliseconds of work between two looks at the messages. */
const SLICE = 12;
/** Milliseconds between two reports of progress. */
const REPORT = 60;
/** While studies keep coming, pictures are made at least so often, in milliseconds. */
const PICTURES = 90;

/** A study stands still after so many milliseconds. */
const REST = 250;

/** Numbers can wait for pictures that take fewer milliseconds than this. */
const QUICK = 25;

interface Shown {
  readonly serial: number;
  readonly study: Study;
  readonly solution: Solution;
}

const reply = (message: Reply): void => postMessage(message);

/** Until plugins are loaded. */
let starting: Promise<void> = Promise.resolve();
let latest = -1;
let stopped = -1;
let shown: Shown | undefined;
let lastPictures = 0;
/** Milliseconds that pictures take to make: the first take long, and now and then some do. */
let picturesTake = Number.POSITIVE_INFINITY;
let inSight: readonly string[] = [];
let pictureNames: readonly string[] = [];
/** The tiers found last, as the picture of the tariff shows them; none for a study that is newer than they are. */
let tiers: { readonly of: Shown; readonly found: Found; readonly items: readonly TierItem[] } | undefined;
let lastTierQuestion = 0;
type Found = Exclude<FewTiers, { complaint: string }>;

const isWanted = (serial: number): boolean => serial === latest;

const solve = async (serial: number, text: string, files: Files): Promise<void> => {
  const started = performance.now();
  await starting;
  reply({ kind: 'at', work: `the solve${pluginWords()}` });
  const { study, madeFrom } = await readStudy(text, files);
  await prepareStudy(study);
  const solvedStudy = ({ result }: Solution, isWhole: boolean): SolvedStudy => ({
    result,
    madeFrom,
    ...(study.units && { units: study.units }),
    shared: sharedInputNames(study.technology),
    ...rangesOf(study),
    isWhole,
    isStopped: stopped === serial,
    milliseconds: performance.now() - started,
  });
  // Buyers who choose among tariffs take long to simulate; the menu itself does not depend on them.
  const isSimulated = study.implementation !== 'direct';
  // What cannot be sold as the study asks is said before the menu itself is shown.
  requireSolvable(withoutCapacity(study), screeningProblem(study).kind);
  const menu = await solveInSlices(isSimulated ? { ...study, implementation: 'direct' } : study, serial);
  if (menu === undefined) {
    giveUp(serial);
    reply({ kind: 'dropped', serial });
    return;
  }
  shown = { serial, study, solution: menu };
  const solved = solvedStudy(menu, !isSimulated);
  if (picturesTake < QUICK) {
    // One message: between two the page would draw a frame that lasts for some milliseconds.
    const [first, others] = bySight(pictured(study, menu));
    reply({ kind: 'solved', serial, solved, pictures: toSend(first) });
    await sendOthers(serial, others);
  } else {
    reply({ kind: 'solved', serial, solved });
    // A newer study may be waiting: its numbers come before this one's pictures.
    await pause();
    const isTime = isWanted(serial) || performance.now() - lastPictures > PICTURES;
    if (isTime || (await rests(serial))) {
      const [first, others] = bySight(pictured(study, menu));
      sendPictures(serial, first);
      await sendOthers(serial, others);
    }
  }
  while (isSimulated && (await rests(serial))) {
    const whole = await solveInSlices(study, serial);
    if (whole === undefined) continue;
    shown = { serial, study, solution: whole };
    reply({ kind: 'completed', serial, solved: solvedStudy(whole, true) });
    return;
  }
};

/** A study that fails or is left off leaves the one that is shown, with what it still lacks. */
const giveUp = (serial: number): void => {
  if (latest === serial || latest === -1) latest = shown?.serial ?? -1;
};

/** Waits until the study stands still, as while a slider moves there is no time for what takes long; false where a newer one is shown by then. */
const rests = async (serial: number): Promise<boolean> => {
  while (shown?.serial === serial) {
    await new Promise((resume) => setTimeout(resume, REST));
    if (shown.serial === serial && isWanted(serial)) return true;
  }
  return false;
};

const pictured = (study: Study, solution: Solution): readonly Picture[] => {
  const started = performance.now();
  const pictures = [
    ...studyPictures(study, solution),
    ...closedFormPicture(menuStudy(study, solution), solution),
  ];
  lastPictures = performance.now();
  const took = lastPictures - started;
  picturesTake = Math.min(took, (picturesTake + took) / 2);
  pictureNames = pictures.map(({ name }) => name);
  return pictures;
};

/** The pictures in sight, all where it is not known, and the others. */
const bySight = (
  pictures: readonly Picture[],
): readonly [first: readonly Picture[], others: readonly Picture[]] => {
  const first = pictures.filter(({ name }) => inSight.includes(name));
  return first.length === 0
    ? [pictures, []]
    : [first, pictures.filter((picture) => !first.includes(picture))];
};

/** Pictures that are out of sight come once the study stands still: reading them takes the page time as well. */
const sendOthers = async (serial: number, others: readonly Picture[]): Promise<void> => {
  if (others.length === 0 || !(await rests(serial))) return;
  sendPictures(serial, others);
  // Tiers may have been found in the meantime.
  sendTariff(serial);
};

const sendPictures = (serial: number, pictures: readonly Picture[]): void =>
  reply({ kind: 'pictures', serial, pictures: toSend(pictures) });

const toSend = (pictures: readonly Picture[]): SomePictures => ({
  some: pictures.map((picture) => ({ ...picture, layout: layoutOf(picture) })),
  names: pictureNames,
});

/** The tariff again, with the tiers where they are now. */
const sendTariff = (serial: number): void => {
  if (tiers?.of.serial !== serial || shown?.serial !== serial) return;
  const { study, solution } = tiers.of;
  sendPictures(serial, studyTariff(study, solution, tiers.items));
};

/** A menu of few tiers, in slices: it is left off when a newer study or question comes. */
const findTiers = async (id: number, count: number): Promise<void> => {
  reply({ kind: 'at', work: 'the search for tiers' });
  lastTierQuestion = id;
  const of = shown;
  const answer = (found?: FewTiers): void =>
    reply({ kind: 'answer', id, answer: found && tiersAnswer(found) });
  const isAsked = async (): Promise<boolean> =>
    lastTierQuestion === id && of !== undefined && (isWanted(of.serial) || (await rests(of.serial)));
  if (of === undefined || !(await rests(of.serial)) || !(await isAsked())) return answer();
  if (count === 0) {
    if (tiers !== undefined) tiers = { ...tiers, items: [] };
    sendTariff(of.serial);
    tiers = undefined;
    return answer();
  }
  const { findingFewTiers, tierKindOf, UNCERTIFIED_TIERS } = await loadTiers();
  if (of.solution.result.status === 'uncertified') return answer(UNCERTIFIED_TIERS);
  const clock = () => performance.now() / 1000;
  const finding = findingFewTiers(of.study, count, clock, tierKindOf(of.study));
  let [step, sliceStart] = [finding.next(), performance.now()];
  while (step.done !== true) {
    if (performance.now() - sliceStart > SLICE) {
      await pause();
      if (!(await isAsked())) return answer();
      sliceStart = performance.now();
    }
    step = finding.next();
  }
  const found = step.value;
  answer(found);
  // A tariff sells many items, and is no point on the picture of prices.
  if ('menu' in found) tiers = { of, found, items: found.kind === 'bundle' ? found.menu.tiers : [] };
  sendTariff(of.serial);
};

/** What the tiers sell at other prices; the picture of the tariff follows when no newer prices wait. */
const sellTiers = async (id: number, transfers: readonly number[]): Promise<void> => {
  const { offeredTiers } = await loadTiers();
  if (tiers === undefined || tiers.found.menu.tiers.length !== transfers.length) {
    reply({ kind: 'answer', id, answer: undefined });
    return;
  }
  lastSale = id;
  const { found } = tiers;
  reply({ kind: 'answer', id, answer: offeredTiers(found, transfers) });
  const isSame = tiers.items.every(({ transfer }, k) => transfer === transfers[k]);
  tiers = { ...tiers, items: found.menu.tiers.map((tier, k) => ({ ...tier, transfer: transfers[k]! })) };
  await pause();
  if (!isSame && lastSale === id) sendTariff(tiers.of.serial);
};
let lastSale = 0;

/** The solution, or undefined where it is not wanted any more. */
const solveInSlices = async (study: Study, serial: number): Promise<Solution | undefined> => {
  const solving = solvingStudy(study, { clock: () => performance.now() / 1000 });
  let step = solving.next();
  let [sliceStart, reported] = [performance.now(), Number.NEGATIVE_INFINITY];
  while (step.done !== true) {
    const now = performance.now();
    if (now - reported > REPORT) {
      const { iterations, expectedGap, certifiedGap } = step.value;
      reply({ kind: 'progress', serial, progress: { iterations, gap: certifiedGap ?? expectedGap } });
      reported = now;
    }
    if (now - sliceStart > SLICE) {
      await pause();
      if (!isWanted(serial)) return undefined;
      sliceStart = performance.now();
    }
    step = solving.next(stopped === serial);
  }
  return step.value;
};

const tableOf = ({ study, solution }: Shown, format: TableFormat): string => {
  const menu = menuTable(study, solution);
  return format === 'csv' ? menuCsv(menu) : latexTable(solution.result, menu, study);
};

const quote = (buyer: Coordinates) => {
  try {
    return shown?.solution.quote(buyer);
  } catch {
    return undefined;
  }
};

addEventListener('message', ({ data }: MessageEvent<Request>): void => {
  switch (data.kind) {
    case 'start':
      starting = loadPlugins(data.plugins, reply);
      break;
    case 'solve': {
      const { serial, text, files } = data;
      latest = serial;
      solve(serial, text, files).catch((error) => {
        giveUp(serial);
        reply({ kind: 'failed', serial, failure: failureOf(error) });
      });
      break;
    }
    case 'stop':
      stopped = data.serial;
      break;
    case 'abandon':
      if (latest === data.serial) latest = -1;
      break;
    case 'sight':
      inSight = data.names;
      break;
    case 'quote':
      reply({ kind: 'answer', id: data.id, answer: quote(data.buyer) });
      break;
    case 'table':
      reply({ kind: 'answer', id: data.id, answer: shown && tableOf(shown, data.format) });
      break;
    case 'tiers':
      findTiers(data.id, data.count).catch(failTiers(data.id));
      break;
    case 'sales':
      sellTiers(data.id, data.transfers).catch(failTiers(data.id));
      break;
  }
});

/** A fault of ours must not leave the page waiting for an answer. */
const failTiers = (id: number) => (error: unknown) => {
  reply({ kind: 'answer', id, answer: undefined });
  reportError(error);
};
