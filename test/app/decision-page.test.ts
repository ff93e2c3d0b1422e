import {
  createRegistry,
  decisionPage,
  evaluateMenu,
  experimentSize,
  filesBeside,
  overturning,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import type { Plan } from '@menusmith/core';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const source = {
  text: `name: Two types & <more>
production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers: { kind: representative, types: [{ value: 1, mass: 3 }, { value: 2, mass: 1 }] }
contract: packages
units: { currency: $, period: month, inputs: { tokens: { unit: tokens, per: 1000000 } } }
`,
  file: 'study.yaml',
  registry,
  ...filesBeside('study.yaml'),
};
const study = studyFromText(source.text, source);
const plan = (name: string, given: Partial<Plan>): Plan => ({
  name,
  fee: 0,
  included: {},
  prices: {},
  commitment: 0,
  taskCap: null,
  ...given,
});
// At p type θ takes (θ/2p)² tokens, which make (p − 0.1)(θ/2p)² of profit.
const before = [plan('list', { prices: { tokens: 0.25 } })];
const after = [...before, plan('business', { fee: 3, prices: { tokens: 0.125 } })];
const asMenu = (plans: readonly Plan[]) => ({ plans, locating: <T>(work: () => T): T => work() });
const { evaluation } = evaluateMenu(study, { menu: asMenu(after), against: asMenu(before) });

/** The profit of type θ, who takes the better plan: θ²/0.5 − 3 against θ². */
const profits = [1, 2].map((theta) => ({
  before: 0.15 * (theta / 0.5) ** 2,
  after: theta ** 2 / 0.5 - 3 > theta ** 2 ? 3 + 0.025 * (theta / 0.25) ** 2 : 0.15 * (theta / 0.5) ** 2,
}));

describe('an experiment', () => {
  it('needs 2 z² σ²/δ² customers in each group, and 1 − ρ² of them with their profit before', () => {
    const mean = (of: (n: number) => number): number => 0.75 * of(0) + 0.25 * of(1);
    const [old, now] = [mean((n) => profits[n]!.before), mean((n) => profits[n]!.after)];
    const varOld = mean((n) => (profits[n]!.before - old) ** 2);
    const varNow = mean((n) => (profits[n]!.after - now) ** 2);
    expect(evaluation.change!.profit).toBeCloseTo(now - old, 12);
    const { perArm, perArmWithBefore } = experimentSize(study, before, after)!;
    expect(perArm).toBe(Math.ceil((2 * 7.848879734 * Math.max(varOld, varNow)) / (now - old) ** 2));
    // Two types lie on a line: what they brought before tells all.
    expect(perArmWithBefore).toBeLessThanOrEqual(1);
  });

  it('finds nothing where nothing changes', () => {
    expect(experimentSize(study, before, before)).toBeUndefined();
  });
});

describe('what would overturn it', () => {
  const found = overturning(source, { menu: after, against: before })!.changes;

  it('is the change with each number off by itself, the smallest first', () => {
    const cost = found.find(({ name, by }) => name === 'cost of tokens' && by > 0)!;
    const dearer = studyFromText(source.text.replace('cost: 0.1', 'cost: 0.11'), source);
    const moved = evaluateMenu(dearer, { menu: asMenu(after), against: asMenu(before) }).evaluation;
    expect(cost.change).toBeCloseTo(moved.change!.profit, 12);
    const changes = found.map(({ change }) => change);
    expect(changes).toEqual([...changes].sort((a, b) => a - b));
  });
});

describe('the page', () => {
  const page = (): string =>
    decisionPage({
      study,
      evaluation,
      menu: after,
      overturning: overturning(source, { menu: after, against: before })!,
      experiment: experimentSize(study, before, after),
      program: 'menusmith',
    });

  it('says what changes and for whom, in plain words', () => {
    const html = page();
    expect(html).toContain('Two types &amp; &lt;more&gt;');
    expect(html).toMatch(/profit rises from \$1\.05 to \$1\.\d+ per buyer and month \(\+\d/);
    expect(html).toContain('price of tokens, $ per 1M tokens<');
    expect(html).toContain('25 % of the buyers are better off');
    expect(html).toContain('an elasticity of −2: a price 1 % higher sells 2 % less to a buyer who stays');
    expect(html).not.toMatch(/virtual|NaN|undefined|Infinity/);
    expect(html).not.toMatch(/(?:src|href)="http/);
  });

  it('says where it is a loss, and what was not tried', () => {
    const worse = [plan('cheap', { prices: { tokens: 0.11 } })];
    const html = decisionPage({
      study,
      evaluation: evaluateMenu(study, { menu: asMenu(worse), against: asMenu(before) }).evaluation,
      menu: worse,
      overturning: { changes: [{ name: 'cost of tokens', by: 0.1, change: -0.2 }], untried: 3 },
      program: 'menusmith',
    });
    expect(html).toMatch(/profit falls from/);
    expect(html).toMatch(/None of the numbers tried, 10 % off by itself, turns the loss into a gain/);
    expect(html).toContain('3 of the study’s numbers were not tried');
  });

  it('leaves numbers untried where it takes long', () => {
    const few = overturning(source, { menu: after, against: before, isEnough: () => true })!;
    expect(few.changes).toEqual([]);
    expect(few.untried).toBeGreaterThan(2);
  });

  it('has no change where nothing is replaced', () => {
    const alone = evaluateMenu(study, { menu: asMenu(after) }).evaluation;
    const html = decisionPage({
      study,
      evaluation: alone,
      menu: after,
      program: 'menusmith',
    });
    expect(html).toContain('These plans earn $');
    expect(html).not.toContain('How to find out');
  });
});
