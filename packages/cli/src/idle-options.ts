/** Options that are of written files: one line for each that was given and does nothing, as there is no `--out`. */
export const idleOptions = (options: object): string =>
  'out' in options && options.out !== undefined
    ? ''
    : Object.entries(options)
        .filter(([name, value]) => WRITTEN.has(name) && !(Array.isArray(value) && value.length === 0))
        .map(
          ([name]) => `${optionOf(name)} does nothing without --out DIR: it is of files that are written\n`,
        )
        .join('');

const WRITTEN = new Set(['width', 'height', 'font', 'fontSize', 'title', 'digits', 'tiers']);

const optionOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
