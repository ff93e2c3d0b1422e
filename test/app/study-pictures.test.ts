import {
  createRegistry,
  layoutOf,
  type Picture,
  parseStudy,
  prepareStudy,
  renderSvg,
  solveStudy,
  standardPlugin,
  studyPictures,
  type TypeResult,
} from '@menusmith/app';
import { allocationItem, packageItem } from '@menusmith/replication';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);

const produced = `
production:
  use: cobb-douglas
  exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }
  base: { fineTuning: 1 }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
`;
const unit = '{ use: uniform, min: 0, max: 1 }';
const valueScale = `
buyers:
  kind: value-scale
  value: ${unit}
  scale: ${unit}
`;
const bimodal = `
buyers:
  kind: value-scale
  value: { use: mixture, parts: [{ weight: 0.85, of: { use: beta, a: 4, b: 10 } }, { weight: 0.15, of: { use: beta, a: 8, b: 2 } }] }
  scale: ${unit}
`;
const profiles = `
buyers:
  kind: profiles
  tasks: { nodes: 16 }
  types:
    - { name: writers, mass: 3, values: 1 - 0.8*i }
    - { name: coders, mass: 2, values: 0.2 + 0.8*i^2 }
    - { name: occasional, mass: 5, values: 0.3 + 0.1*i }
`;
const rochetChone = `
cost: { use: quadratic }
buyers:
  kind: profiles
  tasks: { weights: [1, 1] }
  types:
${[0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].map((j) => `    - { mass: 1, values: [${1.125 + i / 4}, ${1.125 + j / 4}] }`)).join('\n')}
`;
const listed = (types: string) =>
  `cost: { use: quadratic }\nbuyers: { kind: representative, types: [${types}] }\n`;

/** Studies of every kind of buyers, and those at which a picture could break. */
const studies: Readonly<Record<string, string>> = {
  'allocations, scale by scale': `${produced}${valueScale}contract: allocations`,
  packages: `${produced}${valueScale}contract: packages`,
  'the efficient allocation': `${produced}${valueScale}contract: efficient`,
  'pooled types': `${produced}${bimodal}contract: allocations`,
  'a grid of dependent values and scales': `${produced}${valueScale}  dependence: { use: fgm, theta: -0.9 }\n  grid: { values: 8, scales: 8 }\ncontract: allocations`,
  'a listed grid': `${produced}
buyers:
  kind: value-scale-grid
  values: [0.4, 0.6, 0.8, 1]
  scales: [0.3, 0.6, 1]
  mass: [[3, 2, 1], [2, 2, 2], [1, 2, 3], [1, 1, 1]]
contract: allocations`,
  'a listed grid, packages': `${produced}
buyers:
  kind: value-scale-grid
  values: [0.25, 0.5, 1]
  scales: [0.25, 1]
  mass: [[1, 1], [1, 1], [1, 1]]
contract: packages`,
  'three profiles': `${produced}${profiles}`,
  'three profiles, packages': `${produced}${profiles}contract: packages`,
  'three profiles, efficiently': `${produced}${profiles}contract: efficient`,
  'types in the plane of two tasks': rochetChone,
  'two types of which both participations bind': `
cost: { use: quadratic }
buyers:
  kind: profiles
  tasks: { weights: [0.5, 0.5] }
  types:
    - { name: high, mass: 1, values: [1, 0.2] }
    - { name: low, mass: 1, values: [0.3, 0.5] }`,
  'one type': listed('{ value: 1, mass: 1 }'),
  'a list that is pooled': listed('{ value: 10, mass: 5 }, { value: 11, mass: 0.5 }, { value: 12, mass: 2 }'),
  'a list that nobody is served of': `
cost: { use: linear, rate: 5, max: 1 }
buyers: { kind: representative, types: [{ value: 1, mass: 1 }, { value: 2, mass: 1 }] }`,
  'values and scales of which nobody is served': `cost: { use: linear, rate: 5, max: 1 }${valueScale}`,
};

