/** Formulas as instructions. Places hold the arguments, then constants, then the result of each instruction. */
export interface FormulaProgram {
  readonly argumentCount: number;
  readonly constants: readonly number[];
  readonly codes: Uint8Array;
  /** The places of four operands an instruction. */
  readonly operands: Int32Array;
  /** The places of the formulas' results. */
  readonly outputs: Int32Array;
}

// Not exported themselves: the loop that reads them would look them up at every instruction.
/** What an instruction does with its operands a, b, c and d. */
const [NEGATIVE, ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, WHOLE_POWER] = [0, 1, 2, 3, 4, 5, 6] as const;
const [EXP, LOG, SQRT, ABS, MIN, MAX, COMPARE, CHOOSE] = [7, 8, 9, 10, 11, 12, 13, 14] as const;
const [EXPM1, LOG1P] = [15, 16] as const;

/** The codes of instructions, by what they do with their operands. */
export const instructionCodes = {
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
} as const;

/** Runs a program at the arguments' values: writes one result for each formula into `out`, and returns the first. */
export const programRunner = ({
  argumentCount,
  constants,
  codes,
  operands,
  outputs,
}: FormulaProgram): ((values: ArrayLike<number>, out: Float64Array) => number) => {
  const count = codes.length;
  const first = argumentCount + constants.length;
  const memory = new Float64Array(first + count);
  memory.set(constants, argumentCount);

  return (values, out) => {
    for (let k = 0; k < argumentCount; k++) memory[k] = values[k]!;
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
