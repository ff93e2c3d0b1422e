import { formatNumber } from '@menusmith/app';

/** `value 0.8, scale 0.5`. */
export const formatPlace = (at: { readonly value?: number; readonly scale?: number }): string =>
  Object.entries(at)
    .filter(([, x]) => x !== undefined && x !== null)
    .map(([key, x]) => `${key} ${formatNumber(x, 4)}`)
    .join(', ');

/** `increasing-virtual-value` as words. */
export const formatWords = (name: string): string => name.replaceAll('-', ' ');

export const tick = (holds: boolean): string => (holds ? '✓' : '✗');
