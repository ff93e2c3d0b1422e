/** What OpenMeter takes at most for a key; others take more. */
const MOST = 64;

/** Names folded into codes of small letters, digits and single underscores, each its own: `Team (EU)` → `team_eu`. */
export interface Codes {
  /** The code of a name that is new here. */
  of(name: string): string;
}

/** Codes of which none is one of those `taken`; `nameless` is for names without a letter or digit of ASCII. */
export const distinctCodes = (nameless: string, taken: readonly string[] = []): Codes => {
  const used = new Set(taken);
  return {
    of(name) {
      const folded = shortenedCode(foldedName(name), MOST) || nameless;
      let code = folded;
      for (let k = 2; used.has(code); k++) code = `${shortenedCode(folded, MOST - `_${k}`.length)}_${k}`;
      used.add(code);
      return code;
    },
  };
};

/** Letters lose their accents. */
const foldedName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const shortenedCode = (code: string, most: number): string => code.slice(0, most).replace(/_$/, '');
