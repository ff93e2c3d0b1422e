/** How a text of cells is written: what stands between them, and what between whole numbers and decimals. */
export interface CellStyle {
  readonly delimiter: string;
  readonly decimalMark: '.' | ',';
}

const delimiters = [',', ';', '\t'];

/**
 * The style of a text of cells. The delimiter is the one that stands most often in the header, outside of quotes. A comma marks decimals where
 * some number can be read in no other way (`2,5`, `0,125`, `1.250,00`), or where cells are not divided by commas and no number has a point for that; else it
 * stands between thousands.
 */
export const cellStyle = (text: string): CellStyle => {
  const header = text.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = delimiters.map((mark) => bare.split(mark).length);
  const delimiter = delimiters[counts.indexOf(Math.max(...counts))]!;
  const numbers = text.match(delimiter === ',' ? /"[^"\r\n]*"/g : /[^;\t\r\n"]+/g) ?? [];
  // Names such as gpt-4.1 are no numbers.
  const written = numbers
    .map((cell) => cell.replace(/["\s$€£¥]/g, ''))
    .filter((cell) => /^-?\d[\d.,]*$/.test(cell));
  const isThere = (test: RegExp): boolean => written.some((number) => test.test(number));
  const isPlain = isThere(/^\d+,(?:\d{1,2}|\d{4,})$/) || isThere(/^0,\d+$/) || isThere(/^[\d.]+\.\d{3},\d+$/);
  const hasPoint =
    isThere(/^\d+\.(?:\d{1,2}|\d{4,})$/) || isThere(/^0\.\d+$/) || isThere(/^[\d,]+,\d{3}\.\d+$/);
  return { delimiter, decimalMark: isPlain || (delimiter !== ',' && !hasPoint) ? ',' : '.' };
};

/** A number as the style writes it, thousands apart or not; NaN where it is none. */
export const numberOf = (text: string, decimalMark: CellStyle['decimalMark']): number => {
  const thousands = decimalMark === '.' ? ',' : '.';
  const [whole = '', ...rest] = text.split(decimalMark);
  const groups = whole.replace(/[\s'’]/g, thousands).split(thousands);
  const isGrouped = groups.length === 1 || groups.slice(1).every((group) => group.length === 3);
  // A point alone in a list of decimal commas, as in 2.5, is a point.
  const joined =
    decimalMark === ',' && rest.length === 0 && !isGrouped ? text : [groups.join(''), ...rest].join('.');
  if (!isGrouped && joined !== text) return Number.NaN;
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(joined) ? Number(joined) : Number.NaN;
};
