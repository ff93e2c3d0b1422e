/** So many are remembered, the latest. */
const MOST_REMEMBERED = 8;

/** Values and scales at which nothing is worth making: then nothing is at lower ones, as the surplus rises with both. */
export interface WorthlessBuyers {
  includes(value: number, scale: number): boolean;
  add(value: number, scale: number): void;
}

export const worthlessBuyers = (): WorthlessBuyers => {
  let known: { readonly value: number; readonly scale: number }[] = [];
  return {
    includes: (value, scale) => known.some((other) => value <= other.value && scale <= other.scale),
    add: (value, scale) => {
      known = known.filter((other) => other.value > value || other.scale > scale);
      known.push({ value, scale });
      if (known.length > MOST_REMEMBERED) known.shift();
    },
  };
};
