import { InputError, type Parameter } from '@menusmith/core';

/** Lower end of the support [min, max]. */
export const minimum: Parameter = { kind: 'number', doc: 'lower end of the support', default: 0 };

/** Upper end of the support [min, max]. */
export const maximum: Parameter = { kind: 'number', doc: 'upper end of the support', default: 1 };

/** Shapes at the two ends, and the support, of a distribution that is stretched to [min, max]. */
export const stretchedShapes: Readonly<Record<'a' | 'b' | 'min' | 'max', Parameter>> = {
  a: { kind: 'number', doc: 'shape at the lower end', above: 0 },
  b: { kind: 'number', doc: 'shape at the upper end', above: 0 },
  min: minimum,
  max: maximum,
};

/** Upper end of the support of a distribution that has no end of its own: it has to be given, and finite. */
export const truncation: Parameter = {
  kind: 'number',
  doc: 'upper end of the support, where the upper tail is cut off; a finite number',
};

/** Throws unless −∞ < min < max < ∞. Whether values may be negative is for the study to say. */
export const requireSupport = (name: string, min: number, max: number): void => {
  if (Number.isFinite(min) && Number.isFinite(max) && min < max && Number.isFinite(max - min)) return;
  const message = `${name}: expected min < max, got min = ${min}, max = ${max}`;
  throw new InputError('empty-support', message, ['max']);
};
