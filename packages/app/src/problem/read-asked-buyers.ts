import { readCommentedCsv } from '../study/files-beside.ts';
import type { Buyers } from '../study/study.ts';
import { type AskedBuyer, askedBuyers, buyersInTable } from './asked-buyers.ts';

/** The buyers that the text of `--at` asks for: `value=0.8,scale=0.5`, ranges, or the name of a CSV file, which ends in .csv. Throws InputError. */
export const readAskedBuyers = (text: string, buyers: Buyers): readonly AskedBuyer[] =>
  /\.csv$/i.test(text) ? buyersInTable(readCommentedCsv(text), buyers) : askedBuyers(text, buyers);
