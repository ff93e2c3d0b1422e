/** A number in six significant digits, without trailing zeros; – where there is none. */
export const formatNumber = (x: number | null | undefined, digits = 6): string =>
  x === null || x === undefined || Number.isNaN(x) ? '–' : String(Number(x.toPrecision(digits)) + 0);

/** A share in [0, 1] as per cent. */
export const formatPercent = (x: number | null | undefined, digits = 4): string =>
  x === null || x === undefined || Number.isNaN(x) ? '–' : `${formatNumber(100 * x, digits)} %`;

/** A number of which only the size matters: `3.1e-12`. */
export const formatSize = (x: number | null): string =>
  x === null ? '–' : x === 0 ? '0' : x.toExponential(1);
