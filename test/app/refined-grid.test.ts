import {
  createRegistry,
  parseStudy,
  type Solution,
  type Study,
  solveStudy,
  solvingStudy,
  standardPlugin,
  studyPictures,
} from '@menusmith/app';
import type { FiniteSolver } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { refinedCells } from '../../packages/app/src/problem/refined-grid.ts';
import { solveReport } from '../../packages/cli/src/solve-report.ts';
import { example1 } from './samples/example-1.ts';

const registry = createRegistry([standardPlugin]);

const studyOf = (rest: object, buyers: object = {}): Study =>
  parseStudy(
    JSON.stringify({
      name: 'Refined',
      ...example1,
      buyers: {
        kind: 'value-scale',
        value: { use: 'uniform' },
        scale: { use: 'uniform' },
        dependence: { use: 'fgm', theta: 0.9 },
        ...buyers,
      },
      ...rest,
    }),
    { file: 'refined.json', registry },
  );

const sizesOf = ({ result }: Solution): readonly (number | undefined)[] =>
  result.refinement!.map(({ values }) => values);

describe('where a study names no grid, the solver refines its own', () => {
  test.each([
    [1e-3, [8, 16]],
    [2e-4, [8, 16, 32]],
  ])('until the bracket is within the tolerance of %d', (tolerance, sizes) => {
    const solution = solveStudy(studyOf({ solver: { tolerance } }));
    const { result } = solution;
    const { attainedObjective, upperBound, relativeGap } = result.certificate;
    expect(result.status).toBe('optimal');
    expect(relativeGap).toBeLessThanOrEqual(tolerance);
    expect(relativeGap).toBeGreaterThan(0);
    expect(sizesOf(solution)).toEqual(sizes);
    const steps = result.refinement!;
    expect(attainedObjective).toBe(Math.max(...steps.map((step) => step.attainedObjective!)));
    expect(upperBound).toBe(Math.min(...steps.map((step) => step.upperBound!)));
    // The coarser ones did not reach it.
    for (const step of steps.slice(0, -1)) expect(step.relativeGap).toBeGreaterThan(tolerance);
    expect(result.grid).toMatchObject({ values: sizes.at(-1), scales: sizes.at(-1) });
  });

  test('the table says whether it lists all grids or the last ones', () => {
    const study = studyOf({});
    const { result } = solveStudy(study);
    const report = solveReport(result, study, []);
    expect(report).toMatch(/^ {4}grids in turn: 8 × 8 \S+, 16 × 16 \S+$/m);
    const [coarse, fine] = result.refinement!;
    const longer = { ...result, refinement: [coarse!, coarse!, fine!, fine!] };
    expect(solveReport(longer, study, [])).toMatch(
      /^ {4}last grids in turn: 8 × 8 \S+, 16 × 16 \S+, 16 × 16 \S+$/m,
    );
  });

  test('the limit of finer grids is told from the grid before, and no other is solved for it', () => {
    const { result } = solveStudy(studyOf({}));
    expect(result.grid!.extrapolatedProfit).toBeGreaterThan(result.certificate.attainedProfit!);
    expect(result.grid!.extrapolatedProfit).toBeLessThan(result.certificate.upperBound!);
  });

  test('cells of scales are narrower where more is earned, and half the cells take the place of all', () => {
    const buyers = { dependence: { use: 'gaussian', rho: 0.6 } };
    const refined = solveStudy(studyOf({ solver: { tolerance: 2e-3 } }, buyers));
    const named = solveStudy(studyOf({}, { ...buyers, grid: { values: 16, scales: 16 } }));
    expect(sizesOf(refined)).toEqual([8, 16]);
    expect(refined.result.certificate.relativeGap).toBeLessThan(0.8 * named.result.certificate.relativeGap!);
  });
});

test('without a tolerance of its own a study is refined as far as is quick, with one as far as it takes', () => {
  const sizes = (study: Study): number[] => [...refinedCells(study)].map((cells) => cells[0]!);
  expect(sizes(studyOf({}))).toEqual([8, 16, 32, 64]);
  expect(sizes(studyOf({ solver: { tolerance: 1e-3 } }))).toEqual([8, 16, 32, 64, 128, 256]);
  // As many as are simulated choosing among tariffs.
  const tariffs = studyOf({ solver: { tolerance: 1e-3 }, implementation: 'two-part-tariff' });
  expect(sizes(tariffs)).toEqual([8, 16, 32, 64]);
});

