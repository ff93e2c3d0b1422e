import {
  compileFormula,
  compileFormulas,
  countFormulaStepsAnew,
  derivative,
  type Formula,
  type FormulaOperator,
  formulaFunctions,
  formulaKinks,
  formulaText,
  InputError,
  namesIn,
  parseFormula,
  partsOf,
  substitute,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, it, test, vi } from 'vitest';

const names = ['x', 'y', 'fineTuning', 'i'];
const parse = (text: string): Formula => parseFormula(text, names);
const at = (text: string, values: Readonly<Record<string, number>> = {}): number =>
  compileFormula(parse(text), Object.keys(values))(Object.values(values));

/** The message that refuses the text; the test fails where it is accepted. */
const complaint = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InputError && ['formula', 'limit'].includes(error.code)) return error.message;
    throw error;
  }
  throw new Error('the formula was accepted');
};

/** The meaning of a formula, as plainly as it can be written. */
const naive = (formula: Formula, values: Readonly<Record<string, number>>): number => {
  const value = (part: Formula): number => naive(part, values);
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return values[formula.name]!;
    case 'negative':
      return -value(formula.of);
    case 'operation': {
      const [a, b] = [value(formula.left), value(formula.right)];
      return { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '^': a ** b }[formula.operator];
    }
    case 'call':
      return Math[formula.function](...(formula.of.map(value) as [number]));
    case 'compare': {
      const [a, b] = [value(formula.left), value(formula.right)];
      return a < b
        ? value(formula.less)
        : a > b
          ? value(formula.greater)
          : a === b
            ? value(formula.equal)
            : Number.NaN;
    }
  }
};

const constants = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((value): Formula => ({ kind: 'number', value })),
  fc
    .constantFrom(0.25, 0.5, 1.5, 1e-3, 2.5e-7, 1e21, 0.1 + 0.2)
    .map((value): Formula => ({ kind: 'number', value })),
);
const variables = fc.constantFrom('x', 'y', 'i').map((name): Formula => ({ kind: 'name', name }));
const operators: readonly FormulaOperator[] = ['+', '-', '*', '/', '^'];
const { formula: formulas } = fc.letrec<{ formula: Formula; leaf: Formula; branch: Formula }>((tie) => ({
  formula: fc.oneof({ maxDepth: 5, withCrossShrink: true }, tie('leaf'), tie('branch')),
  leaf: fc.oneof(constants, variables),
  branch: fc.oneof(
    fc
      .tuple(fc.constantFrom(...operators), tie('formula'), tie('formula'))
      .map(([operator, left, right]): Formula => ({ kind: 'operation', operator, left, right })),
    // A sign before a number is the number's own.
    tie('formula').map(
      (of): Formula =>
        of.kind === 'number' ? { kind: 'number', value: -of.value } : { kind: 'negative', of },
    ),
    fc
      .tuple(fc.constantFrom('exp', 'log', 'sqrt', 'abs'), tie('formula'))
      .map(([name, of]): Formula => ({ kind: 'call', function: name as 'exp', of: [of] })),
    fc
      .tuple(fc.constantFrom('min', 'max'), fc.array(tie('formula'), { minLength: 2, maxLength: 4 }))
      .map(([name, of]): Formula => ({ kind: 'call', function: name as 'min', of })),
  ),
}));

