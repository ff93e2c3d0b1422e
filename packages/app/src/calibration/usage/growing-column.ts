const BITS = 16;
const BLOCK = 1 << BITS;

type Numbers = Float64Array | Uint32Array | Uint16Array;

/** A column of numbers that grows by blocks: what is there is never copied, so that memory has no peaks. */
export class GrowingColumn<Block extends Numbers> {
  length = 0;
  readonly #make: (size: number) => Block;
  readonly #blocks: Block[] = [];

  constructor(make: (size: number) => Block) {
    this.#make = make;
  }

  get(i: number): number {
    return this.#blocks[i >>> BITS]![i & (BLOCK - 1)]!;
  }

  set(i: number, x: number): void {
    this.#blocks[i >>> BITS]![i & (BLOCK - 1)] = x;
  }

  /** Nothing is in it any more. */
  clear(): void {
    this.#blocks.length = 0;
    this.length = 0;
  }

  push(x: number): void {
    if (this.length >>> BITS === this.#blocks.length) this.#blocks.push(this.#make(BLOCK));
    this.set(this.length++, x);
  }
}

export const floats = (): GrowingColumn<Float64Array> => new GrowingColumn((size) => new Float64Array(size));
export const integers = (): GrowingColumn<Uint32Array> => new GrowingColumn((size) => new Uint32Array(size));
export const shortIntegers = (): GrowingColumn<Uint16Array> =>
  new GrowingColumn((size) => new Uint16Array(size));
