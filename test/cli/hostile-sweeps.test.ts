import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-sweeps-'));
afterAll(() => rmSync(folder, { recursive: true }));
const study = join(folder, 'study.yaml');
writeFileSync(
  study,
  'cost: { use: expression, formula: "a*q + q^2/2", parameters: { a: 0.2 } }\nbuyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }\n',
);
const sampled = join(folder, 'sampled.yaml');
writeFileSync(
  sampled,
  'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: empirical, file: sample.csv, column: value } }\n',
);
writeFileSync(join(folder, 'sample.csv'), 'value\n1\n2\n');

const sweep = (...argv: string[]) => runMain('sweep', ...argv);
const varied = ['--vary', 'cost.parameters.a=0.1:0.3:3'];
const bomb = `&a [x,x,x,x,x,x,x],${['b', 'c', 'd', 'e'].map((name, k) => `&${name} [${`*${'abcd'[k]},`.repeat(7)}x]`)}`;

describe('values on the command line', () => {
  it.each([
    ['inside of itself', '&a [*a]'],
    ['a map inside of itself', '&a { b: *a }'],
    ['unfolded without end', `[${bomb}]`],
    ['an alias for nothing', '*a'],
    ['deeper than anything is read', '['.repeat(5000) + ']'.repeat(5000)],
    ['of a tag that is not known', '!call [x]'],
  ])('are refused where one is %s', async (_, value) => {
    for (const [option, command] of [
      ['--vary', 'sweep'],
      ['--set', 'solve'],
    ] as const) {
      const { code, stdout, stderr } = await runMain(command, study, `${option}=name=${value}`);
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/values? as YAML has/)]);
    }
  });

  it('are named as YAML has them where they are no finite numbers', async () => {
    const { code, stdout } = await sweep(study, '--vary', 'cost.parameters.a=.nan,.inf,-.inf,0.1');
    expect(code).toBe(3);
    expect(stdout).toContain('cost.parameters.a=.inf: ');
    expect(stdout).not.toMatch(/NaN|Infinity|null/);
    const { stderr } = await sweep(study, '--vary', 'cost.nothing=.nan');
    expect(stderr).toMatch(/^vary cost\.nothing=\.nan: /);
  });

  it('are other sweeps where one is .nan and one .inf', async () => {
    const out = join(folder, 'infinite');
    await sweep(study, '--vary', 'cost.parameters.a=.nan', '--out', out);
    expect((await sweep(study, '--vary', 'cost.parameters.a=.inf', '--out', out)).code).toBe(2);
  });

  it('reach the table without what a terminal would obey', async () => {
    const out = join(folder, 'obeyed');
    await sweep(study, '--vary', 'name="\\u001b[31m","a"', '--out', out);
    expect(readFileSync(join(out, 'sweep.csv'), 'utf8')).toMatch(/\\u001b\[31m/);
    expect(readFileSync(join(out, 'sweep.csv'), 'utf8')).not.toContain('\u001b');
    const { code, stderr } = await sweep(study, ...varied, '--columns', 'certificate.\u001b[31m');
    expect([code, stderr]).toEqual([2, expect.stringContaining('expected characters that are printed')]);
  });

  it('are not repeated to their end', async () => {
    const { stdout } = await sweep(study, '--vary', `name=${'x'.repeat(50_000)},a`);
    expect(stdout.length).toBeLessThan(3000);
  });

  it.each(['cost.parameters. \n a', 'cost.parameters.\u0007a', 'cost.parameters.\u2028a'])(
    '%j is the path of no field, as it would be a line of its own in the table',
    async (path) => {
      const { code, stderr } = await sweep(study, '--vary', `${path}=0.1,0.2`);
      expect([code, stderr]).toEqual([2, expect.stringContaining('expected the path of a field')]);
    },
  );
});