describe('a formula', () => {
  it.each([
    ['2 + 3 * 4', 14],
    ['2 - 3 - 4', -5],
    ['2 / 4 / 5', 0.1],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['(-2)^2', 4],
    ['2^-1', 0.5],
    ['2 * -3', -6],
    ['2 --3', 5],
    ['+.5', 0.5],
    ['1e-3 + 2E+3 + 5.', 2005.001],
    ['−2 − 3', -5],
    ['max(1, 2, min(7, 3))', 3],
    ['exp(log(5)) + sqrt(16) + abs(-2)', 11],
    ['(((1)))', 1],
    ['1 +\n  2', 3],
  ])('%s is %d', (text, value) => {
    expect(at(text)).toBeCloseTo(value, 12);
  });

  it('may have names of any script, and names that are also functions', () => {
    const formula = parseFormula('größe * max(max, 2) + β_1', ['größe', 'max', 'β_1']);
    expect([...namesIn(formula)]).toEqual(['größe', 'max', 'β_1']);
    expect(compileFormula(formula, ['größe', 'max', 'β_1'])([2, 5, 1])).toBe(11);
  });

  it('written as text parses to the same formula', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        expect(parse(formulaText(formula))).toEqual(formula);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('is written with no more parentheses than it needs', () => {
    for (const text of ['x^y^2', '(x^y)^2', '-x^2', '(-x)^2', 'x - (y - 1)', '(x + y) * -i', 'x / (y * i)'])
      expect(formulaText(parse(text))).toBe(text);
    expect(formulaText(parse('((x) + (y)) + (((exp((x)))))'))).toBe('x + y + exp(x)');
  });
});

describe('a text that is no formula is refused with its column', () => {
  it.each([
    ['', 'column 1: expected a number, a name, a function or "(", got the end'],
    ['x + ', 'column 4: expected a number, a name, a function or "(", got the end'],
    ['x + * y', 'column 5: expected a number, a name, a function or "(", got "*"'],
    ['x ** 2', 'column 4: expected a number, a name, a function or "(", got "*"; a power is written ^'],
    [
      'fineTunning^2',
      'column 1: no name "fineTunning"; did you mean fineTuning? (names: x, y, fineTuning, i)',
    ],
    ['xyz', 'column 1: no name "xyz" (names: x, y, fineTuning, i)'],
    [
      'sqr(x)',
      'column 1: no function called "sqr"; did you mean sqrt? (known: exp, log, sqrt, min, max, abs)',
    ],
    ['x(1 + y)', 'column 1: x is not a function; a product is written with *'],
    ['log * x', 'column 1: expected "(" after the function log'],
    [
      'exp(-3i)',
      'column 7: expected an operator (+ - * / ^), "," or ")", got "i"; a product is written with *',
    ],
    ['2 x', 'column 3: expected an operator (+ - * / ^) or the end, got "x"; a product is written with *'],
    ['(x', 'column 3: expected an operator (+ - * / ^) or ")", got the end'],
    ['x)', 'column 2: expected an operator (+ - * / ^) or the end, got ")"'],
    ['x < y', 'column 3: expected an operator (+ - * / ^) or the end, got "<"; formulas do not compare'],
    ['x = 1', 'column 3: expected an operator (+ - * / ^) or the end, got "="; formulas do not compare'],
    ['x => x', 'column 3: expected an operator (+ - * / ^) or the end, got "="; formulas do not compare'],
    ['log(x, y)', 'column 1: expected one argument of log, got 2'],
    ['min(x)', 'column 1: expected two or more arguments of min, got 1'],
    ['exp()', 'column 5: expected a number, a name, a function or "(", got ")"'],
    ['1e999', 'column 1: expected a finite number, got "1e999"'],
    ['1.2.3', 'column 4: expected an operator (+ - * / ^) or the end, got ".3"; a product is written with *'],
    ['0x10', 'column 2: expected an operator (+ - * / ^) or the end, got "x10"; a product is written with *'],
    ['x.constructor', 'column 2: expected an operator (+ - * / ^) or the end, got "."'],
    ['x[0]', 'column 2: expected an operator (+ - * / ^) or the end, got "["'],
    ['"x"', 'column 1: expected a number, a name, a function or "(", got """'],
    ['`x`', 'column 1: expected a number, a name, a function or "(", got "`"'],
    ['x; y', 'column 2: expected an operator (+ - * / ^) or the end, got ";"'],
    ['x\u200b', 'column 2: expected an operator (+ - * / ^) or the end, got the character U+200B'],
    [
      'x +\n 2 \u202e',
      'line 2, column 4: expected an operator (+ - * / ^) or the end, got the character U+202E',
    ],
    ['х', 'column 1: no name "х"; did you mean x? (names: x, y, fineTuning, i)'], // Cyrillic
    ['𝑥𝑥 𝑥', 'column 1: no name "𝑥𝑥" (names: x, y, fineTuning, i)'],
    ['(𝟏 + 1', 'column 2: expected a number, a name, a function or "(", got "𝟏"'],
    ['constructor', 'column 1: no name "constructor" (names: x, y, fineTuning, i)'],
    ['__proto__', 'column 1: expected a number, a name, a function or "(", got "_"'],
    ['toString(1)', 'column 1: no function called "toString" (known: exp, log, sqrt, min, max, abs)'],
  ])('%j', (text, message) => {
    expect(complaint(text)).toBe(message);
  });

  it('however long or deep it is, at once', () => {
    const refused = (text: string, message: string): void => {
      const started = performance.now();
      expect(complaint(text)).toContain(message);
      // A thousand times what it takes; recursion without limit, or quadratic time, would not come near.
      expect(performance.now() - started).toBeLessThan(200);
    };
    refused('x+'.repeat(2_000_000), 'expected at most 10000 characters of a formula, got 4000000');
    refused('('.repeat(100_000), 'at most 10000 characters');
    refused('('.repeat(10_000), 'column 101: expected at most 100 levels of nesting');
    refused('-'.repeat(10_000), 'column 101: expected at most 100 levels of nesting');
    refused('2^'.repeat(5_000), 'expected at most 100 levels of nesting');
    refused('abs('.repeat(2_500), 'expected at most 100 levels of nesting');
    refused(`x${'+x'.repeat(4_999)}`, 'column 2002: expected at most 1000 terms or factors in a row');
    refused('x'.repeat(10_000), 'no name "xxx');
    refused(`${'9'.repeat(9_999)}`, 'expected a finite number');
    refused(' '.repeat(10_000), 'got the end');
    refused(`min(${'x,'.repeat(4_990)}`, 'column 9985: expected a number');
  });

  it('and no other text does anything but parse or be refused', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'xyi019.e+-*/^(), ', 'log', 'min', '−') }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 3000, seed: 2 },
    );
  });
});

