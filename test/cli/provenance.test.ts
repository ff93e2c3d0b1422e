/*
 * Every command that writes files or prints JSON: all that it writes says by what it was made, and the same input gives the same bytes, times apart.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Provenance } from '@menusmith/app';
import { parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { oneModel, usageLog, writtenLog } from '../app/calibration/usage-logs.ts';
import { runMain } from './run-main.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const folder = mkdtempSync(join(tmpdir(), 'provenance-'));
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

const types = written('types.csv', 'value,mass\n1,2\n2,1\n');
// With a byte-order mark, which is part of the file.
const listed = written(
  'listed.yaml',
  '\uFEFFcost: { use: quadratic }\nbuyers: { kind: file, file: types.csv, columns: { value: value, mass: mass } }\n',
);
const priced = join(examples, 'priced-packages.yaml');
const menu = join(examples, 'menus', 'list.json');
const customers = written('customers.csv', '# who they are\ncustomer_id,theta\na,1\nb,20\n');
const plugin = join(folder, 'plugin.mjs');
copyFileSync(join(examples, 'plugins', 'saturating-quality.js'), plugin);
const log = writtenLog(usageLog({ seed: 3, customers: 60, months: 6, models: [oneModel] }));

/** What a command is made by, beside the program: its study, settings, files, plugins, seed. */
interface Case {
  readonly name: string;
  readonly argv: readonly string[];
  readonly study?: string;
  readonly from?: Partial<Record<'set' | 'files' | 'plugins' | 'seed', unknown>>;
  /** Files that it writes at the least, in the directory that is given to it as the last argument. */
  readonly files?: readonly string[];
  /** A file in place of a directory. */
  readonly file?: string;
}

const cases: readonly Case[] = [
  {
    name: 'solve of a study with a file, set otherwise',
    argv: ['solve', listed, '--set', 'buyers.columns.mass=mass', '--json', '--out'],
    study: listed,
    from: { set: ['buyers.columns.mass="mass"'], files: { 'types.csv': sha256(types) } },
    files: ['menu.csv', 'report.html', 'result.json', 'table.tex'],
  },
  {
    name: 'solve of continuous buyers with a plugin',
    argv: ['solve', priced, '--plugin', plugin, '--json', '--out'],
    study: priced,
    from: { plugins: { 'plugin.mjs': sha256(plugin) } },
    files: ['quality.png', 'quality.svg'],
  },
  { name: 'check', argv: ['check', priced, '--json'], study: priced },
  {
    name: 'tiers',
    argv: [
      'tiers',
      priced,
      '--count',
      '1',
      '--kind',
      'two-part-tariff',
      '--keep',
      menu,
      '--json',
      '--menu-out',
    ],
    study: priced,
    from: { files: { 'list.json': sha256(menu) } },
    file: 'tiers.json',
  },
  {
    name: 'evaluate',
    argv: ['evaluate', priced, '--menu', menu, '--customers', customers, '--json', '--out'],
    study: priced,
    from: { files: { 'list.json': sha256(menu), 'customers.csv': sha256(customers) } },
    files: ['decision.html', 'evaluation.json', 'migration.csv', 'plans.csv'],
  },
  {
    name: 'sensitivity',
    argv: ['sensitivity', listed, '--count', '1', '--json', '--out'],
    study: listed,
    from: { files: { 'types.csv': sha256(types) } },
    files: ['sensitivity.csv', 'sensitivity.json', 'tornado.png', 'tornado.svg'],
  },
  {
    name: 'sweep',
    argv: ['sweep', priced, '--vary', 'inputs.input.cost=1,2', '--jobs', '1', '--json', '--out'],
    study: priced,
    files: ['sweep-profit.svg', 'sweep.csv', 'sweep.json'],
  },
  {
    name: 'sweep as Parquet',
    argv: [
      'sweep',
      priced,
      '--vary',
      'inputs.input.cost=1,2',
      '--jobs',
      '1',
      '--format',
      'parquet',
      '--json',
      '--out',
    ],
    study: priced,
    files: ['sweep.parquet'],
  },
  {
    name: 'calibrate',
    argv: [
      ...['calibrate', log.usage, '--prices', log.prices, '--costs', log.costs, '--bootstrap', '4'],
      ...['--seed', '7', '--jobs', '1', '--json', '--out'],
    ],
    from: {
      files: {
        'usage.csv': sha256(log.usage),
        'prices.csv': sha256(log.prices),
        'costs.csv': sha256(log.costs),
      },
      seed: 7,
    },
    files: ['customers.csv', 'draws.json', 'fit.html', 'fit.json', 'study.yaml', 'today.json'],
  },
  {
    name: 'export as a table',
    argv: ['export', menu, '--to', 'csv', '--json', '--out'],
    from: { files: { 'list.json': sha256(menu) } },
    files: ['plans.csv'],
  },
  {
    name: 'sheet',
    argv: ['sheet', join(examples, 'figure-2-prices.csv'), '--date', '2026-01-01', '--json'],
    from: { files: { 'figure-2-prices.csv': sha256(join(examples, 'figure-2-prices.csv')) } },
  },
  { name: 'laws', argv: ['laws', 'uniform', '--json'] },
  { name: 'demo', argv: ['demo', '--out'], files: ['figure-1.png', 'figure-1.svg', 'menu-packages.csv'] },
];

