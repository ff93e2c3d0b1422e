import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRegistry,
  filesBeside,
  openSweep,
  parseStudy,
  type Sweep,
  solveStudy,
  standardPlugin,
  studySetting,
  sweepPictures,
  variedField,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const folder = join(import.meta.dirname, '..', '..', '..', 'examples');

const sweepOf = (
  example: string,
  vary: readonly string[],
  columns?: string,
  set: readonly string[] = [],
): Sweep => {
  const file = join(folder, example);
  return openSweep(
    {
      text: readFileSync(file, 'utf8'),
      file,
      settings: set.map(studySetting),
      varied: vary.map(variedField),
      ...(columns === undefined ? {} : { columns }),
    },
    registry,
    () => 0,
    filesBeside(file),
  );
};

const rowsOf = async (sweep: Sweep) => {
  const rows = [];
  for (let k = 0; k < sweep.count; k++) {
    const row = await sweep.row(k);
    rows.push(Object.fromEntries(sweep.columns.map((name, n) => [name, row[n]])));
  }
  return rows;
};

const packages = 'example-1-packages.yaml';
const complaint = (sweep: () => Sweep): string => {
  try {
    sweep().check();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('a sweep', () => {
  it('has a row for each combination, with what solve finds', async () => {
    const sweep = sweepOf(packages, ['production.exponents.fineTuning=0.1,0.3', 'inputs.input.cost=0.1,0.2']);
    expect(sweep.columns).toEqual([
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
    const rows = await rowsOf(sweep);
    expect(rows.map((row) => [row['production.exponents.fineTuning'], row['inputs.input.cost']])).toEqual([
      [0.1, 0.1],
      [0.1, 0.2],
      [0.3, 0.1],
      [0.3, 0.2],
    ]);
    const file = join(folder, packages);
    for (const row of rows) {
      const settings = sweep.columns.slice(0, 2).map((path) => studySetting(`${path}=${row[path]}`));
      const study = parseStudy(readFileSync(file, 'utf8'), { file, registry, settings });
      const { result } = solveStudy(study);
      expect(row.profit).toBeCloseTo(result.profit!, 12);
      expect(row.fineTunedShare).toBeCloseTo(result.fineTunedShare!, 12);
      expect([row.status, row.error]).toEqual(['optimal', null]);
    }
  });

  it('has the same rows in whatever order they are solved', async () => {
    const open = () => sweepOf('example-1-allocations.yaml', ['production.exponents.fineTuning=0.1:0.3:5']);
    const forward = open();
    const backward = open();
    const there = [];
    for (let k = 0; k < 5; k++) there.push(await forward.row(k));
    const back = [];
    for (let k = 4; k >= 0; k--) back.unshift(await backward.row(k));
    expect(back).toEqual(there);
  });

  it('goes on where a combination makes the study wrong, and says which field does', async () => {
    const rows = await rowsOf(sweepOf(packages, ['production.exponents.fineTuning=0.1,0.6,0.2']));
    expect(rows.map(({ status }) => status)).toEqual(['optimal', null, 'optimal']);
    expect(rows[1]).toMatchObject({ profit: null, relativeGap: null });
    expect(rows[1]!.error).toMatch(
      /^production\.exponents: cobb-douglas: expected exponents that sum to less than 1/,
    );
  });

  it('has the columns that were asked for', async () => {
    const sweep = sweepOf(
      packages,
      ['production.exponents.fineTuning=0.1,0.3'],
      'certificate.upperBound,conditions.increasing-virtual-value.margin,transfer@value=0.8,scale=0.5,tiers.2.profit,tariff.prices.input@value=1,scale=1',
    );
    expect(sweep.columns.slice(-5)).toEqual([
      'certificate.upperBound',
      'conditions.increasing-virtual-value.margin',
      'transfer@value=0.8,scale=0.5',
      'tiers.2.profit',
      'tariff.prices.input@value=1,scale=1',
    ]);
    for (const row of await rowsOf(sweep)) {
      expect(row['certificate.upperBound']).toBeCloseTo(row.profit as number, 9);
      expect(row['conditions.increasing-virtual-value.margin']).toBeGreaterThan(0);
      expect(row['transfer@value=0.8,scale=0.5']).toBeGreaterThan(0);
      expect(row['tiers.2.profit']).toBeGreaterThan(0.8 * (row.profit as number));
      expect(row['tiers.2.profit']).toBeLessThan(row.profit as number);
      expect(row['tariff.prices.input@value=1,scale=1']).toBeGreaterThan(0);
    }
  });

  it('has nothing to quote where a combination moves the buyers elsewhere', async () => {
    const rows = await rowsOf(sweepOf(packages, ['buyers.value.max=1,0.5'], 'transfer@value=0.8,scale=0.5'));
    expect(rows[0]!['transfer@value=0.8,scale=0.5']).toBeGreaterThan(0);
    expect(rows[1]).toMatchObject({ 'transfer@value=0.8,scale=0.5': null, status: 'optimal', error: null });
  });

  it('has shadow prices that fall as there is more of an input', async () => {
    const rows = await rowsOf(sweepOf('capacity.yaml', ['capacity.input=0.05,0.1'], 'shadowPrices.input'));
    const [less, more] = rows.map((row) => row['shadowPrices.input'] as number);
    expect(less).toBeGreaterThan(more!);
    expect(more).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['production.exponents.fineTunin=0.1', 'no input called "fineTunin"; did you mean fineTuning?'],
    ['produktion.exponents.input=0.1', 'no such field; did you mean production?'],
    ['buyers.value.a=1,2', 'uniform has no such parameter'],
  ])('refuses the path %s at once', (vary, message) => {
    expect(complaint(() => sweepOf(packages, [vary]))).toContain(message);
  });

  it('takes a parameter that some combinations have', async () => {
    const sweep = sweepOf(packages, [
      'buyers.value.use=uniform,beta',
      'buyers.value.a=2',
      'buyers.value.b=2',
    ]);
    sweep.check();
    expect((await rowsOf(sweep)).map(({ status }) => status)).toEqual([null, 'optimal']);
  });

  it.each([
    ['profits', 'no such number'],
    ['transfer@value=0.8', 'missing scale'],
    ['transfer@value=2,scale=0.5', 'expected a number from 0 to 1, got 2'],
    ['transfer@value=0:1:3,scale=0.5', 'expected one buyer, got a range'],
    ['tiers.0.profit', 'expected tiers.COUNT.profit'],
    ['', 'expected a number of the result'],
  ])('refuses the column "%s" at once', (columns, message) => {
    expect(complaint(() => sweepOf(packages, ['inputs.input.cost=0.1,0.2'], columns))).toContain(message);
  });

  it('is drawn as a line, as lines for a few values of a second field, and as a map for many', async () => {
    const pictures = async (vary: readonly string[], columns?: string) => {
      const sweep = sweepOf(packages, vary, columns);
      const { name, data, units } = sweep.check();
      const rows = [];
      for (let k = 0; k < sweep.count; k++) rows.push(await sweep.row(k));
      return sweepPictures({ name, data, units, columns: sweep.columns, varied: sweep.varied, rows });
    };
    const across = 'production.exponents.fineTuning=0.1:0.3:3';
    const [line] = await pictures([across]);
    expect(line).toMatchObject({ name: 'sweep-profit', title: 'Profit against exponents.fineTuning' });
    const [lines, asked] = await pictures([across, 'inputs.input.cost=0.1,0.2'], 'certificate.upperBound');
    expect(lines!.caption).toContain('a line for each cost of input');
    expect(asked!.name).toBe('sweep-certificate-upperbound');
    const [map] = await pictures([across, 'inputs.input.cost=0.1:0.2:7']);
    expect(map!.title).toBe('Profit by exponents.fineTuning and cost of input');
    expect(await pictures(['inputs.input.cost=0.1,0.2', 'inputs.output.cost=0.1,0.2', across])).toEqual([]);
  });

  it('has no reason in its rows that a terminal would obey, whatever a plugin said', () => {
    const row = sweepOf(packages, ['inputs.input.cost=0.1,0.2']).failed(0, 'threw: \u001b[31mx');
    expect(row).toContain('threw: \\u001b[31mx');
  });

  it('is drawn with all its values on the axes, in names that tell them apart, below lines no wider than the picture', () => {
    const parts = (max: number) =>
      `{ use: mixture, parts: [{ weight: 1, of: { use: beta, a: 2, b: 2 } }, { weight: 1, of: { use: uniform, min: 0, max: ${max} } }] }`;
    const drawn = (vary: readonly string[]) => {
      const sweep = sweepOf(packages, vary);
      const rows = Array.from({ length: sweep.count }, (_, k) =>
        sweep.failed(k, '').map((cell, place) => (place === 2 && k === 0 ? 1 : cell)),
      );
      const { data, units } = sweep.check();
      const name = 'A study that has many words in its name, more than there is place for';
      const [picture] = sweepPictures({ name, data, units, columns: sweep.columns, varied: 2, rows });
      return picture!.specification as unknown as {
        readonly title: { readonly text: string[]; readonly subtitle: string[] };
        readonly layer: readonly {
          readonly encoding: Record<'x' | 'y', { readonly scale: { readonly domain: unknown[] } }>;
        }[];
        readonly datasets: { readonly lines: readonly { readonly series: string }[] };
      };
    };
    const costs = 'inputs.input.cost=0.3,0.2,0.1,0.4,0.5,0.6,0.7';
    const map = drawn(['production.exponents.fineTuning=0.1,0.2', costs]);
    expect(map.layer[0]!.encoding.x.scale.domain).toEqual([0.1, 0.2]);
    expect(map.layer[0]!.encoding.y.scale.domain).toEqual([0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]);
    for (const line of [...map.title.text, ...map.title.subtitle]) expect(line.length).toBeLessThan(52);
    expect(map.title.subtitle.join(' ')).toBe(
      'A study that has many words in its name, more than there is place for',
    );
    const lines = drawn(['contract=packages,allocations,efficient', `buyers.value=${parts(1)},${parts(2)}`]);
    expect(lines.layer[0]!.encoding.x.scale.domain).toEqual(['packages', 'allocations', 'efficient']);
    expect(lines.datasets.lines.map(({ series }) => series)).toEqual([
      expect.stringMatching(/^1: mixture, parts \(\[weight 1, of \(beta, a …/),
    ]);
  });

  it('is drawn at some of its values where they are more than a picture can hold', () => {
    const tableOf = (across: number, up: number) => {
      const vary = [`production.exponents.fineTuning=0.1:0.3:${across}`, `inputs.input.cost=0.1:0.2:${up}`];
      const sweep = sweepOf(packages, vary);
      const { name, data, units } = sweep.check();
      const rows = Array.from({ length: sweep.count }, (_, k) =>
        sweep.failed(k, '').map((cell, place) => (place === 2 ? k : cell)),
      );
      return { name, data, units, columns: sweep.columns, varied: sweep.varied, rows };
    };
    const drawn = (across: number, up: number) => {
      const [picture] = sweepPictures(tableOf(across, up));
      const [points] = Object.values(picture!.specification.datasets!) as (readonly unknown[])[];
      return { count: points!.length, caption: picture!.caption };
    };
    expect(drawn(100, 100).count).toBe(10_000);
    const { count, caption } = drawn(500, 100);
    expect(count).toBe(16_700);
    expect(caption).toContain(' One in 3 of 500 values of exponents.fineTuning is drawn.');
    expect(drawn(30_000, 2).count).toBe(20_000);
  });
});
