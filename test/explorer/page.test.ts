import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

if (missing !== undefined) process.stderr.write(`${missing}\n`);

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Other work on the machine must not make a test fail. */
const soon = <T>(found: () => T | Promise<T>) => expect.poll(found, { timeout: 15_000 });

/** Study names, and profits from closed forms, ERRATA, or the finite solver's own tests. */
const presets = [
  // Closed forms of Example 1.
  ['example-1-packages', 'Example 1, token packages', 97 / 1080, 12],
  ['example-1-allocations', 'Example 1, token allocations', 97 / 960, 12],
  // ERRATA F, G1 and E.
  ['g1', 'Counterexample G1: tariffs that buyers do not take', 0.0963555877329423, 9],
  ['s1', 'Counterexample S1: two buyers without rents', 0.4163482758621, 12],
  // The highest type gets both goods at 7 and the other one the first, the second with probability 0.4.
  ['lotteries', 'A lottery over the second good', 5.2, 8],
  ['correlated-allocations', 'Correlated value and scale, token allocations', 0.14649, 4],
  // Of betas, whose functions are loaded when a study needs them; as `menusmith solve` has it.
  ['mixture-values', 'Mixture of values', 0.0449092717329629, 9],
  ['correlated-packages', 'Correlated value and scale, token packages', 0.1353835223, 8],
  // As `menusmith solve` has it, with 0.0997484 of the best menu without lotteries.
  ['rival-lotteries', 'Lotteries between models beside a rival', 0.104633, 4],
] as const;

