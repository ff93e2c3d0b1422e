import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { pageServer } from '../../packages/cli/src/page-server.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

/** Why there are no tests in a browser here; undefined where there are. */
export const missing =
  executablePath === undefined
    ? 'no Chromium was found, so the page is not tested in a browser (Debian: apt-get install chromium)'
    : undefined;

/** The page as its sources are now, built as it is published, into a folder of its own: what others have built is left alone. */
export const buildPage = (): { readonly folder: string; remove(): void } => {
  const root = join(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-explorer-'));
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--logLevel', 'error'],
    {
      cwd: join(root, 'packages/explorer'),
      // Under a test runner the page would else be made with what only developers need.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** A page in Chromium, what it complained of, and what it asked for. */
export interface Visit {
  readonly page: Page;
  readonly address: string;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

/** A browser, and a server of the page; `visit` opens it anew. */
export interface Explorer {
  visit(options?: {
    readonly hash?: string;
    readonly width?: number;
    readonly height?: number;
  }): Promise<Visit>;
  close(): Promise<void>;
}

const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** The browser itself, without a page. */
export const openBrowser = () => chromium.launch({ executablePath: executablePath!, args: options });

export const openExplorer = async (folder: string, plugins: readonly string[] = []): Promise<Explorer> => {
  const server = pageServer(folder, plugins);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await openBrowser();
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  return {
    async visit({ hash = '', width = 1300, height = 900 } = {}) {
      const page = await context.newPage();
      await page.setViewportSize({ width, height });
      page.setDefaultTimeout(20_000);
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(address + hash);
      await page.locator('[data-status]').waitFor();
      return { page, address, complaints, requests };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** A page of one file on paper, as its own style asks for, and how it looks there. */
export const printed = async (
  html: string,
): Promise<{ readonly pages: number; readonly pdf: Buffer; readonly isCutOff: boolean }> => {
  const browser = await openBrowser();
  try {
    // The width of A4 between margins of 12 mm.
    const page = await browser.newPage({ viewport: { width: Math.floor((186 / 25.4) * 96), height: 1000 } });
    await page.setContent(html);
    await page.emulateMedia({ media: 'print' });
    const isCutOff = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
    return { pages: pages.length, pdf, isCutOff: isCutOff === true };
  } finally {
    await browser.close();
  }
};

/** Starts from a preset, and waits until its study is solved. */
export const choosePreset = async (page: Page, preset: string, study: string): Promise<void> => {
  await page.getByLabel('Start from').selectOption(preset);
  await page.locator(`#results[data-study="${study}"]`).waitFor();
};

/** A number at the top, in full. */
export const headline = async (page: Page, measure: string): Promise<number> =>
  Number(await page.locator(`[data-measure="${measure}"]`).getAttribute('data-exact'));
