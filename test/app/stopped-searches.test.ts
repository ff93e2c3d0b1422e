/* Whatever a search is ended at, what it has by then is an answer: no worse than nothing, no better than its bound, and no better than what it ends with. */
import { readFileSync } from 'node:fs';
import {
  checkingStudy,
  createRegistry,
  findingPlanTiers,
  findingSensitivity,
  findingTiers,
  parseStudy,
  prepareStudy,
  type SolveProgress,
  standardPlugin,
  stoppedTiers,
  type TierMenu,
  type TiersResult,
  unsoldTiers,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const produced = `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 } }
`;
const uniform = `${produced}buyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }\ncontract: packages\n`;
const profiles = `cost: { use: quadratic }
buyers:
  kind: profiles
  tasks: { weights: [1, 1, 1] }
  types:
    - { mass: 1, values: [1, 0.2, 0.4] }
    - { mass: 2, values: [0.3, 0.9, 0.1] }
    - { mass: 1, values: [0.5, 0.6, 0.8] }
    - { mass: 1, values: [0.1, 0.3, 1] }
`;
const fewTypes = `${produced}buyers: { kind: representative, types: [{ value: 0.3, mass: 2 }, { value: 0.7, mass: 2 }, { value: 1, mass: 1 }] }\ncontract: packages\n`;

const studies = {
  'along a line': uniform,
  'beside an outside that differs': `${uniform}outside: { utility: "0.02 + 0.05*theta" }\n`,
  'of listed types beside an outside': `${produced}contract: packages
buyers: { kind: representative, types: [{ value: 0.4, mass: 1 }, { value: 0.7, mass: 1 }, { value: 1, mass: 1 }] }
outside: { utility: [0.01, 0.03, 0.02] }
`,
  'within capacity': `${uniform}capacity: { input: 0.05 }\n`,
  'for types in no order': profiles,
  'with a weight on surplus': `${profiles}objective: { profit: 1, consumerSurplus: 0.4 }\n`,
};

const worth = ({ objective, profit }: TierMenu): number => objective ?? profit;

const requireHonest = (found: TiersResult, counts: readonly number[]): void => {
  expect(found.menus.map(({ count }) => count)).toEqual(counts);
  for (const menu of found.menus) {
    expect(worth(menu)).toBeGreaterThanOrEqual(0);
    // A bound that is not known yet is no number.
    if (!Number.isNaN(menu.upperBound)) expect(worth(menu)).toBeLessThanOrEqual(menu.upperBound * (1 + 1e-6));
    else expect([menu.status, menu.relativeGap]).toEqual(['feasible', Number.NaN]);
    expect(menu.share === null || menu.share <= 1 + 1e-9).toBe(true);
    for (const { share } of menu.tiers) expect(share).toBeLessThanOrEqual(1 + 1e-9);
  }
};

type Finding = () => Generator<SolveProgress<TiersResult>, TiersResult, boolean | undefined>;

/** Every incumbent on the way to the end, and what comes of a stop at each place. */
const requireAnswers = (finding: Finding, counts: readonly number[]): void => {
  const incumbents: TiersResult[] = [];
  const run = finding();
  let step = run.next();
  while (step.done !== true) {
    const { incumbent } = step.value;
    if (incumbent !== undefined && incumbents.length < 12) incumbents.push(incumbent());
    step = run.next();
  }
  const end = step.value;
  expect(incumbents.length).toBeGreaterThan(0);
  for (const found of incumbents) {
    requireHonest(found, counts);
    found.menus.forEach((menu, k) => {
      expect(worth(menu)).toBeLessThanOrEqual(worth(end.menus[k]!) * (1 + 1e-6) + 1e-12);
    });
  }
  for (const place of [0, 1, 2, 5]) {
    const stopped = finding();
    let own = stopped.next();
    for (let k = 0; own.done !== true; k++) own = stopped.next(k >= place);
    requireHonest(own.value, counts);
  }
};

describe('a search for tiers that is stopped has an answer', () => {
  for (const [name, text] of Object.entries(studies))
    it(name, async () => {
      const study = parseStudy(text, { file: 'study.yaml', registry });
      await prepareStudy(study);
      requireAnswers(() => findingTiers(study, { counts: [1, 3] }), [1, 3]);
    });

  it.each(['two-part-tariff', 'three-part-tariff', 'commitment'] as const)('of plans: %s', (kind) => {
    const study = parseStudy(uniform, { file: 'study.yaml', registry });
    requireAnswers(() => findingPlanTiers(study, { counts: [2], kind }), [2]);
  });

  it.each([1, 3])('of rounded plans for few types, of which every plan of a pool is tried: %d', (count) => {
    const study = parseStudy(fewTypes, { file: 'study.yaml', registry });
    const finding = () => findingPlanTiers(study, { counts: [count], kind: 'two-part-tariff', round: 0.05 });
    requireAnswers(finding, [count]);
    // It steps on while amounts are tried.
    const plain = [...findingPlanTiers(study, { counts: [count], kind: 'two-part-tariff' })].length;
    expect([...finding()].length).toBeGreaterThan(plain + 10);
  });

  it('before anything is looked for: nothing is sold, and no bound is known', () => {
    const study = parseStudy(uniform, { file: 'study.yaml', registry });
    const found = stoppedTiers(unsoldTiers(study, { counts: [1, 2], kind: 'bundle' }));
    requireHonest(found, [1, 2]);
    expect([found.stopped, found.full.upperBound]).toEqual([true, Number.NaN]);
    expect(found.notes[0]).toMatch(/^The search was stopped/);
  });
});

it('sensitivity has an answer from its first step on, and says what is missing', () => {
  const source = {
    text: uniform,
    file: 'study.yaml',
    registry,
    csvFiles: () => {
      throw new Error('no files');
    },
  };
  const whole = findingSensitivity(source, { count: 1 });
  const first = whole.next();
  expect(first.done).toBe(false);
  let places = 0;
  for (let step = first; step.done !== true; step = whole.next()) {
    const found = step.value.incumbent!();
    expect(found.profit).toBeGreaterThanOrEqual(0);
    const left = found.notes.filter((note) => note.startsWith('Stopped before'));
    expect([found.stopped, left.length]).toEqual(found.stopped === true ? [true, 1] : [undefined, 0]);
    places++;
  }
  for (let place = 0; place < places; place++) {
    const run = findingSensitivity(source, { count: 1 });
    let step = run.next();
    for (let k = 0; step.done !== true; k++) step = run.next(k >= place);
    expect(step.value.profit).toBeGreaterThanOrEqual(0);
    expect(step.value.stopped).toBe(place < places - 1 ? true : undefined);
  }
});

it('check says what was tried, and nothing of a profit that may still grow', async () => {
  const study = parseStudy(readFileSync('examples/crossing-profiles.yaml', 'utf8'), {
    file: 'study.yaml',
    registry,
  });
  await prepareStudy(study);
  const end = (place: number) => {
    const run = checkingStudy(study);
    let step = run.next();
    for (let k = 0; step.done !== true; k++) {
      expect(step.value.incumbent!().stopped).toBe(true);
      step = run.next(k >= place);
    }
    return step.value;
  };
  const whole = end(Number.POSITIVE_INFINITY);
  expect(whole.stopped).toBeUndefined();
  expect(end(0).assumptions).toEqual([]);
  expect(end(1)).toMatchObject({ assumptions: whole.assumptions, conditions: [], stopped: true });
  const late = end(2);
  expect(late.stopped).toBe(true);
  expect(late.notes[0]).toMatch(/^The check was stopped/);
  expect(late.conditions.map(({ name }) => name)).not.toContain('full-extraction');
});