const point = { x: 0.7, y: 1.9, i: 0.35 };
const points = fc.record({
  x: fc.double({ min: 0.2, max: 3, noNaN: true }),
  y: fc.double({ min: 0.2, max: 3, noNaN: true }),
  i: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('a compiled formula', () => {
  test('is what the formula says', () => {
    fc.assert(
      fc.property(formulas, points, (formula, values) => {
        const expected = naive(formula, values);
        // A power is off by |c·log u| roundings, and what is made of it by more: a loose bound, and differences of large numbers left out.
        fc.pre(Math.abs(expected) < 1e12 && !/e[+]?\d\d|[-]/.test(formulaText(formula)));
        const got = compileFormula(formula, Object.keys(values))(Object.values(values));
        if (Number.isNaN(expected)) expect(got).toBeNaN();
        else expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-300);
      }),
      { numRuns: 3000, seed: 3 },
    );
  });

  test.each([
    ['x^2', -3, 9],
    ['x^3', -3, -27],
    ['x^-2', -4, 1 / 16],
    ['x^7', 3, 2187],
    ['x^0.25', 0, 0],
    ['x^-0.25', 0, Number.POSITIVE_INFINITY],
    ['x^0.5', 0, 0],
    ['x^0.25', -1, Number.NaN],
    ['x^0', 0, 1],
    ['x^65', -1, -1],
    ['x^x', -2, 0.25],
    ['x^1.5', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('%s at %d is %d', (text, x, value) => {
    expect(at(text, { x })).toBe(value);
  });

  test.each([1e-150, 1e-20, 0.3, 1, 7, 1e20, 1e150])(
    'a power at %d is exp(c·log u): off by |c·log u| roundings',
    (x) => {
      const allowed = (1 + Math.abs(0.35 * Math.log(x))) * 2 ** -52;
      expect(Math.abs(at('x^0.35', { x }) / x ** 0.35 - 1)).toBeLessThanOrEqual(allowed);
    },
  );

  test.each([
    ['log(1 + x)', 1e-20],
    ['log(x + 1)', 1e-20],
    ['exp(x) - 1', 1e-20],
    ['1 - exp(-x)', 1e-20],
  ])('%s loses nothing where x is small', (text, x) => {
    expect(at(text, { x })).toBe(x);
    expect(at(text, { x: 0.7 })).toBeCloseTo(naive(parse(text), { x: 0.7 }), 15);
  });

  test('computes once what formulas have in common', () => {
    const log = vi.spyOn(Math, 'log');
    const formula = parse('x^0.3 * y + sqrt(x^0.3 * y)');
    const evaluate = compileFormulas(
      [formula, derivative(formula, 'x'), derivative(formula, 'y')],
      ['x', 'y'],
    );
    log.mockClear();
    const out = new Float64Array(3);
    expect(evaluate([0.5, 2], out)).toBe(out[0]);
    expect(log).toHaveBeenCalledTimes(1);
    log.mockRestore();
    expect(out[2]).toBeCloseTo(0.5 ** 0.3 + Math.sqrt(0.5 ** 0.3 / 2) / 2, 14);
  });

  test('of 10,000 characters, with its derivative, takes operations in proportion to its length', () => {
    // A product of 900 factors: written out, the derivative would have 900² of them.
    const formula = parse(Array(900).fill('(x + y)').join('*'));
    const slope = derivative(formula, 'x');
    const visited = new Set<unknown>();
    const visit = (part: unknown): void => {
      if (typeof part !== 'object' || part === null || visited.has(part)) return;
      visited.add(part);
      Object.values(part).forEach(visit);
    };
    visit(slope);
    expect(visited.size).toBeLessThan(10_000);
    expect(compileFormula(slope, ['x', 'y'])([0.5, 0.5])).toBeCloseTo(900, 9);
  });
});

/** Whether a power somewhere in it has an exponent that varies and a base below 0. */
const hasOddPower = (formula: Formula, values: Readonly<Record<string, number>>): boolean =>
  (formula.kind === 'operation' &&
    formula.operator === '^' &&
    namesIn(formula.right).size > 0 &&
    !(naive(formula.left, values) >= 0)) ||
  partsOf(formula).some((part) => hasOddPower(part, values));

describe('the derivative', () => {
  test('agrees with central differences', () => {
    let compared = 0;
    fc.assert(
      fc.property(formulas, points, (formula, values) => {
        const f = (x: number): number => naive(formula, { ...values, x });
        const { x } = values;
        const difference = (h: number): number => (f(x + h) - f(x - h)) / (2 * h);
        const [coarse, fine] = [difference(2e-4), difference(1e-4)];
        const numeric = (4 * fine - coarse) / 3;
        // Only where the differences themselves agree, and are not rounding, do they say anything.
        fc.pre(Math.abs(fine - coarse) <= 1e-5 * Math.abs(fine) && Math.abs(f(x)) < 1e6 * Math.abs(fine));
        fc.pre(!hasOddPower(formula, values));
        compared++;
        const exact = compileFormula(derivative(formula, 'x'), Object.keys(values))(Object.values(values));
        expect(Math.abs(exact - numeric)).toBeLessThanOrEqual(1e-5 * (Math.abs(numeric) + Math.abs(f(x))));
      }),
      { numRuns: 3000, seed: 4, maxSkipsPerRun: 1000 },
    );
    expect(compared).toBeGreaterThan(2500);
  });

  test.each([
    ['x^2', 'x', '2 * x'],
    ['x^0.25', 'x', '0.25 * x^-0.75'],
    ['3 * x + y', 'x', '3'],
    ['exp(2 * x)', 'x', 'exp(2 * x) * 2'],
    ['log(1 + x)', 'x', '1 / (1 + x)'],
    ['sqrt(y) - x / y', 'x', '-(1 / y)'],
    ['2^x', 'x', '2^x * 0.6931471805599453'],
    ['y^2 + 5', 'x', '0'],
  ])('of %s by %s is %s', (text, name, slope) => {
    expect(formulaText(derivative(parse(text), name))).toBe(slope);
  });

  test.each([
    ['abs(x)', 0, 1],
    ['-abs(x)', 0, -1],
    ['max(x, 2 * x)', 0, 2],
    ['min(x, 2 * x, 3 * x)', 0, 1],
    ['max(1, x)', 1, 1],
    ['min(1, x)', 1, 0],
    ['min(x, y)', 1.9, 0],
    ['max(1 - x, 0)', 1, 0],
    ['max(3 * x, x^2, x)', 3, 6],
    ['max(log(x), 0)', 0.5, 0],
    ['x^(1 + x)', 0, 1],
    ['x^0.5', 0, Number.POSITIVE_INFINITY],
    ['sqrt(x)', 0, Number.POSITIVE_INFINITY],
  ])('of %s at x = %d is that from the right, %d', (text, x, slope) => {
    const found = compileFormula(derivative(parse(text), 'x'), ['x', 'y', 'i'])([x, point.y, point.i]);
    expect(found).toBeCloseTo(slope, 14);
  });
});

test('numbers in place of names leave a simpler formula of the same value', () => {
  expect(formulaText(substitute(parse('x^y * (1 + 0 * i) + (y - 2) * i'), { y: 2 }))).toBe('x^2');
  fc.assert(
    fc.property(formulas, points, (formula, values) => {
      const expected = naive(formula, values);
      fc.pre(Number.isFinite(expected));
      const got = naive(substitute(formula, { y: values.y, i: values.i }), values);
      // Left out factors of 0 may have stood beside ∞ or NaN, but then the value was not finite.
      expect(got).toBeCloseTo(expected, 9);
    }),
    { numRuns: 2000, seed: 5 },
  );
});

test('every function is there to call', () => {
  for (const name of formulaFunctions) {
    const text = name === 'min' || name === 'max' ? `${name}(x, y)` : `${name}(x)`;
    expect(at(text, { x: point.x, y: point.y })).toBe(
      Math[name](...([point.x, point.y] as unknown as [number])),
    );
  }
});

describe('the work of a formula', () => {
  test('is counted in operations, and has an end that names the formula', () => {
    const product = parseFormula(Array.from({ length: 300 }, (_, k) => `(x + ${k})`).join(' * '), ['x']);
    const run = compileFormulas([product, derivative(product, 'x')], ['x'], 1e5);
    const out = new Float64Array(2);
    let count = 0;
    expect(() => {
      for (; ; count++) run([0.5], out);
    }).toThrow(
      /^expected at most 100000 steps of a formula in one solve, got more, of \(x \+ 0\) \* .*…; a shorter formula/,
    );
    // A product of n factors and its derivative take 4 n operations: one sum and one product a factor, and two products and a sum less for the first.
    expect(count).toBe(Math.floor(1e5 / (4 * 300 - 4)));
  });

  test('has that end anew in every solve, as formulas are kept from one to the next', () => {
    const run = compileFormulas([parseFormula('x + 1', ['x'])], ['x'], 2);
    const out = new Float64Array(1);
    for (let solve = 0; solve < 3; solve++) {
      countFormulaStepsAnew();
      for (let step = 0; step < 2; step++) run([1], out);
      expect(() => run([1], out)).toThrow('expected at most 2 steps of a formula in one solve');
    }
  });
});

describe('kinks of the largest of many', () => {
  const kinks = (text: string): readonly number[] => formulaKinks(parseFormula(text, ['q']), 'q');

  it('are where it becomes another one, also twice between two places', () => {
    const c = 1 / 512;
    const found = kinks(`max(-q, q - ${2 * c}, ${-c / 2})`);
    expect(found).toHaveLength(2);
    expect(found[0]).toBeCloseTo(c / 2, 14);
    expect(found[1]).toBeCloseTo(1.5 * c, 14);
    // −q and q − 2c cross below the third one, which is no kink.
    expect(kinks(`min(q, ${2 * c} - q, ${c / 2})`)).toEqual(found);
  });

  it('are those of the tangents of a parabola, half between the points where these touch', () => {
    const touched = Array.from({ length: 9 }, (_, k) => (k + 1) / 10);
    const found = kinks(`max(${touched.map((t) => `${2 * t} * q - ${t * t}`).join(', ')})`);
    expect(found).toHaveLength(8);
    for (const [k, at] of found.entries()) expect(at).toBeCloseTo((k + 1.5) / 10, 12);
  });

  it('are none where all are the same, of as many as a row may have', () => {
    expect(kinks(`max(${Array.from({ length: 1000 }, () => 'q').join(', ')})`)).toEqual([]);
    expect(kinks('abs(0 * q)')).toEqual([]);
  });
});
