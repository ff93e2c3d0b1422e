import { InputError, numberWords } from '@menusmith/core';
import type { BuyersData } from './buyers-schema.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';
import type { ValueScaleSample } from './study.ts';

/** Buyers on a grid: values and scales, both ascending, and the mass of every pair, as mass[valueIndex][scaleIndex]. */
export const readValueScaleGrid = (
  data: BuyersData<'value-scale-grid'>,
  problems: Problems,
): ValueScaleSample | undefined => {
  const { mass } = data;
  const before = problems.count();
  const values = ascending(data.values, Number.POSITIVE_INFINITY, problems.within('values'));
  const scales = ascending(data.scales, 1, problems.within('scales'));
  const rows = problems.within('mass');
  if (mass.length !== values.length) {
    rows.add(new InputError('mass', `expected ${values.length} rows, one a value, got ${mass.length}`));
  }
  let total = 0;
  mass.forEach((row, i) => {
    if (row.length !== scales.length) {
      const message = `expected ${scales.length} numbers, one a scale, got ${row.length}`;
      rows.within(i).add(new InputError('mass', message));
    }
    row.forEach((each, j) => {
      rows.within(i, j).attempt(() => numberWithin(each, { min: 0 }));
      total += each;
    });
  });
  if (problems.count() > before) return undefined;
  if (!(total > 0 && Number.isFinite(total))) {
    rows.add(
      new InputError('masses', `expected masses with a positive finite sum, got ${numberWords(total)}`),
    );
    return undefined;
  }
  return {
    kind: 'value-scale-grid',
    scales: Float64Array.from(scales),
    types: values.flatMap((value, i) =>
      scales.map((scale, j) => ({ value, scale, mass: mass[i]![j]! / total })),
    ),
  };
};

/** The numbers, within [0, max] and ascending; complaints go to `problems`. */
const ascending = (list: readonly number[], max: number, problems: Problems): readonly number[] => {
  if (list.length === 0) problems.add(new InputError('empty', 'expected at least one number, got none'));
  return list.map((number, i) => {
    const within = problems.within(i).attempt(() => numberWithin(number, { min: 0, max }));
    const last = list[i - 1];
    if (last !== undefined && !(number > last)) {
      problems
        .within(i)
        .add(new InputError('ascending', `expected a number above ${last}, as they ascend, got ${number}`));
    }
    return within ?? number;
  });
};
