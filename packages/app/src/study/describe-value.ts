/** What came, in the words of a message: `the text "0.25"`, `-1`, `a list`, `nothing`. */
export const describeValue = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `the text "${shortened(value)}"`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return value instanceof Date ? 'a date' : 'a map of fields';
  return typeof value === 'number' && !Number.isFinite(value) ? yamlNumber(value) : String(value);
};

/** As YAML writes what is no finite number. */
const yamlNumber = (value: number): string => (Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf');

/** A text as far as a message repeats it. */
export const shortened = (text: string): string => shortenedTo(60, text);

/** A word of the command line as far as a message begins with it, so that what is wrong with it is still read. */
export const shortenedWord = (text: string): string => shortenedTo(300, text);

/** A text of so many letters at most. */
export const shortenedTo = (most: number, text: string): string =>
  text.length > most ? `${text.slice(0, most - 3).replace(/[\ud800-\udbff]$/, '')}…` : text;