const solved = async (text: string) => {
  const study = parseStudy(text, { file: 'study', registry });
  await prepareStudy(study);
  return { study, solution: solveStudy(study) };
};

const picturesOf = async (text: string, tiers?: Parameters<typeof studyPictures>[2]) => {
  const { study, solution } = await solved(text);
  return studyPictures(study, solution, tiers);
};

type Rows = readonly Readonly<Record<string, number | string>>[];
const rowsOf = (pictures: readonly Picture[], name: string, dataset: string): Rows => {
  const picture = pictures.find((each) => each.name === name);
  expect(picture, name).toBeDefined();
  return (picture!.specification.datasets as unknown as Record<string, Rows>)[dataset]!;
};

describe.each(Object.entries(studies))('the pictures of %s', (_, text) => {
  const made = picturesOf(text);

  it('have names of their own, titles that fit, captions in sentences, and finite data', async () => {
    const pictures = await made;
    expect(pictures.length).toBeGreaterThan(1);
    expect(new Set(pictures.map(({ name }) => name)).size).toBe(pictures.length);
    for (const { name, title, caption, specification } of pictures) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(title.length, title).toBeLessThanOrEqual(38);
      expect(caption, name).toMatch(/^\S.*\.$/);
      expect(caption).not.toMatch(/NaN|undefined|null|Infinity/);
      for (const rows of Object.values(specification.datasets as unknown as Record<string, Rows>)) {
        for (const cell of rows.flatMap((row) => Object.values(row))) {
          expect(
            typeof cell === 'number' ? Number.isFinite(cell) : cell !== null && cell !== undefined,
            name,
          ).toBe(true);
        }
      }
    }
  });

  it('are Vega-Lite without warnings, and SVG without NaN', async () => {
    for (const { name, title, specification } of await made) {
      const warnings: string[] = [];
      const svg = await renderSvg(specification, {}, (warning) => warnings.push(warning));
      expect(warnings, name).toEqual([]);
      expect(svg, name).not.toMatch(/NaN|undefined|Infinity/);
      expect(svg).toContain(`>${title}</text>`);
    }
  });
});