describe.skipIf(missing !== undefined)('the explorer in Chromium', () => {
  let explorer: Explorer;
  /** Most tests use one page, as a person would. */
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    explorer = await openExplorer(built!.folder, ['examples/plugins/saturating-quality.js']);
    visit = await explorer.visit();
    page = visit.page;
  }, 60_000);
  afterAll(async () => explorer?.close());
  const example1 = (): Promise<void> =>
    choosePreset(page, 'example-1-allocations', 'Example 1, token allocations');

  it('opens on Example 1, certified, with pictures', async () => {
    await page.locator('.picture svg').first().waitFor();
    expect(await headline(page, 'profit')).toBeCloseTo(97 / 960, 12);
    expect(await page.locator('[data-status]').getAttribute('data-status')).toBe('optimal');
    expect(await page.locator('.certificate').innerText()).toMatch(
      /Certified optimal: no menu can make more · relative gap/,
    );
  });

  it('moves numbers and pictures with a slider, and undoes it by keys', async () => {
    const picture = page.locator('[data-picture="regions"] .drawing svg');
    const before = await picture.innerHTML();
    await page.getByRole('slider', { name: 'cost of fine tuning' }).fill('0.2');
    await soon(() => headline(page, 'fineTunedShare')).toBeLessThan(0.125);
    await soon(() => picture.innerHTML()).not.toBe(before);
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    await soon(() => headline(page, 'profit')).toBeCloseTo(97 / 960, 12);
    await page.keyboard.press('Control+Shift+Z');
    await soon(() => headline(page, 'fineTunedShare')).toBeLessThan(0.125);
    await example1();
  });

  it('follows the arrow keys, and says the result to those who hear the page', async () => {
    await page.getByRole('slider', { name: 'cost of input' }).focus();
    await page.keyboard.press('ArrowRight');
    await soon(() => headline(page, 'profit')).toBeLessThan(97 / 960 - 1e-6);
    const heard = page.locator('[aria-live="polite"]');
    await soon(() => heard.innerText()).toMatch(/^Profit 0\.09\d+, certified optimal/);
    await example1();
  });

  it('quotes the buyer under the pointer, and any other', async () => {
    await soon(() => headline(page, 'profit')).toBeCloseTo(97 / 960, 12);
    const quote = page.getByRole('region', { name: 'Ask for a quote' });
    const box = (await page.locator('[data-picture="regions"] .drawing svg').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
    await soon(() => quote.innerText()).toContain('The menu has nothing for her');
    await quote.getByRole('slider', { name: 'value w' }).fill('0.8');
    await quote.getByRole('slider', { name: 'scale s' }).fill('0.5');
    // By the closed form buyer (0.8, 0.5) pays 0.39 and keeps 0.09.
    await soon(() => quote.innerText()).toMatch(/she pays\s+0\.39\s+she keeps\s+0\.09/);
  });

  it('saves pictures and tables', async () => {
    const saved = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).first().click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^example-1-token-allocations/);
      return readFileSync(await download.path(), 'latin1');
    };
    expect(await saved('as SVG')).toMatch(
      /^<svg[^>]*><metadata>provenance: [\s\S]*Who is excluded and who is served/,
    );
    expect(await saved('as PNG')).toMatch(/^.PNG/);
    expect(await saved('Menu as CSV')).toMatch(
      /^# provenance: \{"menusmith":.*"study":"[\da-f]{64}".*\r\nvalue,scale,/,
    );
    expect(await saved('Table for LaTeX')).toMatch(/\\begin\{tabular\}[\s\S]*Profit & \$0\.101042\$/);
    expect(JSON.parse(await saved('Result as JSON')).profit).toBeCloseTo(97 / 960, 12);
  });

  it.each(presets)(
    'shows the right profit for %s',
    async (preset, study, profit, digits) => {
      const wasm = (): number => visit.requests.filter((url) => url.endsWith('.wasm')).length;
      // A solver that few studies need is loaded when one needs it.
      const before = wasm();
      await choosePreset(page, preset, study);
      expect(await headline(page, 'profit')).toBeCloseTo(profit, digits);
      expect(wasm() - before).toBe(preset === 'lotteries' ? 1 : 0);
    },
    60_000,
  );

  it('marks the place of a condition that fails, and simulates who takes which tariff', async () => {
    await choosePreset(page, 'g1', 'Counterexample G1: tariffs that buyers do not take');
    expect(await page.locator('.conditions .fails').innerText()).toMatch(
      /markup rises[\s\S]*tightest at value 0\.75/i,
    );
    await page.locator('[data-condition="nonincreasing-markup"]').first().waitFor({ state: 'attached' });
    const tariffs = page.getByRole('region', { name: 'Sold as two-part tariffs' });
    expect(await tariffs.innerText()).toMatch(/0\.0807929\s+16\.15 %[\s\S]*85\.26 % of the buyers/);
    // Tokens at cost up to a cap on spending lose nothing here (Π = .0963556).
    expect(await tariffs.innerText()).toMatch(/maximum-spend items\s+0\.0963556\s+0 %/);
    await page.getByLabel('Pricing').selectOption('maximum-spend');
    const capped = page.getByRole('region', { name: 'Sold with a cap on spending' });
    await capped.waitFor();
    expect(await capped.innerText()).toMatch(/0\.0963556[\s\S]*Every buyer takes the tariff/);
  });

  it('shows what is wrong with a formula beside it, while the last good result stays', async () => {
    await choosePreset(page, 'formula', 'Logarithmic fine-tuning');
    const profit = await headline(page, 'profit');
    const formula = page.getByLabel('formula', { exact: true });
    const good = await formula.inputValue();
    await formula.fill(`${good} *`);
    const complaint = page.locator('.parameter', { has: formula }).getByRole('alert');
    expect(await complaint.innerText()).toMatch(/expected/);
    expect(await headline(page, 'profit')).toBe(profit);
    expect(await formula.getAttribute('aria-invalid')).toBe('true');
    await formula.fill(good);
    await complaint.waitFor({ state: 'detached' });
  });

  it('solves with a plugin that the server was given, whose parameters are controls', async () => {
    const study = `name: Saturating
production: { use: saturating-quality, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers: { kind: representative, types: [{ value: 1, mass: 1 }, { value: 2, mass: 1 }] }
contract: packages
`;
    await page
      .getByLabel('The study file (YAML)')
      .evaluate((field) => field.closest('details')?.setAttribute('open', ''));
    await page.getByLabel('The study file (YAML)').fill(study);
    await page.locator('#results[data-study="Saturating"]').waitFor();
    expect(await page.locator('[data-status]').getAttribute('data-status')).toBe('optimal');
    await page.getByText('amount at half the ceiling').waitFor();
  });

  it('shows the progress of a long solve, and ends it when asked', async () => {
    await page.getByLabel('Start from').selectOption('correlated-allocations');
    await page.getByLabel('Grid of buyers').selectOption('96 values × 96 scales');
    const cancel = page.getByRole('button', { name: 'Cancel' });
    await cancel.click();
    await cancel.waitFor({ state: 'detached' });
    // What was left off does not stand in the way of the next study.
    await choosePreset(page, 'example-1-packages', 'Example 1, token packages');
    expect(await headline(page, 'profit')).toBeCloseTo(97 / 1080, 12);
  }, 60_000);

  it('answers for the study that it shows after one that was cancelled', async () => {
    await choosePreset(page, 'correlated-allocations', 'Correlated value and scale, token allocations');
    const text = page.getByLabel('The study file (YAML)');
    const file = page.locator('details', { has: text }).last();
    if ((await file.getAttribute('open')) === null) await file.locator('summary').click();
    await text.fill((await text.inputValue()).replace(/values: 32, scales: 32/, 'values: 128, scales: 128'));
    await page.getByRole('button', { name: 'Cancel' }).click();
    await soon(() => page.locator('.status').innerText()).toContain('cancelled');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Menu as CSV' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8').split('\n').length).toBeGreaterThan(500);
    await example1();
  }, 60_000);

  it('brings every picture of the last good study, whatever was tried after it', async () => {
    await example1();
    const tariff = page.locator('[data-picture="tariff"] .drawing svg');
    await tariff.scrollIntoViewIfNeeded();
    await tariff.waitFor();
    const before = await tariff.innerHTML();
    const text = page.getByLabel('The study file (YAML)');
    const file = page.locator('details', { has: text }).last();
    if ((await file.getAttribute('open')) === null) await file.locator('summary').click();
    await text.scrollIntoViewIfNeeded();
    await page.locator('h1').scrollIntoViewIfNeeded();
    const good = (await text.inputValue()).replace('cost: 0.125', 'cost: 0.2');
    // What is shown is solved while one goes on typing.
    await text.fill(good);
    await soon(() => headline(page, 'profit')).toBeLessThan(97 / 960 - 1e-3);
    await text.fill(`${good}\nnonsense: 1\n`);
    await page.locator('.status.failure').waitFor();
    await soon(() => tariff.innerHTML()).not.toBe(before);
    await example1();
  });

  it('lets tiers be moved, and shows what buyers who choose freely make of it', async () => {
    await choosePreset(page, 'three-tiers', 'Three tiers');
    const profit = async (): Promise<number> =>
      Number(await page.locator('[data-tiers="profit"]').innerText());
    // As `menusmith tiers --count 3` has it for the same study.
    await soon(profit).toBeCloseTo(0.0842888, 6);
    await page.getByRole('slider', { name: 'Tier 1 starts at type' }).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await soon(profit).toBeLessThan(0.08425);
    await page.getByRole('button', { name: 'Back to the best prices' }).click();
    await soon(profit).toBeCloseTo(0.0842888, 6);
  });

  it('shows the tiers on the tariff, and moves them there with their prices', async () => {
    await choosePreset(page, 'three-tiers', 'Three tiers');
    const dots = page.locator('[data-picture="tariff"] .drawing svg text[fill="white"]');
    await page.locator('[data-picture="tariff"]').scrollIntoViewIfNeeded();
    await soon(() => dots.allTextContents()).toEqual(['1', '2', '3']);
    const place = (): Promise<string | null> => dots.last().getAttribute('transform');
    const before = await place();
    await page.getByRole('slider', { name: 'price of tier 3' }).fill('2');
    await page.locator('[data-picture="tariff"]').scrollIntoViewIfNeeded();
    await soon(place).not.toBe(before);
  });

  it('finds tiers among values and scales, which it says, and sells them at other prices', async () => {
    await example1();
    await page.getByLabel('Tiers', { exact: true }).selectOption('2');
    const tiers = page.getByRole('region', { name: 'A menu of few tiers' });
    await soon(() => tiers.innerText()).toMatch(
      /on a grid of 288 types[\s\S]*continuous buyers[\s\S]*taken by \d[\d.]* % of the buyers: values/,
    );
    expect(await tiers.innerText()).not.toContain('not certified optimal');
    await tiers.getByRole('slider', { name: 'price of tier 2' }).fill('30');
    await soon(() => tiers.innerText()).toContain('taken by nobody');
    await page.getByLabel('Tiers', { exact: true }).selectOption('none');
    await tiers.getByText('on a grid of 288 types').waitFor({ state: 'detached' });
  });

  it('has few two-part tariffs for a study that sells them, with fees and prices', async () => {
    await choosePreset(page, 'g1', 'Counterexample G1: tariffs that buyers do not take');
    await page.getByLabel('Tiers', { exact: true }).selectOption('2');
    const tiers = page.getByRole('region', { name: 'A menu of few tiers' });
    await soon(() => tiers.innerText()).toMatch(
      /tariff 1\s+tariff 2[\s\S]*upfront fee[\s\S]*share of buyers/,
    );
    expect(await tiers.getByRole('slider').count()).toBe(0);
    await page.getByLabel('Tiers', { exact: true }).selectOption('none');
  });

  it('keeps the study, what it is compared with and its tiers in the address', async () => {
    await choosePreset(page, 'example-1-packages', 'Example 1, token packages');
    await page.getByLabel('Tiers', { exact: true }).selectOption('3');
    await page.getByLabel('Compare with').selectOption('example-1-packages');
    await page.getByRole('slider', { name: 'cost of input' }).fill('0.2');
    const differences = page.getByRole('region', { name: 'Compared with Example 1, token packages' });
    await soon(() => differences.innerText()).toMatch(/inputs\.input\.cost\s+0\.125\s+0\.2/);
    await soon(() => headline(page, 'profit')).toBeLessThan(97 / 1080 - 1e-3);
    const profit = await headline(page, 'profit');
    // The address follows after a moment; the link that is copied is there at once.
    await page.getByRole('slider', { name: 'cost of input' }).fill('0.2');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await soon(() => page.evaluate('navigator.clipboard.readText()')).toMatch(
      /#study=[\w-]+&other=[\w-]+&tiers=3$/,
    );
    const { hash } = new URL(String(await page.evaluate('navigator.clipboard.readText()')));
    await soon(() => new URL(page.url()).hash).toBe(hash);

    const other = await explorer.visit({ hash });
    expect(await headline(other.page, 'profit')).toBe(profit);
    expect(await other.page.getByRole('slider', { name: 'cost of input' }).inputValue()).toBe('0.2');
    expect(await other.page.getByLabel('Tiers', { exact: true }).inputValue()).toBe('3');
    expect(await other.page.getByLabel('The study file (YAML)').inputValue()).toContain('cost: 0.2');
    await other.page.getByRole('region', { name: 'Compared with Example 1, token packages' }).waitFor();
    await other.page.close();
    await page.getByLabel('Compare with').selectOption('nothing');
  }, 60_000);

  it.each([1300, 390])(
    'has no serious fault that axe finds on a screen of %i pixels',
    async (width) => {
      await example1();
      await page.setViewportSize({ width, height: 900 });
      for (const section of await page.locator('aside details:not([open]) > summary').all())
        await section.click();
      // A debugger's script is not held to the page's policy.
      await page.evaluate(axeSource);
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
        return (await axe.run()).violations;
      });
      const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    },
    60_000,
  );

  it('complained of nothing, kept to its policy, and asked nobody else for anything', async () => {
    expect(visit.complaints).toEqual([]);
    const elsewhere = visit.requests.filter(
      (url) => !/^(blob|data):/.test(url) && !url.startsWith(visit.address),
    );
    expect(elsewhere).toEqual([]);
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:/);
  });
});

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(missing !== undefined)('the weight of the page', () => {
  it('is below 620 kB gzipped in the first view, without what few studies need', () => {
    const assets = join(built!.folder, 'assets');
    const isLater = (name: string): boolean =>
      /^(highs|clarabel|conic-program|screening-proposal|absent|beta|few-tiers|offered-tiers|best-tiers|marked-png|marked-text|provenance|utils)/.test(
        name,
      );
    const first = readdirSync(assets).filter((name) => !isLater(name));
    const weight = [...first.map((name) => join(assets, name)), join(built!.folder, 'index.html')]
      .map((file) => gzipSync(readFileSync(file)).length)
      .reduce((sum, size) => sum + size, 0);
    expect(weight).toBeLessThan(620_000);
  });
});
