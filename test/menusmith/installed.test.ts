/*
 * The package as whoever installs it gets it: packed, installed into an empty project, and used from JavaScript, from TypeScript, from a browser and from the command.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing, openBrowser } from '../explorer/chromium.ts';

const root = join(import.meta.dirname, '..', '..');
const project = mkdtempSync(join(tmpdir(), 'menusmith-installed-'));
const run = (command: string, words: readonly string[], cwd = project): string =>
  execFileSync(command, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const write = (name: string, text: string): string => {
  writeFileSync(join(project, name), text);
  return join(project, name);
};

const PACKAGES = [
  'packages/core',
  'plugins',
  'packages/app',
  'packages/replication',
  'packages/cli',
  'packages/menusmith',
];
const tarballs = join(project, 'tarballs');
let tarball = '';

/** A copy of the repository to pack in, as packing writes to what other tests run meanwhile. */
const copy = mkdtempSync(join(tmpdir(), 'menusmith-copy-'));
const copyRepository = (): void => {
  for (const name of [
    'packages',
    'plugins',
    'examples',
    'package.json',
    'tsconfig.base.json',
    'LICENSE',
    'CITATION.cff',
  ])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  const [from, modules] = [join(root, 'node_modules'), join(copy, 'node_modules')];
  mkdirSync(join(modules, '@menusmith'), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== '@menusmith' && name !== 'menusmith') symlinkSync(join(from, name), join(modules, name));
  for (const name of ['core', 'app', 'replication', 'verify', 'cli', 'explorer'])
    symlinkSync(join(copy, 'packages', name), join(modules, '@menusmith', name));
  symlinkSync(join(copy, 'plugins'), join(modules, '@menusmith/plugins'));
  symlinkSync(join(copy, 'packages/menusmith'), join(modules, 'menusmith'));
};

beforeAll(() => {
  copyRepository();
  mkdirSync(tarballs);
  run(
    'npm',
    ['pack', '--silent', '--pack-destination', tarballs, ...PACKAGES.flatMap((folder) => ['-w', folder])],
    copy,
  );
  tarball = join(tarballs, readdirSync(tarballs).find((file) => file.startsWith('menusmith-0'))!);
  write('package.json', '{ "type": "module", "private": true }\n');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', tarball]);
}, 600_000);
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
  rmSync(copy, { recursive: true, force: true });
});

const STUDY = join(project, 'node_modules/menusmith/dist/examples/example-1-packages.yaml');
/** 97/1080, in closed form. */
const PROFIT = 97 / 1080;