describe('what a command writes says by what it was made, and is the same twice', () => {
  it.each(cases)(
    '$name',
    async ({ name, argv, study, from = {}, files = [], file }) => {
      const run = async (turn: number) => {
        const place = join(mkdtempSync(join(folder, 'run-')), file ?? 'out');
        const isWriting = /^--(?:menu-)?out$/.test(argv.at(-1)!);
        const { code, stdout, stderr } = await runMain(...argv, ...(isWriting ? [place] : []));
        expect([0, 3], `${turn}: ${stderr}`).toContain(code);
        const texts = new Map(
          (isWriting ? filesIn(file === undefined ? place : join(place, '..')) : []).map((path) => [
            path,
            readFileSync(join(file === undefined ? place : join(place, '..'), path)),
          ]),
        );
        return { stdout: stdout.replaceAll(place, 'OUT'), texts };
      };
      const [first, second] = [await run(1), await run(2)];
      if (argv.includes('--json')) {
        const { provenance } = JSON.parse(first.stdout) as { provenance: Provenance };
        expect(withoutHash(provenance, study)).toMatchObject({
          menusmith: expect.stringMatching(/^\d+\.\d+\.\d+$/),
          node: process.version,
          set: [],
          files: {},
          plugins: {},
          ...from,
        });
        if (study !== undefined) expect(provenance.study).toBe(sha256(study));
        expect(withoutTimes(second.stdout)).toBe(withoutTimes(first.stdout));
      }
      const names = [...first.texts.keys()].sort();
      expect(names).toEqual(expect.arrayContaining([...files, ...(file === undefined ? [] : [file])]));
      expect([...second.texts.keys()].sort()).toEqual(names);
      for (const path of names.filter((each) => !each.startsWith('rows/'))) {
        const [own, again] = [first.texts.get(path)!, second.texts.get(path)!];
        const provenance = provenanceIn(path, own);
        expect(Object.keys(provenance), `${name}: ${path}`).toEqual(
          expect.arrayContaining(['menusmith', 'node', 'study', 'set', 'files', 'plugins']),
        );
        if (study !== undefined) expect(provenance.study, path).toBe(sha256(study));
        const isText = !/\.(?:png|parquet)$/.test(path);
        if (isText) expect(withoutTimes(String(again)), path).toBe(withoutTimes(String(own)));
        else expect(again.equals(own), path).toBe(true);
      }
    },
    120_000,
  );
});

const filesIn = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));

