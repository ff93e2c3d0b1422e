import { rounded } from '@menusmith/core';

/** Numbers as people read them, wherever the program prints some. JSON and CSV have them exactly. */

/** Numbers from here on, and below `TINY`, are written with a power of ten, as they would not fit. */
const LONG = 1e12;
const TINY = 1e-6;
/** Below, a number is rounding in all that a seller measures. */
const ROUNDING = 1e-15;
/** Gaps and violations below are rounding: their digits say nothing. */
const LEAST_SIZE = 1e-12;
/** Shares below are nobody, in any number of buyers. */
const NOBODY = 1e-9;
/** Per cent of nothing that a price list is measured in. */
const MOST_SHARE = 1e10;

const MINUS = '−';

/**
 * A number in six significant digits: `1,234.57`, `−0.25`, `3.1e-7`. Digits before the point are never rounded away, thousands are apart, and zeros at
 * the end are left off. – where there is none.
 */
export const formatNumber = (x: number | null | undefined, digits = 6): string => {
  if (x === null || x === undefined || Number.isNaN(x)) return '–';
  const size = Math.abs(x);
  const sign = x < 0 ? MINUS : '';
  if (size === Number.POSITIVE_INFINITY) return `${sign}∞`;
  if (size === 0) return '0';
  if (size < ROUNDING) return '≈ 0';
  const near = rounded(size, digits);
  // As a text, since the largest numbers round up to ∞.
  if (near < TINY || near >= LONG) return sign + size.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e');
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(near)));
  return sign + grouped(Number(size.toFixed(Math.min(decimals, 100))).toFixed(Math.min(decimals, 100)));
};

/** What stands in a cell of a table that people read. */
export const formatCell = (cell: number | string | boolean | null): string => {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return typeof cell === 'string' ? cell : formatNumber(cell);
};

/** `1234.50` as `1,234.5`. */
const grouped = (text: string): string => {
  const [whole = '', decimals = ''] = text.split('.');
  const rest = decimals.replace(/0+$/, '');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest === '' ? '' : `.${rest}`);
};

/** A share in [0, 1] as per cent. */
export const formatPercent = (x: number | null | undefined, digits = 4): string => {
  if (x === null || x === undefined || Number.isNaN(x)) return '–';
  if (Math.abs(x) < NOBODY) return '0 %';
  if (Math.abs(x) > MOST_SHARE) return `${x < 0 ? `under ${MINUS}` : 'over '}${100 * MOST_SHARE} %`;
  return `${formatNumber(100 * x, digits)} %`;
};

/** A share with two decimals, as shares that stand below one another have them: `98.70 %`. */
export const formatAlignedPercent = (x: number | null | undefined): string => {
  if (x === null || x === undefined || !(Math.abs(x) <= MOST_SHARE)) return formatPercent(x);
  const text = (100 * Math.abs(x)).toFixed(2);
  return `${x < 0 && Number(text) > 0 ? MINUS : ''}${text} %`;
};

/** A gap or an error, of which only the size matters: `3.1e-10`; those below `least` are rounding. */
export const formatSize = (x: number | null | undefined, least = LEAST_SIZE): string => {
  if (x === null || x === undefined || Number.isNaN(x)) return '–';
  if (x === 0) return '0';
  if (Math.abs(x) < least) return `< ${least.toExponential()}`;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return formatNumber(x);
  return `${x < 0 ? MINUS : ''}${Math.abs(x).toExponential(1).replace('+', '')}`;
};

/** How far a number is from the one that is known to be right, however little. */
export const formatError = (x: number | null): string => formatSize(x, 0);

/** A formatted number as a formula of LaTeX: 10⁻¹² in the place of e-12, and no space after a comma of thousands. */
export const numberFormula = (text: string): string => {
  const plain = text
    .replaceAll(MINUS, '-')
    .replaceAll('≈', '\\approx')
    .replaceAll('∞', '\\infty')
    .replaceAll(',', '{,}');
  const [digits = '', power] = plain.split('e');
  if (power === undefined) return `$${digits}$`;
  // Of a bound only the power matters.
  return `$${digits.startsWith('<') ? '< ' : `${digits} \\times `}10^{${Number(power)}}$`;
};
