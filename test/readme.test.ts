/*
 * README.md as a test: its commands run, its excerpts are what they print, its studies solve, its code is the file
 * that it names. `…` in an excerpt stands for lines left out; times and rounding noise (1.2e-14) may differ.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import type { Solution } from '@menusmith/app';
import { createRegistry, loadPlugin, parseStudy, readStudy, solve, standardPlugin } from '@menusmith/app';
import { beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './cli/run-main.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll('\r\n', '\n');
const pluginFile = 'examples/plugins/saturating-quality.js';

/** Fenced blocks of a language: what stands behind its name, and the lines. */
const blocks = (language: string): { info: string; text: string }[] =>
  [...readme.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => ({ info: match[2]!, text: match[3]! }));

interface Shown {
  readonly command: string;
  readonly code: number;
  /** The lines shown below it. */
  readonly excerpt: readonly string[];
}

const isMenusmith = (line: string): boolean => /^(?:npx menusmith |npm start$)/.test(line);

const shownOf = (line: string, excerpt: readonly string[]): Shown => {
  const [command, remark] = line.split(/ +# /);
  return { command: command!, code: Number(/^exit code (\d)$/.exec(remark ?? '')?.[1] ?? 0), excerpt };
};

const printed: readonly Shown[] = blocks('console').map(({ text }) => {
  const [first, ...excerpt] = text.trimEnd().split('\n');
  expect(first).toMatch(/^\$ /);
  return shownOf(first!.slice(2), excerpt);
});
/** Programs that README runs by Node.js itself, with what is built. */
const programs = printed.filter(({ command }) => command.startsWith('node '));
const shown: readonly Shown[] = [
  ...printed.filter(({ command }) => !command.startsWith('node ')),
  ...blocks('sh').flatMap(({ text }) =>
    text
      .split('\n')
      .filter(isMenusmith)
      .map((line) => shownOf(line, [])),
  ),
];

/** Where the files of a README's directory are, by its name there. */
const folders = new Map<string, string>();

/** The command's arguments, with files written to a folder of their own, and read from where an earlier command wrote them. */
const argumentsOf = (command: string, folder: string): string[] => {
  const words = command === 'npm start' ? ['demo', '--out', 'output'] : command.split(/\s+/).slice(2);
  return words.map((word, i) => {
    if (words[i - 1] === '--out') {
      folders.set(word, folder);
      return folder;
    }
    const written = folders.get(posix.dirname(word));
    return written === undefined ? word : join(written, posix.basename(word));
  });
};

/** Lines without what differs between machines: spacing, seconds, rounding noise. */
const comparable = (line: string): string =>
  line
    .replace(/\d+(?:\.\d+)? s\b/g, 'seconds')
    .replaceAll('< 1e-12', '0')
    .split(/\s+/)
    .map((word) => (/^\d(?:\.\d+)?e-1\d,?$/.test(word) || /^0,?$/.test(word) ? '~0' : word))
    .join(' ')
    .trim();

/** Throws unless the excerpt's lines stand in the text in this order, next to each other where there is no `…`. */
const requireExcerpt = (excerpt: readonly string[], text: string): void => {
  const lines = text.split('\n').map(comparable);
  let at = 0;
  let isGap = false;
  for (const line of excerpt) {
    if (line.trim() === '…') {
      isGap = true;
      continue;
    }
    const found = isGap ? lines.indexOf(comparable(line), at) : lines[at] === comparable(line) ? at : -1;
    if (found < 0) expect.fail(`not printed, or not here: ${line}\nprinted:\n${text}`);
    at = found + 1;
    isGap = false;
  }
};

beforeAll(() => process.chdir(root));

describe('README.md', () => {
  it('gives the two set-up lines, each as a code line of its own', () => {
    const setUp = blocks('sh').map(({ text }) => text);
    expect(setUp.slice(0, 2)).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
  });

  it('shows every command that a reader can run, as the program knows them', async () => {
    const { stdout } = await runMain('--help');
    const known = [...stdout.matchAll(/^ {2}([a-z]+) \[/gm)].map((match) => match[1]!);
    const described = [...readme.matchAll(/^\*\*`(\w+)`\*\*/gm)].map((match) => match[1]!);
    expect(described.sort()).toEqual(known.filter((name) => name !== 'help').sort());
  });

  it.each(shown)('$command', async ({ command, code, excerpt }) => {
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-'));
    const ended = await runMain(...argumentsOf(command, folder));
    expect(ended.code, ended.stderr).toBe(code);
    requireExcerpt(excerpt, ended.stdout + ended.stderr);
    if (command !== 'npm start') return;
    const written = readdirSync(folder).map((name) => `output/${name}`);
    expect(written.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it.each(blocks('yaml'))('study: %#', async ({ text }) => {
    const study = parseStudy(text, { file: 'README.md', registry: createRegistry([standardPlugin]) });
    expect((await solve(study)).result.status).toBe('optimal');
  });

  it.each(blocks('js'))('$info is as shown, in fewer than 20 lines', ({ info, text }) => {
    expect(text).toBe(readFileSync(join(root, info), 'utf8').replaceAll('\r\n', '\n'));
    expect(text.trimEnd().split('\n').length).toBeLessThan(20);
  });

  it.each(programs)('$command', ({ command, excerpt }) => {
    const [node, ...words] = command.split(' ');
    requireExcerpt(excerpt, execFileSync(node!, words, { cwd: root, encoding: 'utf8' }));
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(() => readdirOrFile(join(root, link)), link).not.toThrow();
  });

  it('says of every dependency why it is there', () => {
    const manifests = [
      '',
      'packages/core',
      'packages/app',
      'packages/replication',
      'packages/cli',
      'packages/menusmith',
      'packages/explorer',
      'plugins',
    ].map((folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest);
    const names = manifests.flatMap(({ dependencies = {}, devDependencies = {} }) =>
      Object.keys({ ...dependencies, ...devDependencies }),
    );
    const table = /^## Dependencies\n[\s\S]*?^## /m.exec(readme)![0];
    const listed = table.replace(/`([^`]+)-(\w+)`((?:, `…-\w+`)+)/g, (all, stem: string) =>
      all.replaceAll('…', stem),
    );
    const own = (name: string) => name.startsWith('@menusmith/');
    for (const name of names.filter((each) => !own(each))) expect(listed).toContain(`\`${name}\``);
  });
});

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const readdirOrFile = (path: string): unknown =>
  path.endsWith('/') ? readdirSync(path) : readFileSync(path, 'utf8');

const solutions = new Map<string, Promise<Solution>>();

/** The solution of an example, with the plugin loaded; each is solved once. */
const solvedExample = (file: string): Promise<Solution> => {
  const known = solutions.get(file);
  if (known !== undefined) return known;
  const solving = (async () => {
    const registry = createRegistry([standardPlugin, await loadPlugin(pluginFile)]);
    return solve(await readStudy(join('examples', file), registry));
  })();
  solutions.set(file, solving);
  return solving;
};

describe('examples', () => {
  const studies = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.yaml'));

  it.each(studies)('%s says in a comment what it is, and is solved with a certificate', async (file) => {
    expect(readFileSync(join(root, 'examples', file), 'utf8')).toMatch(/^# \S.*[.]\n/);
    const { status, grid } = (await solvedExample(file)).result;
    // The bound for dependent values and scales is what seen scales would earn: no menu comes near it, and the result says so.
    const isFeasible = ['correlated-allocations.yaml', 'rival-lotteries.yaml'].includes(file);
    expect(status).toBe(isFeasible ? 'feasible' : 'optimal');
    if (grid !== undefined) expect(grid.relativeGap).toBeLessThan(1e-8);
  });

  it('two types with quadratic cost: q = (½, 2), T = (½, 3½), profit ¾', async () => {
    const { result } = await solvedExample('representative-types.yaml');
    expect(result.profit).toBeCloseTo(3 / 4, 14);
    expect(result.types.map(({ quality }) => quality)).toEqual([0.5, 2]);
    expect(result.types.map(({ transfer }) => transfer)).toEqual([0.5, 3.5]);
  });

  /*
   * v = (x/(2 + x))^.4 (y/(1 + y))^.3 (½ + z)^.2 by hand: ∂v/∂x = v·.4·2/(x(2 + x)), ∂v/∂y = v·.3/(y(1 + y)),
   * ∂v/∂z = v·.2/(½ + z). Efficiency for φ = 2w − 1 is φ ∂v/∂x = c_x, φ ∂v/∂y = c_y, s φ ∂v/∂z = c_z or z = 0.
   *
   * Values uniform on [0, 1]: S at φ = 2w − 1 over w has half the mean of S over values, and leaves buyers half of
   * that again, for any technology.
   */
  it('the plugin meets the first-order conditions worked by hand, and Π = W/2, CS = W/4', async () => {
    const { result, quote } = await solvedExample('saturating-quality.yaml');
    expect(result.supply).toBe('numeric');
    expect(result.profit! / result.efficientWelfare!).toBeCloseTo(1 / 2, 11);
    expect(result.consumerSurplus! / result.efficientWelfare!).toBeCloseTo(1 / 4, 11);
    let fineTuned = 0;
    for (const [value, scale] of [
      [0.6, 0.5],
      [0.75, 0.2],
      [0.9, 0.8],
      [1, 1],
    ] as const) {
      const { perTask, inputs, quality, transfer, rent } = quote({ value, scale });
      const [x, y, z] = [Number(perTask.input), Number(perTask.output), inputs.fineTuning!];
      const φ = 2 * value - 1;
      const v = (x / (2 + x)) ** 0.4 * (y / (1 + y)) ** 0.3 * (0.5 + z) ** 0.2;
      expect(quality).toBeCloseTo(scale * v, 12);
      expect((φ * v * 0.4 * 2) / (x * (2 + x)) / 0.02).toBeCloseTo(1, 9);
      expect((φ * v * 0.3) / (y * (1 + y)) / 0.04).toBeCloseTo(1, 9);
      const fineTuning = (scale * φ * v * 0.2) / (0.5 + z) / 0.1;
      if (z > 0) expect(fineTuning).toBeCloseTo(1, 9);
      else expect(fineTuning).toBeLessThanOrEqual(1);
      if (z > 0) fineTuned++;
      expect(transfer! + rent!).toBeCloseTo(value * quality, 12);
    }
    expect(fineTuned).toBeGreaterThan(0);
    expect(fineTuned).toBeLessThan(4);
  });
});