/** Times stand in fields of this name, and nowhere else. */
const withoutTimes = (text: string): string => text.replaceAll(/"seconds": ?[\d.e+-]+/g, '"seconds": 0');

const withoutHash = (provenance: Provenance, study: string | undefined): object =>
  study === undefined ? provenance : { ...provenance, study: 'its own' };

/** As people and programs find it in a file of each kind. */
const provenanceIn = (path: string, content: Buffer): Provenance => {
  const text = content.toString('utf8');
  const ofLine = (line: string): Provenance => JSON.parse(line.replace(/^.*?provenance: /, '')) as Provenance;
  const plain = (escaped: string): string => escaped.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const readers: Readonly<Record<string, () => Provenance>> = {
    '.json': () => (JSON.parse(text) as { provenance: Provenance }).provenance,
    '.csv': () => ofLine(/^# .*/.exec(text)![0]),
    '.yaml': () => ofLine(/^# .*/.exec(text)![0]),
    '.tex': () => ofLine(/^% .*/.exec(text)![0]),
    '.svg': () => ofLine(plain(/<metadata>(.*?)<\/metadata>/.exec(text)![1]!)),
    '.html': () => {
      expect(text).toMatch(/<p>Made by menusmith \d/);
      return ofLine(plain(/data-provenance="([^"]*)"/.exec(text)![1]!));
    },
    '.png': () => ofLine(pngText(content)),
    '.pdf': () => {
      const words = [...content.toString('latin1').matchAll(/\/Keywords \((.*)\) >>/g)].at(-1)![1]!;
      return ofLine(words.replaceAll(/\\([\\()])/g, '$1'));
    },
    '.parquet': () => {
      const { key_value_metadata: pairs = [] } = parquetMetadata(
        content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer,
      );
      return JSON.parse(pairs.find(({ key }) => key === 'provenance')!.value!) as Provenance;
    },
  };
  return readers[extname(path)]!();
};

/** The text of a PNG's comment; every chunk's check is right. */
const pngText = (png: Buffer): string => {
  let found = '';
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    if (body.toString('latin1', 0, 12) === 'tEXtComment\0') found = body.toString('latin1', 12);
    at += 12 + length;
  }
  return found;
};

describe('tables that are printed', () => {
  it.each([
    ['csv', /^# provenance: \{"menusmith"/],
    ['latex', /^% provenance: \{"menusmith"/],
    ['markdown', /^<!-- provenance: \{"menusmith".*\} -->\n/],
  ])('as %s say it on their first line', async (format, line) => {
    const { stdout } = await runMain('tiers', listed, '--count', '1', '--format', format);
    expect(stdout).toMatch(line);
  });

  it('are read again as types, beside a study that names them', async () => {
    const out = join(folder, 'again');
    await runMain('evaluate', priced, '--menu', menu, '--customers', customers, '--out', out);
    const list = readFileSync(join(out, 'migration.csv'), 'utf8');
    writeFileSync(
      join(folder, 'read.csv'),
      list.replace('customer_id', 'name').replace('bill_after', 'value'),
    );
    const study = written(
      'read.yaml',
      'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: empirical, file: read.csv, column: value } }\n',
    );
    const { code, stderr } = await runMain('check', study);
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('what stands in a comment', () => {
  it('cannot end it, and reads back', async () => {
    const odd = '--> </metadata><script> & "é"';
    const { stdout } = await runMain(
      ...['tiers', listed, '--count', '1', '--format', 'markdown', '--set', `name=${JSON.stringify(odd)}`],
    );
    const [line] = stdout.split('\n');
    expect(line).toMatch(/^<!-- [\x20-\x7e]* -->$/);
    expect(line!.slice(4, -3)).not.toMatch(/[<>]/);
    const { provenance } = parse(`{ ${line!.slice(4, -3)} }`) as { provenance: Provenance };
    expect(provenance.set).toEqual([`name=${JSON.stringify(odd)}`]);
  });
});
