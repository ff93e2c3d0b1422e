/** A name of the program in words: fineTuning is 'fine tuning', truncated-normal is 'truncated normal'. */
export const words = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();

/** Numbers from here on are written with a power of ten, as they would not fit. */
const LONG = 1e9;

/** A number for reading: six significant digits, a dash where there is none. */
export const shown = (x: number | null | undefined, digits = 6): string => {
  if (x === null || x === undefined) return '–';
  const rounded = Number(x.toPrecision(digits));
  const text = Math.abs(rounded) < LONG ? String(rounded) : rounded.toExponential().replace('+', '');
  return text.replaceAll('-', '−');
};

/** A share for reading, in percent. */
export const percent = (x: number | null | undefined): string =>
  x === null || x === undefined ? '–' : `${shown(100 * x, 4)} %`;
