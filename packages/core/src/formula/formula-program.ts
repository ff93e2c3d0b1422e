import type { Formula, FormulaFunction, FormulaOperator } from './formula.ts';
import { type FormulaProgram, instructionCodes } from './formula-instructions.ts';

const {
  NEGATIVE,
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  POWER,
  WHOLE_POWER,
  EXP,
  LOG,
  SQRT,
  ABS,
  MIN,
  MAX,
  COMPARE,
  CHOOSE,
  EXPM1,
  LOG1P,
} = instructionCodes;

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

/** The program of formulas of these arguments; what they have in common stands in it once. */
export const formulaProgram = (
  formulas: readonly Formula[],
  argumentNames: readonly string[],
): FormulaProgram => {
  const { constants, instructions, ...writer } = programWriter(argumentNames.length);
  const placeOf = formulaPlacement(writer, argumentNames);
  const results = formulas.map(placeOf);
  const first = argumentNames.length + constants.length;
  const at = (place: number): number => (place < 0 ? first - place - 1 : place);
  return {
    argumentCount: argumentNames.length,
    constants,
    codes: Uint8Array.from(instructions, ([code]) => code),
    operands: Int32Array.from(
      instructions.flatMap(([, ...of]) => of),
      at,
    ),
    outputs: Int32Array.from(results, at),
  };
};

/** Writes constants and instructions, each once, and answers with its place; that of an instruction is −1, −2, … until all constants before it are counted. */
interface ProgramWriter {
  constant(value: number): number;
  instruction(code: number, a: number, b?: number, c?: number, d?: number): number;
}

type Instruction = readonly [code: number, a: number, b: number, c: number, d: number];

const programWriter = (
  argumentCount: number,
): ProgramWriter & {
  readonly constants: readonly number[];
  readonly instructions: readonly Instruction[];
} => {
  const constants: number[] = [];
  const instructions: Instruction[] = [];
  const places = new Map<string, number>();
  const once = (key: string, make: () => number): number => {
    const place = places.get(key) ?? make();
    places.set(key, place);
    return place;
  };
  return {
    constants,
    instructions,
    constant: (value) =>
      once(`number ${Object.is(value, -0) ? '-0' : value}`, () => argumentCount + constants.push(value) - 1),
    instruction: (code, a, b = 0, c = 0, d = 0) =>
      once(`${code} ${a} ${b} ${c} ${d}`, () => -instructions.push([code, a, b, c, d])),
  };
};

/** Writes a formula's instructions, parts first, and answers with the place of its result. */
const formulaPlacement = (
  { constant, instruction }: ProgramWriter,
  argumentNames: readonly string[],
): ((formula: Formula) => number) => {
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
  return placeOf;
};

const isOne = (formula: Formula): boolean => formula.kind === 'number' && formula.value === 1;

const isExp = (formula: Formula): formula is Extract<Formula, { kind: 'call' }> =>
  formula.kind === 'call' && formula.function === 'exp';

/** u, of a formula 1 + u or u + 1. */
const aboveOne = (formula: Formula): Formula | undefined => {
  if (formula.kind !== 'operation' || formula.operator !== '+') return undefined;
  return isOne(formula.left) ? formula.right : isOne(formula.right) ? formula.left : undefined;
};