describe('curves', () => {
  it('are the paper’s closed forms of Example 1, allocations', async () => {
    const pictures = await picturesOf(studies['allocations, scale by scale']!);
    for (const [picture, field] of [
      ['quality', 'quality'],
      ['transfer', 'transfer'],
      ['rent', 'rent'],
      ['fee', 'upfront'],
    ] as const) {
      const rows = rowsOf(pictures, picture, 'menu');
      expect(rows.length).toBeGreaterThan(40);
      for (const { type, scale, y } of rows) {
        const right = allocationItem(Number(type), Number(scale), 1 / 4, 1 / 8)[field];
        // Rents are swept by quadrature of low order from point to point.
        expect(Math.abs(Number(y) - right!), `${picture} at ${type}, ${scale}`).toBeLessThan(1e-7);
      }
    }
  });

  it('leave out only points without which the lines look the same', async () => {
    const pictures = await picturesOf(studies['allocations, scale by scale']!);
    for (const [picture, field] of [
      ['quality', 'quality'],
      ['transfer', 'transfer'],
      ['rent', 'rent'],
    ] as const) {
      const rows = rowsOf(pictures, picture, 'menu');
      const range = Math.max(...rows.map(({ y }) => Number(y)));
      for (let k = 0; k + 1 < rows.length; k++) {
        const [here, next] = [rows[k]!, rows[k + 1]!];
        if (here.scale !== next.scale) continue;
        const middle = (Number(here.type) + Number(next.type)) / 2;
        const right = allocationItem(middle, Number(here.scale), 1 / 4, 1 / 8)[field]!;
        // The panel is 220 pixels high: a third of a pixel, where quality starts like a power a little more.
        const off = Math.abs((Number(here.y) + Number(next.y)) / 2 - right) / range;
        expect(off, `${picture} at ${middle}, ${here.scale}`).toBeLessThan(2e-3);
      }
    }
  });

  it('are as fine where most of a range is not drawn', async () => {
    const { study, solution } = await solved(studies['pooled types']!);
    const rows = rowsOf(studyPictures(study, solution), 'virtual-value', 'menu').filter(
      ({ kind }) => kind === 'virtual value φ',
    );
    expect(rows.length).toBeGreaterThan(15);
    const drawn = rows.map(({ y }) => Number(y));
    const range = Math.max(...drawn) - Math.min(...drawn);
    for (let k = 0; k + 1 < rows.length; k++) {
      const [here, next] = [rows[k]!, rows[k + 1]!];
      const value = (Number(here.type) + Number(next.type)) / 2;
      const right = solution.quote({ value, scale: 1 }).virtualValue!;
      expect(Math.abs((Number(here.y) + Number(next.y)) / 2 - right) / range).toBeLessThan(5e-3);
    }
  });

  it('end on the cut where more of them is not drawn', async () => {
    const { study, solution } = await solved(studies['pooled types']!);
    const pictures = studyPictures(study, solution);
    const quoteAt = ({ type }: Rows[number]) => solution.quote({ value: Number(type), scale: 1 });
    for (const kind of ['virtual value φ', 'ironed, φ̄']) {
      const [first] = rowsOf(pictures, 'virtual-value', 'menu').filter((row) => row.kind === kind);
      expect(first!.y).toBe(-1);
      expect(quoteAt(first!).virtualValue).toBeCloseTo(-1, 1);
    }
    const [first] = rowsOf(pictures, 'markup', 'menu');
    expect(first!.y).toBe(5);
    expect(Number(first!.type) / quoteAt(first!).ironedVirtualValue!).toBeCloseTo(5, 1);
  });

  it('turn where pools end, and the band with them', async () => {
    const { study, solution } = await solved(studies['pooled types']!);
    const pictures = studyPictures(study, solution);
    const [{ from, to }] = rowsOf(pictures, 'markup', 'pools') as unknown as [{ from: number; to: number }];
    const rows = rowsOf(pictures, 'markup', 'menu').map(({ type, y }) => [Number(type), Number(y)] as const);
    const inside = rows.filter(([type]) => type > 0.3 && type < 0.8);
    const lowest = inside.filter(([type]) => type < 0.5).reduce((a, b) => (b[1] < a[1] ? b : a));
    const highest = inside.filter(([type]) => type > 0.5).reduce((a, b) => (b[1] > a[1] ? b : a));
    expect(lowest[0]).toBeCloseTo(from, 8);
    expect(highest[0]).toBeCloseTo(to, 8);
  });

  it('of few points are round where markups fall steeply', async () => {
    const text = `
production: { use: expression, formula: 'input^a * output^b * (1 + log(1 + fineTuning))^0.5', parameters: { a: 0.3, b: 0.2 } }
inputs:
  input: { scope: task, cost: 0.02 }
  output: { scope: task, cost: 0.06 }
  fineTuning: { scope: shared, cost: 0.1 }
${valueScale}contract: packages`;
    const { study, solution } = await solved(text);
    expect(solution.result.supply).toBe('numeric');
    const rows = rowsOf(studyPictures(study, solution), 'markup', 'menu');
    // Pixels of a panel of 320 by 220, from the markup of 5 to that of 1.
    const [across, up] = [320 / (1 - Number(rows[0]!.type)), 220 / 4];
    for (let k = 0; k + 1 < rows.length; k++) {
      const [here, next] = [rows[k]!, rows[k + 1]!];
      const type = (Number(here.type) + Number(next.type)) / 2;
      // φ = (3θ − 1)/2
      const off = ((Number(here.y) + Number(next.y)) / 2 - type / ((3 * type - 1) / 2)) * up;
      const slope =
        ((Number(next.y) - Number(here.y)) * up) / ((Number(next.type) - Number(here.type)) * across);
      expect(Math.abs(off) / Math.hypot(1, slope), `at ${type}`).toBeLessThan(0.3);
    }
  });

  it('are the paper’s closed forms of Example 1, packages', async () => {
    const pictures = await picturesOf(studies.packages!);
    for (const { type, y } of rowsOf(pictures, 'transfer', 'menu')) {
      expect(Math.abs(Number(y) - packageItem(Number(type), 1 / 4, 1 / 8).transfer!)).toBeLessThan(1e-9);
    }
  });

  it('equal quotes, pools included', async () => {
    const { study, solution } = await solved(studies['pooled types']!);
    const pictures = studyPictures(study, solution);
    for (const { type, scale, y } of rowsOf(pictures, 'quality', 'menu').filter((_, k) => k % 7 === 0)) {
      const quote = solution.quote({ value: Number(type), scale: Number(scale) });
      expect(Number(y)).toBeCloseTo(quote.quality, 9);
    }
    const [pool] = solution.result.pools;
    expect(rowsOf(pictures, 'quality', 'pools')).toEqual([
      expect.objectContaining({ from: pool!.from, to: pool!.to, label: 'pooled' }),
    ]);
  });
});