describe('menusmith, installed', () => {
  it('is at most 60 MB in at most 120 packages', () => {
    const kilobytes = Number.parseInt(run('du', ['-sk', 'node_modules']), 10);
    expect(kilobytes).toBeLessThanOrEqual(60_000);
    const packages = run('npm', ['ls', '--all', '--parseable']).trim().split('\n').length - 1;
    expect(packages).toBeLessThanOrEqual(120);
  });

  it('is a command, with pictures and examples', () => {
    const printed = run('npx', ['menusmith', 'solve', STUDY, '--json', '--out', 'out']);
    expect(JSON.parse(printed).profit).toBeCloseTo(PROFIT, 12);
    expect(readFileSync(join(project, 'out/result.json'), 'utf8')).toContain('"optimal"');
    expect(readdirSync(join(project, 'out')).some((file) => file.endsWith('.png'))).toBe(true);
    expect(run('npx', ['menusmith', 'demo', '--out', 'demo'])).toMatch(/Everything took/);
  });

  it('loads plugins that import it, JavaScript and TypeScript', () => {
    const text = (
      type: string,
    ): string => `import { definePlugin, InputError, standardPlugin } from 'menusmith';
const uniform = standardPlugin.distributions!.find(({ name }) => name === 'uniform')!;
export default definePlugin({
  name: 'own',
  distributions: [{
    name: 'own', doc: 'Uniform up to top.',
    parameters: { top: { kind: 'number', doc: 'the highest', above: 0 } },
    create: ({ top }${type}) => {
      if (top > 5) throw new InputError('top', 'expected less', ['top']);
      return uniform.create({ min: 0, max: top });
    },
  }],
});
`;
    write('own.ts', text(': { readonly top: number }'));
    write('own.mjs', text('').replaceAll('!', ''));
    const study = readFileSync(STUDY, 'utf8').replace(/value: .*/, 'value: { use: own, top: 1 }');
    write('own.yaml', study);
    write('high.yaml', study.replace('top: 1', 'top: 9'));
    for (const plugin of ['own.ts', 'own.mjs']) {
      expect(
        JSON.parse(run('npx', ['menusmith', 'solve', 'own.yaml', '--plugin', plugin, '--json'])).profit,
      ).toBeCloseTo(PROFIT, 9);
      const { status, stderr } = spawnSync('npx', ['menusmith', 'solve', 'high.yaml', '--plugin', plugin], {
        cwd: project,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/high\.yaml:\d+:\d+: buyers\.value\.top: expected less/),
      ]);
    }
  });

  it('solves without what is optional, and says what a picture lacks', () => {
    const bare = mkdtempSync(join(tmpdir(), 'menusmith-bare-'));
    writeFileSync(join(bare, 'package.json'), '{ "type": "module", "private": true }\n');
    run(
      'npm',
      ['install', '--omit=optional', '--prefer-offline', '--no-audit', '--no-fund', '--silent', tarball],
      bare,
    );
    expect(existsSync(join(bare, 'node_modules/vega'))).toBe(false);
    const { status, stdout, stderr } = spawnSync(
      'npx',
      ['menusmith', 'solve', STUDY, '--json', '--out', 'out'],
      { cwd: bare, encoding: 'utf8' },
    );
    expect(JSON.parse(stdout).profit).toBeCloseTo(PROFIT, 12);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/vega/);
    expect(existsSync(join(bare, 'out/result.json'))).toBe(true);
    rmSync(bare, { recursive: true, force: true });
  });

  it('is a module', () => {
    const file = write(
      'use.mjs',
      `import { InputError, parseStudy, readStudy, solve } from 'menusmith';
const { result, quote } = await solve(await readStudy(${JSON.stringify(STUDY)}));
let code;
try { parseStudy('name: x'); } catch (error) { code = error instanceof InputError && error.code; }
console.log(JSON.stringify([result.profit, quote({ value: 0.9, scale: 1 }).transfer, code]));
`,
    );
    const [profit, transfer, code] = JSON.parse(run('node', [file]));
    expect(profit).toBeCloseTo(PROFIT, 12);
    expect(transfer).toBeGreaterThan(0);
    expect(code).toBe('no-study');
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'is typed for module %s, resolution %s, its declarations checked as well',
    (module, moduleResolution) => {
      write(
        'use.ts',
        `import { definePlugin, evaluate, menuOf, readStudy, solve, tiers, type Result } from 'menusmith';
import { parseStudy } from 'menusmith/browser';
const { result }: { result: Result } = await solve(await readStudy('x'), { signal: AbortSignal.timeout(5), onProgress: ({ seconds }) => seconds.toFixed() });
if (result.profit !== null) result.revenue.toFixed();
// @ts-expect-error there may be none
result.revenue.toFixed();
const study = parseStudy('x');
const few = await tiers(study, { count: 3, kind: 'two-part-tariff' });
(await evaluate(study, { menu: menuOf(study, few.menus[0]!) })).profit.toFixed();
// @ts-expect-error it takes a study
await solve('x');
export default definePlugin({ name: 'x', distributions: [{ name: 'y', doc: 'z', parameters: { a: { kind: 'number', doc: 'b' } },
  // @ts-expect-error no such parameter
  create: ({ b }) => b }] });
`,
      );
      const tsconfig = {
        compilerOptions: {
          module,
          moduleResolution,
          target: 'es2023',
          strict: true,
          noEmit: true,
          lib: ['es2023', 'dom'],
          types: [],
        },
        files: ['use.ts'],
      };
      write('tsconfig.json', JSON.stringify(tsconfig));
      const { status, stdout } = spawnSync(
        process.execPath,
        [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'],
        { cwd: project, encoding: 'utf8' },
      );
      expect([status, stdout]).toEqual([0, '']);
    },
  );

  it('exports what API.md says', async () => {
    const { apiReport } = (await import(pathToFileURL(join(copy, 'packages/menusmith/types.js')).href)) as {
      apiReport(): string;
    };
    // Packing has written the declarations.
    expect(readFileSync(join(root, 'packages/menusmith/API.md'), 'utf8')).toBe(apiReport());
  });

  it('has no package beside it that is written into it', () => {
    const installed = readdirSync(join(project, 'node_modules'));
    for (const name of ['fmin', 'optimization-js', '@menusmith']) expect(installed).not.toContain(name);
    for (const name of ['plugins', 'app']) {
      const file = readdirSync(tarballs).find((each) => each.startsWith(`menusmith-${name}-`))!;
      const { dependencies } = JSON.parse(
        run('tar', ['-xzOf', join(tarballs, file), 'package/package.json']),
      );
      expect(Object.keys(dependencies).filter((each) => /^(fmin|optimization-js)$/.test(each))).toEqual([]);
      expect(run('tar', ['-xzOf', join(tarballs, file), 'package/dist/index.js'])).not.toMatch(
        /from '(fmin|optimization-js)'/,
      );
    }
  });

  it('is packed as publint and Are the types wrong ask', () => {
    for (const file of readdirSync(tarballs)) {
      const path = join(tarballs, file);
      const lint = spawnSync(
        process.execPath,
        [join(root, 'node_modules/publint/src/cli.js'), path, '--strict'],
        { encoding: 'utf8' },
      );
      expect([file, lint.status, lint.stdout.replace(/.*Linting.*/, '')]).toEqual([
        file,
        0,
        expect.stringMatching(/All good/),
      ]);
      const types = spawnSync(
        process.execPath,
        [join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'), path, '--profile', 'esm-only'],
        { encoding: 'utf8' },
      );
      expect([file, types.status, types.stdout]).toEqual([file, 0, expect.any(String)]);
    }
  }, 600_000);
});

describe.skipIf(missing !== undefined)(
  `menusmith/browser, bundled${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    it('solves in a browser, without anything of Node.js', async () => {
      const text = readFileSync(STUDY, 'utf8');
      const input = write(
        'page.js',
        `import { parseStudy, solve, tiers } from 'menusmith/browser';
const study = parseStudy(${JSON.stringify(text)});
const { result } = await solve(study);
document.title = JSON.stringify([result.profit, (await tiers(study, { count: 2 })).menus[0].profit]);
`,
      );
      const site = join(project, 'site');
      await build({
        input,
        platform: 'browser',
        cwd: project,
        logLevel: 'silent',
        output: { dir: site, format: 'esm' },
      });
      writeFileSync(join(site, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
      const server = createServer((request, response) => {
        const file = join(site, request.url === '/' ? 'index.html' : request.url!.slice(1));
        if (!existsSync(file)) return response.writeHead(404).end();
        response.writeHead(200, {
          'content-type': extname(file) === '.html' ? 'text/html' : 'text/javascript',
        });
        response.end(readFileSync(file));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const browser = await openBrowser();
      try {
        const page = await browser.newPage();
        const complaints: string[] = [];
        page.on('pageerror', (error) => complaints.push(String(error)));
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await page.waitForFunction('document.title !== ""').catch(() => {});
        expect(complaints).toEqual([]);
        const [profit, few] = JSON.parse(await page.title());
        expect(profit).toBeCloseTo(PROFIT, 12);
        expect(few).toBeLessThan(profit);
      } finally {
        await browser.close();
        server.closeAllConnections();
        server.close();
      }
    });
  },
);
