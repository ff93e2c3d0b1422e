import type { GivenContent } from '../provenance/provenance.ts';
import { readCommentedCsv } from '../study/files-beside.ts';
import type { Buyers } from '../study/study.ts';
import { type AskedBuyer, askedBuyers, buyersInTable } from './asked-buyers.ts';

/** The buyers that the text of `--at` asks for: `value=0.8,scale=0.5`, ranges, or the name of a CSV file, which ends in .csv, and what was read. Throws InputError. */
export const readAskedBuyers = (
  text: string,
  buyers: Buyers,
): { readonly asked: readonly AskedBuyer[]; readonly read: readonly GivenContent[] } => {
  if (!/\.csv$/i.test(text)) return { asked: askedBuyers(text, buyers), read: [] };
  const file = readCommentedCsv(text);
  return { asked: buyersInTable(file.table, buyers), read: [{ path: text, text: file.text }] };
};
