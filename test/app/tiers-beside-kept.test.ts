/*
 * Menus of few plans beside today's list price, within capacity, and held fixed while numbers are off.
 *
 * v = √x at a cost of c = 0.1. At a price p type θ takes (θ/2p)² tokens, has θ²/4p, and brings (p − c)(θ/2p)². A bundle of x tokens for f leaves her θ√x − f.
 * What is best is enumerated, over every amount on a fine grid at every fee on one, with free choice of types that are listed.
 */
import {
  createRegistry,
  evaluateMenu,
  filesBeside,
  findingPlanTiers,
  openPlans,
  type PlanTiersOptions,
  type SensitivityOptions,
  type SensitivityResult,
  type Study,
  sensitivityOf,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import { finished, type Plan } from '@menusmith/core';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const source = (text: string) => ({ text, file: 'study.yaml', registry, ...filesBeside('study.yaml') });
const studyOf = (text: string): Study => studyFromText(text, source(text));
const sensitivity = (text: string, options: SensitivityOptions): SensitivityResult =>
  sensitivityOf(source(text), options);

const [COST, PRICE] = [0.1, 0.25];
const root = (more: string, buyers = 'type: { use: uniform, max: 2 }', cost = COST): string =>
  `production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: ${cost} } }
buyers: { kind: representative, ${buyers} }
contract: packages
${more}`;
const keeping = (share: number): string =>
  `keep: { menu: { plans: [{ name: List, prices: { tokens: ${PRICE} } }] }, share: ${share} }`;
const found = (study: Study, options: Omit<PlanTiersOptions, 'counts'>, count = 1) =>
  finished(findingPlanTiers(study, { counts: [count], ...options }));

/** Types in the middle of cells of U[0, 2]. */
const types = Array.from({ length: 400 }, (_, n) => (n + 0.5) / 200);
const mass = 1 / types.length;

interface Offer {
  readonly use: (theta: number) => number;
  readonly pays: (theta: number) => number;
}
const at = (price: number, fee = 0): Offer => ({
  use: (theta) => (theta / (2 * price)) ** 2,
  pays: (theta) => fee + price * (theta / (2 * price)) ** 2,
});
const bundle = (tokens: number, fee: number): Offer => ({ use: () => tokens, pays: () => fee });

/** Profit and use of a menu where everybody takes what she likes best, or nothing. */
const sold = (offers: readonly Offer[], cost = COST, factor = 1) => {
  let [profit, use] = [0, 0];
  for (const type of types) {
    const theta = factor * type;
    const utility = offers.map((own) => theta * Math.sqrt(own.use(theta)) - own.pays(theta));
    const best = utility.reduce((most, own, k) => (own > (utility[most] ?? 0) ? k : most), -1);
    const taken = offers[best];
    if (taken === undefined) continue;
    profit += mass * (taken.pays(theta) - cost * taken.use(theta));
    use += mass * taken.use(theta);
  }
  return { profit, use };
};

describe('one plan beside a list price that stays, within capacity', () => {
  const capacity = 6;
  const study = studyOf(root(`${keeping(1)}\ncapacity: { tokens: ${capacity} }`));

  it('is the best bundle by enumeration, and with what keepers use is within it', () => {
    let most = 0;
    for (let tokens = 0.5; tokens < 60; tokens *= 1.03)
      for (let fee = 0.05; fee < 8; fee *= 1.03) {
        const { profit, use } = sold([at(PRICE), bundle(tokens, fee)]);
        if (use <= capacity) most = Math.max(most, profit);
      }
    const { menus, full } = found(study, { kind: 'bundle' });
    const { profit, tiers, kept, used, capacity: there } = menus[0]!;
    expect(there).toEqual({ tokens: capacity });
    expect(used!.tokens).toBeLessThanOrEqual(capacity);
    const use = [...tiers, ...kept!].reduce((sum, { share, inputs }) => sum + share * inputs.tokens!, 0);
    expect(use).toBeCloseTo(used!.tokens!, 12);
    expect(profit).toBeGreaterThanOrEqual(most * (1 - 2e-3));
    expect(profit).toBeLessThanOrEqual(most * (1 + 0.02));
    expect(profit).toBeLessThanOrEqual(full.upperBound * (1 + 1e-9));
    // What it makes at true costs is what the evaluation of all that is on sale has.
    const plans = [...kept!, ...tiers].map(({ plan }) => plan!);
    const menu = { plans, locating: <T>(work: () => T): T => work() };
    expect(evaluateMenu(study, { menu }).evaluation.profit).toBeCloseTo(profit, 10);
    expect(tiers.reduce((sum, { share, margin }) => sum + share * margin, 0)).toBeLessThan(profit);
  });

  it('costs nothing where capacity is slack', () => {
    const free = found(studyOf(root(keeping(1))), { kind: 'bundle' }).menus[0]!;
    const slack = found(studyOf(root(`${keeping(1)}\ncapacity: { tokens: 50 }`)), { kind: 'bundle' })
      .menus[0]!;
    expect(slack.profit).toBeCloseTo(free.profit, 12);
    expect(slack.shadowPrices).toEqual({ tokens: 0 });
  });

  it('of a price, where a share of the list price’s surplus is promised, keeps promise and capacity', () => {
    const share = 0.5;
    const own = studyOf(root(`${keeping(share)}\ncapacity: { tokens: 1.8 }`));
    const { menus } = found(own, { kind: 'two-part-tariff' });
    const { profit, tiers, used, brokenBy } = menus[0]!;
    expect(brokenBy).toBeUndefined();
    expect(used!.tokens).toBeLessThanOrEqual(1.8);
    // No fee, as the lowest types are promised something: the best price of those that leave enough.
    let most = 0;
    for (let price = 0.1; price <= PRICE / share; price += 1e-3) {
      const { profit: made, use } = sold([at(price)]);
      if (use <= 1.8) most = Math.max(most, made);
    }
    expect(tiers[0]!.plan!.fee).toBe(0);
    expect(profit).toBeGreaterThanOrEqual(most * (1 - 2e-3));
    expect(profit).toBeLessThanOrEqual(most * (1 + 2e-3));
  });

  it('says so where what stays on sale takes more than there is', () => {
    const little = studyOf(root(`${keeping(1)}\ncapacity: { tokens: 0.01 }`));
    expect(() => found(little, { kind: 'two-part-tariff' })).toThrow(
      /no menu of 1 within capacity was found beside what today’s plans promise/,
    );
  });
});

describe('a menu held fixed beside a list price that stays', () => {
  const text = root(keeping(1));
  const asPlan = (offer: { readonly tokens: number; readonly fee: number }): Plan => ({
    name: 'One',
    fee: offer.fee,
    included: { tokens: offer.tokens },
    prices: {},
    commitment: 0,
    taskCap: null,
  });

  it('earns what free choice between them makes, whichever number is off', () => {
    const [tokens, fee] = [16, 4];
    const menu = { text: JSON.stringify({ plans: [asPlan({ tokens, fee })] }), file: 'menu.json' };
    const { profit, parameters, notes } = sensitivity(text, { count: 1, menu });
    const offers = [at(PRICE), bundle(tokens, fee)];
    expect(profit).toBeCloseTo(sold(offers).profit, 2);
    const named = (name: string) => parameters.find((own) => own.name === name)!;
    for (const [k, side] of [
      [0.9, 'down'],
      [1.1, 'up'],
    ] as const) {
      expect(named('all values')[side]!.profit).toBeCloseTo(sold(offers, COST, k).profit, 2);
      expect(named('cost of tokens')[side]!.profit).toBeCloseTo(sold(offers, k * COST).profit, 2);
      expect(named('type.max')[side]!.profit).toBeCloseTo(named('all values')[side]!.profit, 8);
    }
    for (const { largestRegret } of parameters) expect(largestRegret).toBeGreaterThanOrEqual(0);
    expect(notes.join(' ')).toMatch(/stay on sale beside the menu/);
  });

  it('is what tiers prints, beside what stays', () => {
    const result = found(studyOf(text), { kind: 'bundle' });
    const [own] = result.menus;
    const document = JSON.stringify({ ...result, menus: undefined, ...own });
    const again = sensitivity(text, { count: 1, menu: { text: document, file: 'tiers.json' } });
    expect([again.profit, again.kind]).toEqual([expect.closeTo(own!.profit, 12), 'bundle']);
    expect(openPlans(document, 'tiers.json', studyOf(text)).plans.map(({ name }) => name)).toEqual([
      'List',
      own!.tiers[0]!.plan!.name,
    ]);
  });

  it('says where it leaves somebody less than she is promised', () => {
    const list = 'types: [{ value: 1, mass: 1 }, { value: 2, mass: 1 }]';
    const { parameters, brokenBy } = sensitivity(root(keeping(0.9), list), {
      count: 1,
      kind: 'two-part-tariff',
    });
    expect(brokenBy).toBeUndefined();
    // The list price does not move with what tokens make, nor does the tariff: of more both leave more, and a fee leaves less of less.
    const broken = parameters
      .flatMap(({ down, up }) => [down!, up!])
      .filter((own) => own.brokenBy !== undefined);
    for (const { brokenBy: by, regret } of broken) {
      expect(by).toBeGreaterThan(0);
      expect(regret).toBeNull();
    }
    const menu = { text: JSON.stringify({ plans: [asPlan({ tokens: 1, fee: 0.9 })] }), file: 'menu.json' };
    const own = sensitivity(root(keeping(0.9), list), { count: 1, menu });
    // Type 2 is promised 0.9 · 4/(4·0.25), and has 2 − 0.9.
    expect(own.brokenBy).toBeCloseTo(0.9 * 4 - 1.1, 9);
    expect(own.parameters.every(({ largestRegret }) => largestRegret === null)).toBe(true);
  });

  it('counts what keepers use of a capped input', () => {
    // An allowance with a price beyond it is no bundle and no fee with prices, so that none is looked for anew.
    const plan = { name: 'Both', fee: 1, included: { tokens: 4 }, prices: { tokens: 0.3 } };
    const menu = { text: JSON.stringify({ plans: [plan] }), file: 'menu.json' };
    const at = (tokens: number) =>
      sensitivity(root(`${keeping(1)}\ncapacity: { tokens: ${tokens} }`), { count: 1, menu });
    const { used, exceeded, parameters } = at(6);
    expect(used!.tokens).toBeGreaterThan(4);
    expect([exceeded, at(4).exceeded]).toEqual([[], ['tokens']]);
    expect(parameters.map(({ name }) => name)).toContain('capacity of tokens');
  });

  it('is for all buyers', () => {
    expect(() => sensitivity(text, { count: 1, scale: 0.5 })).toThrow(/for all buyers; leave it out/);
  });
});
