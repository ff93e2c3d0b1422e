import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';

/** Values between which supply is expected to start. */
const LEAST = 1e-60;
const MOST = 1e60;

/** The value at which supply starts: a cost whose slope at zero is above zero makes nothing below it. */
export const supplyStart = ({ supply, inputs }: EfficientSupply): number => {
  const point = supplyPoint(inputs.length);
  const isServed = (value: number): boolean => {
    supply(value, 1, point);
    return point.quality > 0;
  };
  if (isServed(LEAST)) return 0;
  let [none, some] = [LEAST, 1];
  while (!isServed(some) && some < MOST) [none, some] = [some, 4 * some];
  for (let step = 0; step < 200; step++) {
    const middle = some > 2 * none ? Math.sqrt(none * some) : none + (some - none) / 2;
    if (!(middle > none && middle < some)) break;
    if (isServed(middle)) some = middle;
    else none = middle;
  }
  return some < MOST ? none : 0;
};
