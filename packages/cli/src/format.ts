/** A number in six significant digits, without trailing zeros; – where there is none. */
export const formatNumber = (x: number | null | undefined): string =>
  x === null || x === undefined || Number.isNaN(x) ? '–' : String(Number(x.toPrecision(6)) + 0);

/** A share in [0, 1] as per cent. */
export const formatShare = (x: number | null | undefined): string =>
  x === null || x === undefined || Number.isNaN(x) ? '–' : `${formatNumber(100 * x)} %`;

/** A small number, of which only the size matters: `3.1e-12`. */
export const formatSize = (x: number | null): string =>
  x === null ? '–' : x === 0 ? '0' : x.toExponential(1);

/** `value 0.8, scale 0.5`. */
export const formatPlace = (at: { readonly value?: number; readonly scale?: number }): string =>
  Object.entries(at)
    .filter(([, x]) => x !== undefined && x !== null)
    .map(([key, x]) => `${key} ${String(Number(x.toPrecision(4)))}`)
    .join(', ');

/** `increasing-virtual-value` as words. */
export const formatWords = (name: string): string => name.replaceAll('-', ' ');

export const tick = (holds: boolean): string => (holds ? '✓' : '✗');
