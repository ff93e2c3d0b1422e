import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildPage,
  choosePreset,
  type Explorer,
  headline,
  missing,
  openExplorer,
  type Visit,
} from './chromium.ts';

const built = missing === undefined ? buildPage() : undefined;
afterAll(() => built?.remove());

const soon = <T>(found: () => T | Promise<T>) => expect.poll(found, { timeout: 15_000 });

describe.skipIf(missing !== undefined)('what else matters, in Chromium', () => {
  let explorer: Explorer;
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    explorer = await openExplorer(built!.folder);
    visit = await explorer.visit();
    page = visit.page;
    await page.evaluate("document.querySelectorAll('aside details').forEach((one) => { one.open = true; })");
  }, 60_000);
  afterAll(async () => explorer?.close());

  const packages = (): Promise<void> => choosePreset(page, 'example-1-packages', 'Example 1, token packages');
  const measureOf = (name: string) => page.locator(`[data-measure="${name}"]`);
  const terms = () => page.locator('aside > details', { hasText: 'What else matters' });
  const elsewhere = () => page.getByLabel('Elsewhere buyers have');
  const verdict = (): Promise<string> => page.locator('.quote .verdict').innerText();

  it('moves the weight of consumer surplus up to welfare, of which the certificate then speaks', async () => {
    await choosePreset(page, 'regulation', 'Regulation of a monopolist');
    // q = 1.6w − 1.08 on [0.8, 1.8]: ∫ wq − q²/2 dw = 0.826667; where buyers count as much as profit q = w, and welfare is (1.8³ − 0.8³)/6.
    expect(await headline(page, 'welfare')).toBeCloseTo(0.8266666667, 8);
    await page.getByRole('slider', { name: 'weight of consumer surplus' }).fill('1');
    await soon(() => headline(page, 'welfare')).toBeCloseTo((1.8 ** 3 - 0.8 ** 3) / 6, 8);
    const certificate = page.locator('.certificate');
    expect(await certificate.innerText()).toContain('no menu can make more of profit + consumer surplus');
    await page.getByRole('slider', { name: 'weight of consumer surplus' }).fill('0');
    // q = 2w − 1.8 where that is above 0.
    await soon(() => headline(page, 'profit')).toBeCloseTo(1.8 ** 3 / 12, 8);
    expect(await certificate.innerText()).toMatch(/no menu can make more\s/);
  });

  it('gives buyers something elsewhere, a rival, and nothing again', async () => {
    await packages();
    await elsewhere().selectOption('utility');
    await measureOf('outsideShare').waitFor();
    const alone = await headline(page, 'profit');
    expect(alone).toBeLessThan(97 / 1080);
    const worth = page.getByLabel('what that is worth, in money');
    await worth.fill('0.01 + theta *');
    const complaint = page.locator('.parameter', { has: worth }).getByRole('alert');
    await soon(() => complaint.innerText()).toMatch(/expected/);
    expect(await headline(page, 'profit')).toBe(alone);
    await worth.fill('0.02 + 0.1 * theta');
    await soon(() => headline(page, 'profit')).toBeLessThan(alone);
    await complaint.waitFor({ state: 'detached' });

    await elsewhere().selectOption('rival');
    // Everybody can be served at a third of the rival's prices, so that nobody goes there.
    await soon(() => measureOf('outsideShare').innerText()).toBe('0 %');
    const beside = await headline(page, 'profit');
    await page.getByRole('slider', { name: 'price of input' }).fill('0.2');
    await soon(() => headline(page, 'profit')).toBeLessThan(beside);

    await elsewhere().selectOption('nothing');
    await soon(() => headline(page, 'profit')).toBeCloseTo(97 / 1080, 12);
    await measureOf('outsideShare').waitFor({ state: 'detached' });
  }, 60_000);

  it('says who goes to a rival, and what decides about others', async () => {
    await choosePreset(page, 'rival', 'Beside a rival');
    // C = q²/10 beside P = 0.03q⁴, with lotteries and without.
    expect(await headline(page, 'profit')).toBeCloseTo(0.1089358, 6);
    expect(await page.locator('.notes').innerText()).toMatch(
      /69\.35 % of the buyers buy from the rival[\s\S]*lotteries[\s\S]*0\.106497/,
    );
    const type = page.locator('.quote').getByRole('slider', { name: 'type θ' });
    await type.fill('0.2');
    await soon(verdict).toBe('She takes what she has elsewhere, and buys nothing here.');
    // She keeps max θq − P(q) = ¾θ (θ/0.12)^⅓.
    const kept = page.locator('.quote .rows > div', { hasText: 'she keeps' });
    expect(Number((await kept.innerText()).match(/[\d.]+/)![0])).toBeCloseTo(
      0.75 * 0.2 * (0.2 / 0.12) ** (1 / 3),
      4,
    );
    await type.fill('0.6');
    await soon(() => page.locator('.quote').innerText()).toMatch(
      /served by\s+seller [\d.]+ %, outside [\d.]+ %/,
    );
  });

  it('sells tariffs beside an outside option, and beside kept plans', async () => {
    await choosePreset(page, 'rival', 'Beside a rival');
    await page.getByLabel('Pricing').selectOption('two-part-tariff');
    const tariffs = page.locator('section', { hasText: 'Sold as two-part tariffs' });
    await soon(() => tariffs.innerText()).toMatch(/the best menu of two-part tariffs that was found/);
    expect(await elsewhere().count()).toBe(1);
    await choosePreset(page, 'keep', 'New plans beside a list price');
    await page.getByLabel('Pricing').selectOption('two-part-tariff');
    await soon(() => tariffs.innerText()).toMatch(/0\.4636/);
  }, 60_000);

  it('limits an input, whose shadow price stands at the top, and lifts the limit', async () => {
    await packages();
    expect(await measureOf('shadowPrices.input').count()).toBe(0);
    await page.getByRole('button', { name: 'Limit input' }).click();
    // More than enough.
    await soon(() => measureOf('shadowPrices.input').innerText()).toBe('0');
    await page.getByRole('slider', { name: 'capacity of input' }).fill('0.15');
    await soon(() => headline(page, 'shadowPrices.input')).toBeCloseTo(0.116366, 5);
    expect(await headline(page, 'profit')).toBeCloseTo(0.0752057, 6);
    await page.getByRole('button', { name: 'Lift the capacity of input' }).click();
    await soon(() => headline(page, 'profit')).toBeCloseTo(97 / 1080, 12);
    await measureOf('shadowPrices.input').waitFor({ state: 'detached' });
    expect(await page.getByLabel('The study file (YAML)').inputValue()).not.toContain('capacity');
  }, 60_000);

  it('keeps a list price that is made on the page, and changes it', async () => {
    await packages();
    await page.getByRole('button', { name: 'Keep a list price of today' }).click();
    await measureOf('keptShare').waitFor();
    const all = await headline(page, 'consumerSurplus');
    await page.getByRole('slider', { name: 'list: price of input' }).fill('0.2');
    await soon(() => headline(page, 'consumerSurplus')).toBeGreaterThan(all + 1e-6);
    expect(await page.getByLabel('The study file (YAML)').inputValue()).toMatch(
      /input: 0\.2\n +output: 0\.25/,
    );
    await page.getByRole('button', { name: 'Drop today’s plans' }).click();
    await soon(() => headline(page, 'profit')).toBeCloseTo(97 / 1080, 12);
  }, 60_000);

  it('sells goods at a cost each, and at most one of them', async () => {
    await choosePreset(page, 'two-goods', 'Two goods');
    const whole = await headline(page, 'profit');
    await page.getByRole('button', { name: 'Set total' }).click();
    await soon(() => headline(page, 'profit')).toBeLessThan(whole);
    const one = await headline(page, 'profit');
    await page.getByRole('button', { name: 'A rate of its own for each' }).click();
    await page.getByRole('slider', { name: 'rate of films' }).fill('0.2');
    await soon(() => headline(page, 'profit')).toBeLessThan(one);
    expect(await page.getByLabel('The study file (YAML)').inputValue()).toMatch(/rate: \[ 0, 0\.2 \]/);
    await page.getByRole('button', { name: 'The same rate for all' }).click();
    await page.getByRole('button', { name: 'Leave out total' }).click();
    await soon(() => headline(page, 'profit')).toBeCloseTo(whole, 9);
  }, 60_000);

  it('keeps today’s plans for those who like them, or a share of what they give', async () => {
    await choosePreset(page, 'keep', 'New plans beside a list price');
    // Types up to 4/3 of 2 keep the plan.
    expect(await headline(page, 'keptShare')).toBeCloseTo(2 / 3, 6);
    const type = page.locator('.quote').getByRole('slider', { name: 'type θ' });
    await type.fill('1');
    await soon(verdict).toBe('She keeps one of today’s plans.');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Table for LaTeX' }).click(),
    ]);
    const table = readFileSync(await download.path(), 'utf8');
    expect(table).toMatch(/Share of buyers who keep a plan & \$0\.666667\$/);
    expect(table).toMatch(/& takes &[\s\S]*& kept &/);
    const kept = await headline(page, 'profit');
    await page.getByRole('slider', { name: 'share that buyers keep' }).fill('0.5');
    await soon(() => headline(page, 'profit')).toBeGreaterThan(kept);
    const shared = await headline(page, 'profit');
    await page.getByRole('button', { name: 'Drop today’s plans' }).click();
    await measureOf('keptShare').waitFor({ state: 'detached' });
    expect(await headline(page, 'profit')).toBeGreaterThan(shared);
  });

  it('sells goods by items, with a cost by formula, and has no capacity where there are no inputs', async () => {
    await choosePreset(page, 'two-goods', 'Two goods');
    const items = page.getByRole('region', { name: 'The items' });
    expect(await items.innerText()).toMatch(/songs\s+films[\s\S]*0\.8619\d*\s+2\s+1\s+1\s+53\.65 %/);
    expect(
      await terms()
        .getByRole('button', { name: /^Limit/ })
        .count(),
    ).toBe(0);
    await page.getByLabel('Quality is made by').selectOption('cost expression');
    const formula = page.getByLabel('formula', { exact: true });
    const good = await formula.inputValue();
    await soon(() => page.locator('[data-status]').getAttribute('data-status')).toMatch(/optimal|feasible/);
    await formula.fill(`${good} +`);
    const complaint = page.locator('.parameter', { has: formula }).getByRole('alert');
    await soon(() => complaint.innerText()).toMatch(/expected/);
    await formula.fill('q^2');
    await complaint.waitFor({ state: 'detached' });
    const cheap = await headline(page, 'profit');
    await formula.fill('2*q^2');
    await soon(() => headline(page, 'profit')).toBeLessThan(cheap);
  }, 60_000);

  it('weighs nothing where nothing is hidden, which it says', async () => {
    await packages();
    await page.getByLabel('Contract').selectOption('efficient');
    await soon(() => terms().innerText()).toMatch(/Where nothing is hidden welfare is largest/);
    expect(await page.getByRole('slider', { name: 'weight of consumer surplus' }).count()).toBe(0);
    await packages();
  });

  it('complained of nothing', () => {
    expect(visit.complaints).toEqual([]);
  });
});
