/** A name of the program in words: fineTuning is 'fine tuning', truncated-normal is 'truncated normal'. */
export const words = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();

/** A number for reading: six significant digits, a dash where there is none. */
export const shown = (x: number | null | undefined, digits = 6): string =>
  x === null || x === undefined ? '–' : String(Number(x.toPrecision(digits))).replace('-', '−');

/** A share for reading, in percent. */
export const percent = (x: number | null | undefined): string =>
  x === null || x === undefined ? '–' : `${shown(100 * x, 4)} %`;
