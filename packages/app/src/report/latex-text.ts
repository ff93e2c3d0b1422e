import { formatNumber, numberFormula } from './numbers.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  // After the end of a row, a star or a bracket would be its own.
  '*': '{*}',
  '[': '{[}',
  ']': '{]}',
  '"': "''",
  '–': '--',
  '…': '\\dots{}',
  '’': "'",
  '×': '$\\times$',
  θ: '$\\theta$',
  φ: '$\\varphi$',
  λ: '$\\lambda$',
  ρ: '$\\rho$',
  ß: '\\ss{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  ł: '\\l{}',
  Ł: '\\L{}',
};

/** Accents as LaTeX's commands, which work in every font encoding. */
const accents: Readonly<Record<string, string>> = {
  '\u0300': '\\`',
  '\u0301': "\\'",
  '\u0302': '\\^',
  '\u0303': '\\~',
  '\u0304': '\\=',
  '\u0306': '\\u',
  '\u0307': '\\.',
  '\u0308': '\\"',
  '\u030a': '\\r',
  '\u030b': '\\H',
  '\u030c': '\\v',
  '\u0327': '\\c',
};

/** φ̄ is two characters to Unicode, and one to us. */
const IRONED = '\ue000';

/**
 * Text that LaTeX sets as it stands, in any of its engines and font encodings. Characters that only engines for Unicode know are left to them;
 * others, which would stop there, print a question mark.
 */
export const escapeLatex = (text: string): string =>
  [...text.replaceAll('φ̄', IRONED).replace(/\s+/g, ' ').normalize('NFC')].map(characterLatex).join('');

const characterLatex = (character: string): string => {
  if (character === IRONED) return '$\\bar\\varphi$';
  const escaped = escapes[character];
  if (escaped !== undefined) return escaped;
  if (/[ -~]/.test(character)) return character;
  if (/\p{C}/u.test(character)) return '';
  const [letter = '', mark = '', more] = character.normalize('NFD');
  const accent = accents[mark];
  if (accent !== undefined && more === undefined && /[A-Za-z]/.test(letter)) return `${accent}{${letter}}`;
  return `\\menusmithUnicode{${character}}`;
};

/** A number in a formula; -- where there is none. */
export const numberLatex = (x: number | null, count = 6): string =>
  x === null || Number.isNaN(x) ? '--' : numberFormula(formatNumber(x, count));