describe('a grid that the study names is solved as it is', () => {
  test('and nothing else, whatever the tolerance; the remedy is to leave it out', () => {
    const { result } = solveStudy(
      studyOf({ solver: { tolerance: 1e-5 } }, { grid: { values: 12, scales: 8 } }),
    );
    expect(result.grid).toMatchObject({ values: 12, scales: 8 });
    expect(result.refinement).toBeUndefined();
    expect(result.status).toBe('feasible');
    expect(result.reasons).toMatchObject([{ code: 'gap' }]);
    expect(result.reasons[0]!.remedy).toContain('Without buyers.grid the solver refines its own');
  });
});

describe('a refinement that is asked to end', () => {
  const study = studyOf({ solver: { tolerance: 1e-7 } });

  test('has the best so far at once, and says how far it came', () => {
    const solving = solvingStudy(study);
    let step = solving.next();
    while (step.done !== true && (step.value.refinement?.length ?? 0) < 2) step = solving.next();
    if (step.done === true) throw new Error('ended by itself');
    expect(step.value.refinement!.map(({ cells }) => cells)).toEqual([
      [8, 8],
      [16, 16],
    ]);
    const { result: before } = step.value.incumbent!();
    const end = solving.next(true);
    if (end.done !== true) throw new Error('went on');
    const { result } = end.value;
    expect(result.status).toBe('feasible');
    expect(result.certificate).toEqual(before.certificate);
    expect(result.certificate.relativeGap).toBeLessThan(1e-3);
    expect(result.grid).toMatchObject({ values: 16, scales: 16 });
    expect(result.reasons).toMatchObject([{ code: 'interrupted' }]);
    expect(result.reasons[0]!.what).toMatch(
      /with 16 × 16 the gap is 0\.0\d+ %, above the tolerance of 1\.0e-7/,
    );
  });

  test('before the first grid is solved has a menu all the same', () => {
    const solving = solvingStudy(study);
    let step = solving.next();
    while (step.done !== true) step = solving.next(true);
    const { result } = step.value;
    expect(result.certificate.attainedProfit).toBeGreaterThan(0.05);
    expect(result.refinement).toHaveLength(1);
    expect(result.reasons[0]!.code).toBe('interrupted');
  });
});

/** The study with a solver that has nothing to say of more types than these. */
const failingBeyond = (study: Study, most: number): Study => {
  const failing = (solver: FiniteSolver): FiniteSolver => ({
    ...solver,
    refuses: (problem) => solver.refuses(problem),
    *proposals(problem, money) {
      if (problem.types.count > most) return 'numerical';
      return yield* solver.proposals(problem, money) as Generator<never>;
    },
  });
  const finite = study.solver.finite.map(({ name, solver }) => ({ name, solver: failing(solver) }));
  return { ...study, solver: { ...study.solver, finite } };
};

test('a finer grid that is worse takes nothing away, and ends the refinement', () => {
  const study = studyOf({ solver: { tolerance: 1e-5 } });
  const { result } = solveStudy(failingBeyond(study, 256));
  const [, coarse, fine] = result.refinement!;
  expect(result.refinement).toHaveLength(3);
  expect(fine!.attainedObjective).toBeLessThan(0.95 * coarse!.attainedObjective!);
  expect(result.certificate.attainedObjective).toBe(coarse!.attainedObjective);
  expect(result.certificate.upperBound).toBe(Math.min(coarse!.upperBound!, fine!.upperBound!));
  expect(result.grid).toMatchObject({ values: 16, scales: 16 });
  expect(result.profit).toBeGreaterThanOrEqual(coarse!.attainedObjective!);
  expect(result.reasons[0]!.what).toContain('refined up to 32 × 32');
});

test('goods are refined from 12 cells each, and types, cells and pictures are of the grid that was kept', () => {
  const uniform = { use: 'uniform', min: 1, max: 2 };
  const read = (grid: object): Study =>
    parseStudy(
      JSON.stringify({
        name: 'Goods',
        cost: { use: 'quadratic' },
        buyers: { kind: 'goods', values: [uniform, uniform], ...grid },
        solver: { tolerance: 2e-3 },
        contract: 'allocations',
      }),
      { file: 'goods.json', registry },
    );
  const study = read({});
  const solution = solveStudy(study);
  const { result } = solution;
  expect(result.refinement!.map(({ cells }) => cells)).toEqual([
    [12, 12],
    [24, 24],
  ]);
  expect(result.status).toBe('optimal');
  expect(result.goods!.cells).toEqual([24, 24]);
  expect(result.types).toHaveLength(576);
  expect(result.types[0]!.values).toEqual([1 + 1 / 48, 1 + 1 / 48]);
  const drawn = studyPictures(study, solution).find(({ name }) => name === 'task-quality')!;
  expect(Object.values(drawn.specification.datasets!).flat().length).toBeGreaterThanOrEqual(2 * 576);
  const named = solveStudy(read({ grid: [10, 10] })).result;
  expect(named.refinement).toBeUndefined();
  expect(named.grid!.cells).toEqual([10, 10]);
});
