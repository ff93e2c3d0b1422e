import type { Formula, FormulaFunction, FormulaOperator } from './formula.ts';

/** Evaluates formulas at the arguments' values, writes one result for each into `out`, and returns the first. */
export type CompiledFormulas = (values: ArrayLike<number>, out: Float64Array) => number;

const [NEGATIVE, ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, WHOLE_POWER] = [0, 1, 2, 3, 4, 5, 6] as const;
const [EXP, LOG, SQRT, ABS, MIN, MAX, COMPARE, CHOOSE] = [7, 8, 9, 10, 11, 12, 13, 14] as const;
const [EXPM1, LOG1P] = [15, 16] as const;

const operatorCodes: Readonly<Record<FormulaOperator, number>> = {
  '+': ADD,
  '-': SUBTRACT,
  '*': MULTIPLY,
  '/': DIVIDE,
  '^': POWER,
};
const functionCodes: Readonly<Record<FormulaFunction, number>> = {
  exp: EXP,
  log: LOG,
  sqrt: SQRT,
  abs: ABS,
  min: MIN,
  max: MAX,
};

/** Whole powers up to this are products. */
const MOST_FACTORS = 64;

/**
 * Formulas made ready to be evaluated many times, at arguments in this order. What they have in common is computed once.
 *
 * A constant power is a product where it is whole, a square root where it is ½, and otherwise exp(c·log u), with 0^c = 0 and
 * NaN at u < 0; its relative error is then about |c·log u| roundings. log(1 + u) and exp(u) − 1 lose nothing where u is small.
 * Nothing is evaluated as code.
 */
