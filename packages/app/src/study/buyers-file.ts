import { didYouMean, InputError } from '@menusmith/core';
import { columnIndex, columnNumbers, complaint } from './csv-table.ts';
import { numberWithin } from './number-bounds.ts';
import type { References } from './parameters.ts';
import type { Problems } from './problems.ts';
import type { ValueScaleSample } from './study.ts';
import type { BuyersFileData } from './study-schema.ts';

const sampleColumns = ['value', 'scale', 'mass'] as const;
const known = [...sampleColumns, 'name'];

/** Buyers in a CSV beside the study: columns value, scale, mass, and if wanted name. */
export const readBuyersFile = (
  { file }: BuyersFileData,
  references: References,
  problems: Problems,
): ValueScaleSample | undefined =>
  problems.within('file').attempt(() => {
    const table = references.table(file);
    const isSample = table.columns.includes('value') || table.columns.includes('scale');
    if (!isSample && table.columns.includes('mass')) {
      throw new InputError('unsupported', `${file}: a file with one column a task is not supported yet`);
    }
    for (const column of sampleColumns) columnIndex(table, column);
    const unknown = table.columns.find((column) => !known.includes(column));
    if (unknown !== undefined) {
      const message = `no such column${didYouMean(unknown, known)} (known: ${known.join(', ')})`;
      throw complaint(file, undefined, `${unknown}: ${message}`);
    }
    const value = columnNumbers(table, 'value', (number) => numberWithin(number, { min: 0 }));
    const scale = columnNumbers(table, 'scale', (number) => numberWithin(number, { min: 0, max: 1 }));
    const mass = columnNumbers(table, 'mass', (number) => numberWithin(number, { min: 0 }));
    const total = mass.reduce((sum, each) => sum + each, 0);
    if (!(total > 0 && Number.isFinite(total))) {
      throw complaint(file, undefined, `expected masses with a positive finite sum, got ${total}`);
    }
    const nameAt = table.columns.indexOf('name');
    const names = new Set<string>();
    return {
      kind: 'file',
      types: table.rows.map(({ line, cells }, n) => {
        const name = nameAt < 0 ? '' : cells[nameAt]!;
        if (name !== '' && names.has(name)) {
          throw complaint(file, line, `name: expected a name of its own, got a second "${name}"`);
        }
        names.add(name);
        return {
          ...(name === '' ? {} : { name }),
          value: value[n]!,
          scale: scale[n]!,
          mass: mass[n]! / total,
        };
      }),
    };
  });
