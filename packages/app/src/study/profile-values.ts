import { compileFormula, didYouMean, formulaKinks, InputError, parseFormula } from '@menusmith/core';
import { describeValue } from './describe-value.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';

/** A value profile as a study writes it: one number a task, or a function w(i) that is smooth between its breaks. */
export type WrittenProfile =
  | { readonly kind: 'list'; readonly values: readonly number[] }
  | { readonly kind: 'function'; at(i: number): number; readonly breaks: readonly number[] };

/** The values of a type, none below `least`: a list of numbers, a formula in i, blocks, or knots. */
export const readProfile = (data: unknown, least: number, problems: Problems): WrittenProfile | undefined => {
  const before = problems.count();
  const isSound = (): boolean => problems.count() === before;
  const profile = problems.attempt(() => {
    if (typeof data === 'string') return fromFormula(data);
    if (typeof data === 'number') return constant(numberWithin(data, { min: least }));
    if (!Array.isArray(data)) throw wrongForm(data);
    const [first] = data as unknown[];
    if (!isMap(first)) return { kind: 'list', values: numbersIn(data, least, problems) } as const;
    if ('at' in first) {
      const knots = partsIn(data, ['at', 'value'], least, problems);
      return isSound() ? fromKnots(knots, problems) : undefined;
    }
    const blocks = partsIn(data, ['from', 'to', 'value'], least, problems);
    return isSound() ? fromBlocks(blocks, problems) : undefined;
  });
  return isSound() ? profile : undefined;
};

const wrongForm = (data: unknown): InputError => {
  const expected =
    'expected a list of values, a formula in i, blocks as [{ from, to, value }], or knots as [{ at, value }]';
  return data === undefined || data === null
    ? new InputError('missing', `missing: ${expected}`)
    : new InputError('values', `${expected}; got ${describeValue(data)}`);
};

const constant = (value: number): WrittenProfile => ({ kind: 'function', at: () => value, breaks: [] });

const fromFormula = (text: string): WrittenProfile => {
  const formula = parseFormula(text, ['i']);
  const evaluate = compileFormula(formula, ['i']);
  return { kind: 'function', at: (i) => evaluate([i]), breaks: formulaKinks(formula, 'i') };
};

/** Piecewise linear through the knots, constant outside them. */
const fromKnots = (knots: readonly Part<'at' | 'value'>[], problems: Problems): WrittenProfile => {
  knots.forEach(({ at }, index) => {
    const before = index === 0 ? Number.NEGATIVE_INFINITY : knots[index - 1]!.at;
    if (!(at > before)) {
      const message = `expected knots in ascending order, got ${at} after ${before}`;
      problems.within(index, 'at').add(new InputError('knots', message));
    }
  });
  const at = (i: number): number => {
    const above = knots.findIndex((knot) => knot.at > i);
    if (above <= 0) return knots.at(above === 0 ? 0 : -1)!.value;
    const [low, high] = [knots[above - 1]!, knots[above]!];
    return low.value + ((i - low.at) / (high.at - low.at)) * (high.value - low.value);
  };
  return { kind: 'function', at, breaks: knots.map((knot) => knot.at) };
};

/** Constant on each block, from its start to before its end; 0 outside the blocks. */
const fromBlocks = (blocks: readonly Part<'from' | 'to' | 'value'>[], problems: Problems): WrittenProfile => {
  blocks.forEach(({ from, to }, index) => {
    const before = index === 0 ? 0 : blocks[index - 1]!.to;
    if (!(from < to)) {
      const message = `expected from < to, got from = ${from}, to = ${to}`;
      problems.within(index, 'to').add(new InputError('blocks', message));
    } else if (!(from >= before)) {
      const message = `expected blocks in ascending order that do not overlap, got ${from} after ${before}`;
      problems.within(index, 'from').add(new InputError('blocks', message));
    }
  });
  const at = (i: number): number => blocks.find(({ from, to }) => i >= from && i < to)?.value ?? 0;
  return { kind: 'function', at, breaks: blocks.flatMap(({ from, to }) => [from, to]) };
};

type Part<Field extends string> = Readonly<Record<Field, number>>;

const numbersIn = (data: readonly unknown[], least: number, problems: Problems): readonly number[] =>
  data.map((value, index) => problems.within(index).attempt(() => numberWithin(value, { min: least })) ?? 0);

/** The parts of blocks or knots: every field a number, those that are places within [0, 1]. */
const partsIn = <Field extends string>(
  data: readonly unknown[],
  fields: readonly Field[],
  least: number,
  problems: Problems,
): readonly Part<Field>[] =>
  data.map((part, index) => {
    const own = problems.within(index);
    const shape = `{ ${fields.join(', ')} }`;
    if (!isMap(part)) {
      own.add(new InputError('values', `expected ${shape}, got ${describeValue(part)}`));
      part = {};
    }
    const given = part as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(given)) {
      if ((fields as readonly string[]).includes(key)) continue;
      const message = `no such field${didYouMean(key, fields)} (known: ${fields.join(', ')})`;
      own.add(new InputError('unknown-field', message, [key]));
    }
    const read = (field: Field): number =>
      own.within(field).attempt(() => {
        if (given[field] === undefined) throw new InputError('missing', `missing: expected ${shape}`);
        return numberWithin(given[field], field === 'value' ? { min: least } : { min: 0, max: 1 });
      }) ?? Number.NaN;
    return Object.fromEntries(fields.map((field) => [field, read(field)])) as Part<Field>;
  });

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
