import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const study = join(examples, 'example-1-packages.yaml');
const other = join(examples, 'example-1-allocations.yaml');
const folder = mkdtempSync(join(tmpdir(), 'sweep-'));
const vary = ['--vary', 'production.exponents.fineTuning=0.1:0.3:5', '--vary', 'inputs.input.cost=0.1,0.2'];

const sweep = (...argv: string[]) => runMain('sweep', ...argv);
const rowFiles = (out: string): string[] => readdirSync(join(out, 'rows')).sort();

describe('menusmith sweep', () => {
  it('prints rows as JSON and nothing else', async () => {
    const { code, stdout, stderr } = await sweep(study, ...vary, '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { rows } = JSON.parse(stdout) as { rows: Record<string, unknown>[] };
    expect(rows.length).toBe(10);
    expect(Object.keys(rows[0]!)).toEqual([
      'production.exponents.fineTuning',
      'inputs.input.cost',
      'profit',
      'revenue',
      'cost',
      'consumerSurplus',
      'welfare',
      'efficientWelfare',
      'excludedShare',
      'fineTunedShare',
      'relativeGap',
      'status',
      'error',
    ]);
  });

  it('writes the table with what it is of on top, pictures, and what was run', async () => {
    const out = join(folder, 'table');
    const { code } = await sweep(study, ...vary, '--out', out);
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      'rows',
      'sweep-profit.pdf',
      'sweep-profit.png',
      'sweep-profit.svg',
      'sweep.csv',
      'sweep.json',
    ]);
    const [comment, head, ...lines] = readFileSync(join(out, 'sweep.csv'), 'utf8').trimEnd().split('\r\n');
    expect(comment).toMatch(/^# provenance: \{"menusmith":"\d/);
    expect(head).toMatch(/^production\.exponents\.fineTuning,inputs\.input\.cost,profit,revenue/);
    expect(lines.length).toBe(10);
    expect(lines[0]).toMatch(/^0\.1,0\.1,0\.08\d+,.*,optimal,$/);
  });

  it('has lines of at most eighty columns', async () => {
    const { stdout } = await sweep(
      study,
      ...vary,
      '--columns',
      'certificate.upperBound,transfer@value=0.8,scale=0.5',
    );
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toContain('10 combinations, 10 optimal');
  });

  it('says which columns that were asked for no row has', async () => {
    const columns = 'certificate.uperBound,conditions.increasing-virtual-value.margin,supply';
    const { code, stdout, stderr } = await sweep(study, ...vary, '--columns', columns, '--json');
    expect([code, stderr]).toEqual([0, '--columns certificate.uperBound: empty in every row\n']);
    const { rows } = JSON.parse(stdout) as { rows: Record<string, unknown>[] };
    expect(rows[0]).toMatchObject({ 'certificate.uperBound': null, supply: 'closed-form' });
  });

  it('ends with 3 where a combination has no result, which is a row that says why', async () => {
    const { code, stdout } = await sweep(
      study,
      '--vary',
      'production.exponents.fineTuning=0.1,0.6',
      '--json',
    );
    expect(code).toBe(3);
    const { rows } = JSON.parse(stdout) as { rows: Record<string, unknown>[] };
    expect(rows[1]).toMatchObject({ profit: null, status: null });
    expect(rows[1]!.error).toMatch(/^production\.exponents: /);
  });

  it('has the same bytes in shards as in one run, and in the order of shards that one likes', async () => {
    const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
    await sweep(study, ...vary, '--out', whole);
    for (const shard of ['3/3', '1/3', '2/3']) {
      const { code, stdout } = await sweep(study, ...vary, '--out', parts, '--shard', shard, '--json');
      expect([code, (JSON.parse(stdout) as { rows: unknown[] }).rows.length]).toEqual([
        0,
        shard === '3/3' ? 4 : 3,
      ]);
    }
    expect(readdirSync(parts).sort()).toEqual(['rows', 'sweep.json']);
    expect((await sweep(study, ...vary, '--out', parts)).code).toBe(0);
    for (const name of ['sweep.csv', 'sweep.json', 'sweep-profit.svg'])
      expect(readFileSync(join(parts, name)), name).toEqual(readFileSync(join(whole, name)));
  });

  it('goes on where it was: finished rows stay as they are, and a line that is cut short is solved again', async () => {
    const out = join(folder, 'resumed');
    await sweep(study, ...vary, '--out', out);
    const csv = readFileSync(join(out, 'sweep.csv'));
    const [first, second] = rowFiles(out).map((name) => join(out, 'rows', name));
    const mark = (path: string, change: (row: number[]) => void): string => {
      const row = JSON.parse(readFileSync(path, 'utf8')) as number[];
      change(row);
      return `${JSON.stringify(row)}\n`;
    };
    // What nobody would solve: if it is in the table, the row was not solved again.
    writeFileSync(
      first!,
      mark(first!, (row) => (row[3] = 12345)),
    );
    const text = readFileSync(second!, 'utf8');
    rmSync(second!);
    writeFileSync(second!.replace('.jsonl', '.elsewhere-1-1-2.part'), text.slice(0, -5));
    expect((await sweep(study, ...vary, '--out', out)).code).toBe(0);
    const [was, is] = [csv, readFileSync(join(out, 'sweep.csv'))].map((bytes) =>
      bytes.toString().split('\r\n'),
    );
    expect(is![2]).toContain(',12345,');
    expect(is!.with(2, '')).toEqual(was!.with(2, ''));
    expect(rowFiles(out).filter((name) => !name.endsWith('.jsonl'))).toEqual([]);
  });

  it('refuses a directory of another sweep, and says in what it differs', async () => {
    const out = join(folder, 'another');
    const some = ['--vary', 'inputs.input.cost=0.1,0.2', '--out', out];
    await sweep(study, ...some);
    const before = readFileSync(join(out, 'sweep.csv'));
    for (const [argv, words] of [
      [[other, ...some], 'study'],
      [[study, '--vary', 'inputs.input.cost=0.1,0.3', '--out', out], 'values that are varied'],
      [[study, ...some, '--set', 'inputs.output.cost=0.2'], '--set'],
      [[study, ...some, '--columns', 'seconds'], '--columns'],
    ] as const) {
      const { code, stderr } = await sweep(...argv);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`it differs in: ${words}`)]);
    }
    expect(readFileSync(join(out, 'sweep.csv'))).toEqual(before);
    writeFileSync(join(folder, 'sweep.json'), '[1, 2');
    expect((await sweep(study, '--vary', 'inputs.input.cost=0.1,0.2', '--out', folder)).code).toBe(2);
    rmSync(join(folder, 'sweep.json'));
  });

  it('writes Parquet with the same columns', async () => {
    const out = join(folder, 'parquet');
    const argv = [
      '--vary',
      'production.exponents.fineTuning=0.1,0.6',
      '--vary',
      'contract=packages,efficient',
    ];
    const { stdout } = await sweep(study, ...argv, '--json');
    const { code } = await sweep(study, ...argv, '--out', out, '--format', 'parquet');
    expect(code).toBe(3);
    const bytes = readFileSync(join(out, 'sweep.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    expect(await parquetReadObjects({ file })).toEqual((JSON.parse(stdout) as { rows: unknown[] }).rows);
  });

  it('takes combinations from a CSV, and fields with --set', async () => {
    const list = join(folder, 'list.csv');
    writeFileSync(list, 'inputs.input.cost,contract\n0.1,packages\n0.2,efficient\n');
    const { stdout } = await sweep(study, '--vary-file', list, '--set', 'name=Mine', '--json');
    const { rows } = JSON.parse(stdout) as { rows: Record<string, unknown>[] };
    expect(rows.map((row) => [row['inputs.input.cost'], row.contract, row.status])).toEqual([
      [0.1, 'packages', 'optimal'],
      [0.2, 'efficient', 'optimal'],
    ]);
  });

  it('reaches plugins and files beside the study', async () => {
    const plugin = join(folder, 'half.mjs');
    writeFileSync(
      plugin,
      `const half = { min: 0, max: 0.5, breakpoints: [], density: () => 2, cdf: (x) => 2 * x, survival: (x) => 1 - 2 * x, quantile: (u) => u / 2, mean: 0.25 };
      export default { name: 'half', distributions: [{ name: 'half', doc: 'uniform up to a half', parameters: {}, create: () => half }] };`,
    );
    const argv = [
      '--vary',
      'buyers.value={ use: half },{ use: uniform, min: 0, max: 0.5 }',
      '--plugin',
      plugin,
      '--out',
      join(folder, 'plugged'),
    ];
    const { code: first, stdout } = await sweep(study, ...argv, '--json');
    const [own, standard] = (JSON.parse(stdout) as { rows: { profit: number }[] }).rows;
    expect([first, own!.profit]).toEqual([0, expect.closeTo(standard!.profit, 9)]);
    writeFileSync(plugin, `${readFileSync(plugin, 'utf8')}\n// changed`);
    const { code, stderr } = await sweep(study, ...argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining('plugins')]);
  });

  it.each([
    [['--vary', 'produktion.exponents.input=0.1'], 'no such field'],
    [['--vary', 'inputs.input.cost'], 'expected a field and its values'],
    [[], 'expected --vary PATH=a:b:n'],
    [[...vary, '--shard', '1/2'], 'expected --out'],
    [[...vary, '--shard', '0/2', '--out', 'x'], 'expected K/N'],
    [[...vary, '--shard', '3/2', '--out', 'x'], 'expected K/N'],
    [[...vary, '--jobs', '0'], 'Expected a whole number'],
    [[...vary, '--jobs', '2', '--redis', 'redis://127.0.0.1'], 'give it to menusmith worker'],
    [[...vary, '--columns', 'profit'], 'every sweep has it'],
    [[...vary, '--columns', 'iterations,iterations'], 'expected each column once'],
    [[...vary, '--out', '/proc/nowhere'], 'cannot write'],
    [[...vary, '--format', 'xlsx'], 'Allowed choices are csv, parquet'],
  ])('%j is exit code 2', async (argv, message) => {
    const { code, stderr } = await sweep(study, ...(argv as string[]));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
