import {
  type CostFunctionEntry,
  convexCostSupply,
  costForm,
  type EfficientSupply,
  type Formula,
  formulaCost,
  InputError,
  isFormulaName,
  namesIn,
  nearForm,
  parseFormula,
  substitute,
} from '@menusmith/core';
import { costByTask } from './by-task.ts';

/**
 * The cost of a task's quality by a formula in q, or one a task; in i, the task's place in [0, 1], where costs change from task to task.
 *
 * The formula is differentiated symbolically and must be convex with C(0) = 0. Supply solves C′(q) = φ from C′(0) on.
 */
export const expressionCost: CostFunctionEntry = {
  name: 'expression',
  doc: 'A convex cost of a task’s quality q by a formula, summed over the tasks with their weights.',
  parameters: {
    formula: {
      kind: 'text',
      doc: 'cost of a task’s quality, as in 0.2*q + q^2/2, or a list of one a task; i is the place of the task in [0, 1]',
      perTask: true,
    },
    max: {
      kind: 'number',
      doc: 'the most quality a task can have, or a list of one a task; without it there is no end',
      optional: true,
      above: 0,
      perTask: true,
    },
    parameters: { kind: 'by-name', doc: 'numbers that the formula calls by name', default: {} },
  },
  examples: [
    { formula: '0.2*q + q^2/2' },
    { formula: 'a*q + q^1.5', max: 4, parameters: { a: 0.1 } },
    { formula: 'exp(q) - 1 + max(0, q - 0.5)^2' },
    { formula: 'max(0.3*q, q - 0.5)', max: 2 },
    { formula: ['q^2/2', '0.1*q + q^2'], max: [1, 5] },
    { formula: '(1 + i)*q^2/2' },
  ],
  create({ formula, max, parameters = {} }) {
    const names = Object.keys(parameters);
    const odd = names.find((name) => !isFormulaName(name) || name === 'q' || name === 'i');
    if (odd !== undefined) {
      const message = `expression: expected a name of letters, digits and _ other than q and i, got "${odd}"`;
      throw new InputError('parameter-name', message, ['parameters', odd]);
    }
    const texts: readonly string[] = Array.isArray(formula) ? formula : [formula];
    const parsed = texts.map((text, m): Formula => {
      const field = Array.isArray(formula) ? ['formula', m] : ['formula'];
      return at(field, () => substitute(parseFormula(text, ['q', 'i', ...names]), parameters));
    });
    const differs = parsed.some((own) => namesIn(own).has('i'));
    const given = Array.isArray(formula)
      ? parsed.map((own, m) => ({ own, m }))
      : { own: parsed[0]!, m: undefined };
    return costByTask<{ formula: { own: Formula; m: number | undefined }; max: number }>(
      { formula: given, max: max ?? Number.POSITIVE_INFINITY },
      ({ formula: { own, m }, max: most }, i) =>
        at(m === undefined ? ['formula'] : ['formula', m], () => costOf(substitute(own, { i }), most)),
      { differs },
    );
  },
};

const costOf = (formula: Formula, max: number): EfficientSupply => {
  const cost = formulaCost(formula, max);
  const supply = convexCostSupply(cost);
  const form = costForm(cost);
  return { ...supply, ...(form ? { form } : { nearForm: () => nearForm(cost) }) };
};

const at = <T>(field: readonly (string | number)[], make: () => T): T => {
  try {
    return make();
  } catch (error) {
    throw error instanceof InputError ? field.reduceRight((inner, name) => inner.within(name), error) : error;
  }
};