describe('the regions', () => {
  it('of Example 1 begin at w = 1/2, and at ŵ(s) = (1 + 1/(2√s))/2', async () => {
    const pictures = await picturesOf(studies['allocations, scale by scale']!);
    for (const { scale, value } of rowsOf(pictures, 'regions', 'service-boundary')) {
      if (Number(scale) > 0) expect(value).toBeCloseTo(1 / 2, 9);
    }
    for (const { scale, value } of rowsOf(pictures, 'regions', 'shared-boundary')) {
      expect(value).toBeCloseTo(Math.min(1, (1 + 1 / (2 * Math.sqrt(Number(scale)))) / 2), 6);
    }
  });
});

describe('the menu of a grid of types', () => {
  const grid = 'a grid of dependent values and scales';

  it('is drawn where it is, and says whose its small steps are', async () => {
    const { study, solution } = await solved(studies[grid]!);
    const pictures = studyPictures(study, solution);
    for (const name of ['regions', 'quality', 'inputs', 'transfer', 'first-best'])
      expect(pictures.find((picture) => picture.name === name)!.caption).toMatch(/are those of the grid/);
    const rows = rowsOf(pictures, 'quality', 'menu').filter(({ scale }) => Number(scale) === 1);
    const qualityAt = (value: number) => solution.quote({ value, scale: 1 }).quality;
    const most = qualityAt(1);
    for (let k = 0; k + 1 < rows.length; k++) {
      const [here, next] = [rows[k]!, rows[k + 1]!].map(({ type, y }) => [Number(type), Number(y)] as const);
      expect(Math.abs(qualityAt(here![0]) - here![1])).toBeLessThan(0.02 * most);
      // Between two points the line may cut the corners of steps, of which there are 192.
      const middle = (here![0] + next![0]) / 2;
      expect(Math.abs(qualityAt(middle) - (here![1] + next![1]) / 2)).toBeLessThan(0.02 * most);
    }
    expect(rows.length).toBeGreaterThan(10);
  });

  it('is next to a first best without steps', async () => {
    const rows = rowsOf(await picturesOf(studies[grid]!), 'first-best', 'menu').filter(
      ({ kind }) => kind === 'first best',
    );
    for (let k = 0; k + 1 < rows.length; k++) {
      const slope =
        (Number(rows[k + 1]!.y) - Number(rows[k]!.y)) / (Number(rows[k + 1]!.type) - Number(rows[k]!.type));
      expect(slope).toBeGreaterThan(0);
      expect(slope).toBeLessThan(50);
    }
  });
});