describe('names of files that are varied', () => {
  it('that the system does not take are complaints of their rows', async () => {
    symlinkSync('loop', join(folder, 'loop'));
    writeFileSync(join(folder, 'huge.csv'), '');
    truncateSync(join(folder, 'huge.csv'), 3 * 2 ** 30);
    for (const name of ['x'.repeat(5000), 'loop', '"a\\u0000b"', 'huge.csv', '/dev/zero']) {
      const { code, stdout } = await sweep(
        sampled,
        '--vary',
        `buyers.type.file=sample.csv,${name}`,
        '--json',
      );
      const { rows } = JSON.parse(stdout) as { rows: { error: string | null }[] };
      expect([code, rows.map(({ error }) => typeof error)]).toEqual([3, ['object', 'string']]);
    }
  });

  it('outside of the folder of the study are not read for the record either', async () => {
    const out = join(folder, 'inner', 'out');
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'inner', 'study.yaml'), readFileSync(sampled));
    writeFileSync(join(folder, 'inner', 'sample.csv'), readFileSync(join(folder, 'sample.csv')));
    await sweep(
      join(folder, 'inner', 'study.yaml'),
      '--vary=buyers.type.file=sample.csv,../sample.csv',
      '--out',
      out,
    );
    const { provenance } = JSON.parse(readFileSync(join(out, 'sweep.json'), 'utf8')) as {
      provenance: { files: object };
    };
    expect(Object.keys(provenance.files)).toEqual(['sample.csv']);
  });
});

describe('a directory in which somebody else was', () => {
  it.each(['null', '[]', '3', '""', '{}', '{"identity":', '{"varied":null,"identity":5}'])(
    'is refused where sweep.json is %s',
    async (text) => {
      const out = mkdtempSync(join(folder, 'foreign-'));
      writeFileSync(join(out, 'sweep.json'), text);
      const { code, stderr } = await sweep(study, ...varied, '--out', out);
      expect([code, stderr]).toEqual([2, expect.stringContaining('of another sweep')]);
      expect(readFileSync(join(out, 'sweep.json'), 'utf8')).toBe(text);
    },
  );

  it('is refused where sweep.json is a directory, or a device that never ends', async () => {
    const [one, other] = [mkdtempSync(join(folder, 'foreign-')), mkdtempSync(join(folder, 'foreign-'))];
    mkdirSync(join(one, 'sweep.json'));
    symlinkSync('/dev/zero', join(other, 'sweep.json'));
    for (const [out, what] of [
      [one, 'directory'],
      [other, 'device'],
    ] as const) {
      const { code, stderr } = await sweep(study, ...varied, '--out', out);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining(`sweep.json: expected a JSON file, got a ${what}`),
      ]);
    }
  });

  it.each<[string, (line: string) => string]>([
    ['a text for a number', (line) => line.replace(/0\.06\d+/, '"x"')],
    ['a map for a number', (line) => line.replace('[0,0.1,', '[0,{"a":1},')],
    ['a number beyond all', (line) => line.replace(/0\.06\d+/, '1e999')],
    ['half a combination', (line) => line.replace('[0,', '[0.5,')],
    ['a text for a combination', (line) => line.replace('[0,', '["0",')],
    ['a status that there is not', (line) => line.replace('"optimal"', '"\\u001b[31mfine"')],
    ['values of another combination', (line) => line.replace('0.1,', '0.7,')],
    ['nothing beside no reason', (line) => line.replace('"optimal",null', 'null,null')],
    ['a list for a reason', (line) => line.replace('"optimal",null', '"optimal",[[1]]')],
    ['a cell too many', (line) => line.replace(/\]\n$/, ',1]\n')],
    ['no JSON', () => 'x\n'],
  ])('solves a row again that has %s', async (_, edited) => {
    const out = mkdtempSync(join(folder, 'edited-'));
    rmSync(out, { recursive: true });
    await sweep(study, ...varied, '--out', out);
    const table = readFileSync(join(out, 'sweep.csv'), 'utf8');
    const file = join(out, 'rows', readdirSync(join(out, 'rows')).sort()[0]!);
    const row = readFileSync(file, 'utf8');
    writeFileSync(file, edited(row));
    expect(readFileSync(file, 'utf8')).not.toBe(row);
    expect((await sweep(study, ...varied, '--out', out)).code).toBe(0);
    expect(readFileSync(join(out, 'sweep.csv'), 'utf8')).toBe(table);
  });
});
