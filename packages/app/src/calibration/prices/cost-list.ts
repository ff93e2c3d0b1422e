import { complaint } from '../../study/csv-table.ts';
import { longTable } from './long-table.ts';

/** What a million tokens cost the seller. */
export interface CostList {
  readonly file: string;
  /** undefined where the list has none. */
  cost(model: string, input: string): number | undefined;
  readonly notes: readonly string[];
}

/** A CSV with columns model, input and cost; without a column model, costs are those of every model. */
export const costList = (text: string, file: string): CostList => {
  const { rows, notes } = longTable(text, file, {
    columns: ['model', 'input', 'cost'],
    optional: ['model'],
  });
  const costs = new Map<string, number>();
  for (const { line, model, input, amount } of rows) {
    const cost = amount('cost');
    if (!(cost > 0)) throw complaint(file, line, `cost: expected a number above 0, got ${cost}`);
    const key = JSON.stringify([model, input]);
    const of = model === '' ? '' : ` of ${model}`;
    if (costs.has(key)) throw complaint(file, line, `expected one cost for ${input}${of}, got a second`);
    costs.set(key, cost);
  }
  return {
    file,
    cost: (model, input) =>
      costs.get(JSON.stringify([model, input])) ?? costs.get(JSON.stringify(['', input])),
    notes,
  };
};
