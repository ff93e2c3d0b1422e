/** Files that check, prove or assemble results, and the tests that are to notice when one of them stops doing so. */
export interface Room {
  readonly files: readonly string[];
  /** Files of tests; those that take seconds are left out where others see the same. */
  readonly tests: readonly string[];
}

export const rooms: Readonly<Record<string, Room>> = {
  audit: {
    files: ['audit', 'certificate', 'free-choice'].map((name) => `packages/core/src/screening/${name}.ts`),
    tests: ['audit', 'certificate', 'free-choice'].map((name) => `test/core/screening/${name}.test.ts`),
  },
  rebate: {
    files: ['packages/core/src/finite/rebate.ts'],
    tests: ['test/core/finite/rebate.test.ts'],
  },
  assembling: {
    files: ['assemble', 'binding-constraints', 'space/finite-result'].map(
      (name) => `packages/app/src/solve/${name}.ts`,
    ),
    tests: ['assemble', 'finite-result'].map((name) => `test/app/${name}.test.ts`),
  },
  lines: {
    files: ['finite-types', 'one-dimensional', 'value-scale'].map(
      (name) => `packages/app/src/solve/line/${name}-solution.ts`,
    ),
    tests: [
      'line-answers',
      'list-answers',
      'wrong-parts',
      'objective',
      'efficient-types',
      'outside-of-lists',
      'lotteries-along-lines',
    ].map((name) => `test/app/${name}.test.ts`),
  },
  population: {
    files: ['finite-population', 'population-bound'].map((name) => `packages/app/src/solve/space/${name}.ts`),
    tests: ['wrong-parts', 'population-answers'].map((name) => `test/app/${name}.test.ts`),
  },
  finite: {
    files: ['certified-menu', 'essential-types', 'feasible-flows', 'participation', 'solve-finite'].map(
      (name) => `packages/core/src/finite/${name}.ts`,
    ),
    tests: [
      'certified-menu',
      'essential-types',
      'feasible-flows',
      'hostile-solver',
      'participation',
      'listed-chain',
      'lotteries',
      'menu-of-models',
      'solve-finite',
    ].map((name) => `test/core/finite/${name}.test.ts`),
  },
  proof: {
    files: ['verify-continuum', 'verify-listed', 'verify-proof'].map(
      (name) => `packages/verify/src/${name}.ts`,
    ),
    tests: ['claims', 'line', 'verify'].map((name) => `test/verify/${name}.test.ts`),
  },
};
