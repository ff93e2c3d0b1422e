/* The documentation site as `npm run docs` builds it, in a browser. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing, openBrowser } from '../explorer/chromium.ts';

const root = join(import.meta.dirname, '../..');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A server of nothing but the files of a folder. */
const serverOf = (folder: string) =>
  createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url!, 'http://site').pathname));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
    if (!existsSync(file)) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
      .end(readFileSync(file));
  });

const folder = mkdtempSync(join(tmpdir(), 'menusmith-site-'));
const server = serverOf(folder);
let address = '';

beforeAll(async () => {
  execFileSync('npm', ['run', '--silent', 'docs', '--', '--outDir', folder], { cwd: root, stdio: 'pipe' });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 300_000);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('has a page for every function of the package', () => {
  const exported = readFileSync(join(folder, 'api/index.html'), 'utf8');
  for (const name of ['solve', 'tiers', 'evaluate', 'check', 'sweep', 'readStudy'])
    expect(exported).toContain(`functions/${name}.html`);
  expect(readFileSync(join(folder, 'api/functions/solve.html'), 'utf8')).not.toContain('__namedParameters');
});

describe.skipIf(missing !== undefined)('in a browser', () => {
  const shown = [
    '/',
    '/reference/study-file.html',
    '/reference/distributions.html',
    '/api/functions/solve.html',
  ];
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** A page of the site, and what it asked for elsewhere or complained of. */
  const visit = async (path: string, width: number, colorScheme: 'light' | 'dark') => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address))
        faults.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.goto(address + path, { waitUntil: 'networkidle' });
    return { page, faults, close: () => context.close() };
  };

  /** Faults that matter to those who read by other means than most. */
  const seriousFaults = async (page: Page): Promise<readonly string[]> => {
    await page.evaluate(axeSource);
    return page.evaluate(async () => {
      type Violation = {
        readonly id: string;
        readonly impact: string;
        readonly nodes: readonly { readonly html: string }[];
      };
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
      return (await axe.run()).violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
    });
  };

  it.each(shown.flatMap((path) => [[path, 1280, 'light'] as const, [path, 400, 'dark'] as const]))(
    '%s, %i pixels wide, %s: is whole, asks nobody else, and has no serious fault that axe finds',
    async (path, width, scheme) => {
      const { page, faults, close } = await visit(path, width, scheme);
      expect(await page.locator('h1').count()).toBe(1);
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(widest).toBeLessThanOrEqual(width);
      const brokenPictures = await page.evaluate(
        () =>
          [...document.images].filter(({ complete, naturalWidth }) => complete && naturalWidth === 0).length,
      );
      expect(brokenPictures).toBe(0);
      expect(await seriousFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    },
  );

  it('search finds where capacity is described, without a request elsewhere', async () => {
    const { page, faults, close } = await visit('/', 1280, 'light');
    await page.keyboard.press('Control+k');
    await page.locator('.VPLocalSearchBox input').fill('capacity');
    await page.locator('.VPLocalSearchBox .result').first().waitFor();
    const found = await page
      .locator('.VPLocalSearchBox .result')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(found.some((href) => href.startsWith('/how-to/outside-options-and-capacity.html'))).toBe(true);
    expect(found.some((href) => href.startsWith('/reference/'))).toBe(true);
    expect(faults).toEqual([]);
    await close();
  });
});
