import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { pageFolder, pageServer } from '@menusmith/cli';
import { chromium, type Page } from 'playwright-core';

/** Milliseconds from a changed parameter, over so many changes. */
export interface PageTiming {
  readonly study: string;
  /**
   * Until the worker has solved the study; until the page shows its numbers; until the pictures in sight have followed, where the page begins, or further
   * down, where four pictures of curves are in sight at once.
   */
  readonly until: (typeof moments)[number] | typeof furtherDown;
  readonly p50: number;
  readonly p95: number;
  readonly runs: number;
}

/** Every preset that needs no grid, with a parameter of the technology and one of the types: studies that are solved as a slider moves. */
const moves = [
  ['example-1-allocations', 'Example 1, token allocations', 'cost of input'],
  ['example-1-packages', 'Example 1, token packages', 'cost of input'],
  ['mixture-values', 'Mixture of values', 'cost of input'],
  ['two-models', 'Two base models', 'cost of input'],
  ['g1', 'Counterexample G1: tariffs that buyers do not take', 'cost of input'],
  ['s1', 'Counterexample S1: two buyers without rents', 'cost of input'],
  ['three-tiers', 'Three tiers', 'cost of input'],
  ['formula', 'Logarithmic fine-tuning', 'cost of input'],
] as const;

const moments = ['solved in the worker', 'numbers', 'pictures'] as const;
const furtherDown = 'pictures further down';

/** The page's own user timings. */
const names = {
  'solved in the worker': 'solve-in-worker',
  numbers: 'parameter-to-result',
  pictures: 'parameter-to-pictures',
} as const;

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

/** Times in the built page, in Chromium; null where there is none. */
export const measureInteraction = async (runs = 60): Promise<readonly PageTiming[] | null> => {
  if (executablePath === undefined) return null;
  const server = pageServer(pageFolder());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const timings: PageTiming[] = [];
    for (const [preset, study, slider] of moves) {
      await page.getByLabel('Start from').selectOption(preset);
      await page.locator(`#results[data-study="${study}"]`).waitFor();
      const note = (
        times: readonly Measured[],
        of: (typeof moments)[number],
        until: PageTiming['until'],
      ): void => {
        const sorted = times.filter(({ name }) => name === names[of]).map(({ duration }) => duration);
        sorted.sort((a, b) => a - b);
        const quantile = (q: number): number => sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN;
        timings.push({ study: preset, until, p50: quantile(0.5), p95: quantile(0.95), runs: sorted.length });
      };
      await page.locator('figure.picture').first().scrollIntoViewIfNeeded();
      await move(page, slider, 60);
      const times = await move(page, slider, runs);
      for (const moment of moments) note(times, moment, moment);
      const curves = page.getByRole('region', { name: 'Pictures' }).locator('figure.picture');
      if ((await curves.count()) < 4) continue;
      await curves.nth(2).scrollIntoViewIfNeeded();
      await move(page, slider, 20);
      note(await move(page, slider, runs), 'pictures', furtherDown);
    }
    return timings;
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
};

interface Measured {
  readonly name: string;
  readonly duration: number;
}

/** Moves a slider to and fro, each time once the page has come to rest; of several pictures the last one counts. */
const move = async (page: Page, slider: string, runs: number): Promise<readonly Measured[]> => {
  const input = page.getByRole('slider', { name: slider });
  await input.waitFor({ state: 'attached' });
  const id = await input.getAttribute('id');
  return page.evaluate(`(async () => {
    const input = document.getElementById(${JSON.stringify(id)});
    const start = Number(input.value);
    const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const measured = [];
    await wait(500);
    for (let k = 0; k < ${runs}; k++) {
      performance.clearMeasures();
      input.value = String(start + Number(input.step) * ((k % 9) + 1));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      while (performance.getEntriesByName('parameter-to-result').length === 0) await wait(5);
      await wait(100);
      const longest = new Map();
      for (const { name, duration } of performance.getEntriesByType('measure'))
        longest.set(name, Math.max(duration, longest.get(name) ?? 0));
      for (const [name, duration] of longest) measured.push({ name, duration });
    }
    input.value = String(start);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return measured;
  })()`) as Promise<readonly Measured[]>;
};
