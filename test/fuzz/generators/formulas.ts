import fc from 'fast-check';

const number = fc.constantFrom(
  '0',
  '1',
  '2',
  '0.5',
  '0.1',
  '3',
  '1e-9',
  '1e308',
  '1e-308',
  '1e999',
  '.5',
  '10',
);

/** Formulas of the grammar, in these names. */
const formulaTree = (names: readonly string[]): fc.Arbitrary<string> =>
  fc.letrec<{ formula: string }>((tie) => ({
    formula: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: fc.constantFrom(...names) },
      { weight: 2, arbitrary: number },
      {
        weight: 4,
        arbitrary: fc
          .tuple(tie('formula'), fc.constantFrom('+', '-', '*', '/', '^'), tie('formula'))
          .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('exp', 'log', 'sqrt', 'abs'), tie('formula'))
          .map(([name, of]) => `${name}(${of})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('min', 'max'), tie('formula'), tie('formula'))
          .map(([name, a, b]) => `${name}(${a}, ${b})`),
      },
      { weight: 1, arbitrary: tie('formula').map((of) => `-(${of})`) },
    ),
  })).formula;

/** Texts that are no formulas, or larger ones than anybody writes. */
const brokenFormula = fc.oneof(
  fc.constantFrom(
    '', '(', ')', 'q q', '1/0', 'log(0)', '0/0', 'q^^2', 'min()', 'max(q)', 'eval(1)', 'constructor', '__proto__', 'q[0]', 'q.x', 'q = 1',
    `${'('.repeat(101)}q${')'.repeat(101)}`, Array(1001).fill('q').join('+'), '-'.repeat(5000).concat('q'), 'q'.repeat(10_001),
    'exp(exp(exp(exp(q))))', 'q^q^q^q', '1e400*q', 'q/1e-320', 'sqrt(-q)', 'log(-1)', 'q\u0000', 'ｑ', '2q', '1..2', 'q,q',
  ),
  fc.string({ unit: fc.constantFrom(...'qxi0123456789+-*/^().,e ', 'exp', 'log', 'min'), maxLength: 20 }),
); // biome-ignore format: one list

/** Formulas that mean something for the use, among those that need not. */
export const formulaText = (names: readonly string[], sensible: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...sensible) },
    { weight: 3, arbitrary: formulaTree(names) },
    { weight: 1, arbitrary: brokenFormula },
  );