export const compileFormulas = (
  formulas: readonly Formula[],
  argumentNames: readonly string[],
): CompiledFormulas => {
  // Places hold the arguments, then constants, then the result of each instruction.
  const constants: number[] = [];
  const instructions: (readonly [code: number, a: number, b: number, c: number, d: number])[] = [];
  const places = new Map<string, number>();
  const constantsFrom = argumentNames.length;

  /** An instruction's place is −1, −2, … until all constants before it are counted. */
  const once = (key: string, make: () => number): number => {
    const place = places.get(key) ?? make();
    places.set(key, place);
    return place;
  };
  const constant = (value: number): number =>
    once(`number ${Object.is(value, -0) ? '-0' : value}`, () => constantsFrom + constants.push(value) - 1);
  const instruction = (code: number, a: number, b = 0, c = 0, d = 0): number =>
    once(`${code} ${a} ${b} ${c} ${d}`, () => -instructions.push([code, a, b, c, d]));

  const known = new Map<Formula, number>();
  const placeOf = (formula: Formula): number => {
    let place = known.get(formula);
    if (place === undefined) {
      place = placed(formula);
      known.set(formula, place);
    }
    return place;
  };
  const placed = (formula: Formula): number => {
    switch (formula.kind) {
      case 'number':
        return constant(formula.value);
      case 'name': {
        const argument = argumentNames.indexOf(formula.name);
        if (argument < 0) throw new Error(`formula: no value for the name ${formula.name}`);
        return argument;
      }
      case 'negative':
        return instruction(NEGATIVE, placeOf(formula.of));
      case 'operation': {
        const growth = growthOf(formula);
        if (growth !== undefined) return growth;
        const left = placeOf(formula.left);
        if (formula.operator === '^' && formula.right.kind === 'number') {
          return constantPower(left, formula.right.value);
        }
        return instruction(operatorCodes[formula.operator], left, placeOf(formula.right));
      }
      case 'call': {
        const code = functionCodes[formula.function];
        const above = code === LOG ? aboveOne(formula.of[0]!) : undefined;
        if (above !== undefined) return instruction(LOG1P, placeOf(above));
        const [first, ...rest] = formula.of.map(placeOf) as [number, ...number[]];
        if (code !== MIN && code !== MAX) return instruction(code, first);
        return rest.reduce((extreme, next) => instruction(code, extreme, next), first);
      }
      case 'compare': {
        const order = instruction(COMPARE, placeOf(formula.left), placeOf(formula.right));
        const [less, equal] = [placeOf(formula.less), placeOf(formula.equal)];
        return instruction(CHOOSE, order, less, equal, placeOf(formula.greater));
      }
    }
  };
  /** exp(u) − 1, or 1 − exp(u). */
  const growthOf = ({
    operator,
    left,
    right,
  }: Extract<Formula, { kind: 'operation' }>): number | undefined => {
    if (operator !== '-') return undefined;
    if (isOne(right) && isExp(left)) return instruction(EXPM1, placeOf(left.of[0]!));
    if (isOne(left) && isExp(right)) return instruction(NEGATIVE, instruction(EXPM1, placeOf(right.of[0]!)));
    return undefined;
  };
  const constantPower = (base: number, exponent: number): number => {
    if (exponent === 0.5) return instruction(SQRT, base);
    if (!Number.isInteger(exponent)) {
      return instruction(EXP, instruction(MULTIPLY, constant(exponent), instruction(LOG, base)));
    }
    if (Math.abs(exponent) <= MOST_FACTORS) return instruction(WHOLE_POWER, base, constant(exponent));
    return instruction(POWER, base, constant(exponent));
  };

  const results = formulas.map(placeOf);
  const count = instructions.length;
  const first = constantsFrom + constants.length;
  const at = (place: number): number => (place < 0 ? first - place - 1 : place);
  const codes = Uint8Array.from(instructions, ([code]) => code);
  const operands = Int32Array.from(
    instructions.flatMap(([, ...of]) => of),
    at,
  );
  const outputs = Int32Array.from(results, at);
  const memory = new Float64Array(first + count);
  memory.set(constants, constantsFrom);

  return (values, out) => {
    for (let k = 0; k < constantsFrom; k++) memory[k] = values[k]!;
    for (let n = 0; n < count; n++) {
      const a = memory[operands[4 * n]!]!;
      const b = memory[operands[4 * n + 1]!]!;
      let result: number;
      switch (codes[n]) {
        case NEGATIVE:
          result = -a;
          break;
        case ADD:
          result = a + b;
          break;
        case SUBTRACT:
          result = a - b;
          break;
        case MULTIPLY:
          result = a * b;
          break;
        case DIVIDE:
          result = a / b;
          break;
        case POWER:
          result = a ** b;
          break;
        case WHOLE_POWER:
          result = wholePower(a, b);
          break;
        case EXP:
          result = Math.exp(a);
          break;
        case LOG:
          result = Math.log(a);
          break;
        case EXPM1:
          result = Math.expm1(a);
          break;
        case LOG1P:
          result = Math.log1p(a);
          break;
        case SQRT:
          result = Math.sqrt(a);
          break;
        case ABS:
          result = Math.abs(a);
          break;
        case MIN:
          result = Math.min(a, b);
          break;
        case MAX:
          result = Math.max(a, b);
          break;
        case COMPARE:
          result = a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
          break;
        default: {
          const [equal, greater] = [operands[4 * n + 2]!, operands[4 * n + 3]!];
          result = a < 0 ? b : a === 0 ? memory[equal]! : a > 0 ? memory[greater]! : Number.NaN;
        }
      }
      memory[first + n] = result;
    }
    for (let k = 0; k < outputs.length; k++) out[k] = memory[outputs[k]!]!;
    return memory[outputs[0]!]!;
  };
};

/** One formula, ready to be evaluated; see `compileFormulas`. */
export const compileFormula = (
  formula: Formula,
  argumentNames: readonly string[],
): ((values: ArrayLike<number>) => number) => {
  const evaluate = compileFormulas([formula], argumentNames);
  const out = new Float64Array(1);
  return (values) => evaluate(values, out);
};

const isOne = (formula: Formula): boolean => formula.kind === 'number' && formula.value === 1;

const isExp = (formula: Formula): formula is Extract<Formula, { kind: 'call' }> =>
  formula.kind === 'call' && formula.function === 'exp';

/** u, of a formula 1 + u or u + 1. */
const aboveOne = (formula: Formula): Formula | undefined => {
  if (formula.kind !== 'operation' || formula.operator !== '+') return undefined;
  return isOne(formula.left) ? formula.right : isOne(formula.right) ? formula.left : undefined;
};

/** uⁿ for whole n, by squaring. */
const wholePower = (base: number, exponent: number): number => {
  let result = 1;
  let square = base;
  for (let rest = Math.abs(exponent); rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) result *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
};