describe('borders of regions', () => {
  const fgm = `${produced}${valueScale}  dependence: { use: fgm, theta: 0.8 }\n`;
  const borders = [
    ['service-boundary', ({ excluded }: TypeResult) => !excluded],
    ['shared-boundary', ({ inputs }: TypeResult) => inputs.fineTuning! > 0],
  ] as const;
  it.each([
    ['scale by scale', studies['allocations, scale by scale']!],
    ['of representative types', `${fgm}contract: packages`],
    ['of a grid', `${fgm}  grid: { values: 8, scales: 8 }\ncontract: allocations`],
  ])('%s reach the edge at the scale from which there is somebody inside', async (_, text) => {
    const { study, solution } = await solved(text);
    const pictures = studyPictures(study, solution);
    for (const [border, begins] of borders) {
      const isInside = (scale: number) => begins(solution.quote({ value: 1, scale }));
      const rows = rowsOf(pictures, 'regions', border);
      const [outside, inside] = [rows[0]!, rows[1]!].map(({ scale }) => Number(scale));
      if (Number(rows[0]!.value) < 1) continue;
      expect(rows[0]!.value).toBe(1);
      // A thousandth of a panel 250 pixels high.
      expect(inside! - outside!).toBeLessThan(1e-3);
      expect([isInside(outside! - 1e-3), isInside(inside! + 1e-3)], border).toEqual([false, true]);
      const areas = rowsOf(pictures, 'regions', 'regions').map(({ scale }) => scale);
      expect(areas).toContain(outside);
      expect(areas).toContain(inside);
    }
    expect(rowsOf(pictures, 'regions', 'shared-boundary')[0]!.value).toBe(1);
  });
});

describe('the picture of a tariff', () => {
  it('has the tiers that are given, in order', async () => {
    const pictures = await picturesOf(studies.packages!, [
      { cost: 0.1, transfer: 0.3 },
      { cost: 1, transfer: 1.4 },
    ]);
    expect(rowsOf(pictures, 'tariff', 'tiers')).toEqual([
      { cost: 0.1, transfer: 0.3, label: '1' },
      { cost: 1, transfer: 1.4, label: '2' },
    ]);
  });
});

describe('the picture of the tariff of types without an order', () => {
  it('has the item of each type by name', async () => {
    const { study, solution } = await solved(studies['two types of which both participations bind']!);
    const pictures = studyPictures(study, solution);
    const { types } = solution.result;
    const rows = rowsOf(pictures, 'tariff', 'menu');
    expect(rows.map(({ name }) => name)).toEqual(types.map(({ name }) => name));
    expect(rows.map(({ transfer }) => transfer)).toEqual(types.map(({ transfer }) => transfer));
  });
});

describe('the graph of constraints', () => {
  it('has the flow of Prop. 2 with its missing regime: from high to low, below f_H', async () => {
    const { study, solution } = await solved(studies['two types of which both participations bind']!);
    const shafts = rowsOf(studyPictures(study, solution), 'binding-constraints', 'shafts');
    expect(shafts).toHaveLength(1);
    expect(solution.result.twoTypes!.lambda).toBeLessThan(1);
  });

  it('of a chain flows down by the mass above, and up as well where types are pooled', async () => {
    const { study, solution } = await solved(studies['a list that is pooled']!);
    const [low, middle] = solution.result.types;
    expect(low!.ironedVirtualValue).toBeCloseTo(middle!.ironedVirtualValue!, 12);
    const shafts = rowsOf(studyPictures(study, solution), 'binding-constraints', 'shafts');
    const directions = shafts.map(({ x, x2 }) => (Number(x) > Number(x2) ? 'down' : 'up'));
    expect(directions.sort()).toEqual(['down', 'down', 'up']);
  });
});

describe('layouts', () => {
  it('are the same for studies that differ in numbers alone, so that a page can swap the data', async () => {
    const text = studies['allocations, scale by scale']!;
    const [before, after] = [
      await picturesOf(text),
      await picturesOf(text.replace('max: 1 }', 'max: 1.3 }').replace('cost: 0.125', 'cost: 0.2')),
    ];
    const shared = after.map((picture) => before.find(({ name }) => name === picture.name));
    expect(shared.map((picture) => layoutOf(picture!))).toEqual(after.map(layoutOf));
  });
});
