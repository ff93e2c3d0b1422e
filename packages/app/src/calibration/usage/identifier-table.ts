import { integers } from './growing-column.ts';

/**
 * Names, numbered in the order in which they come, kept as bytes: a million take some 30 MB.
 *
 * `check` sees each name once, and may throw.
 */
export class IdentifierTable {
  /** Where names end in the bytes. */
  readonly #ends = integers();
  readonly #hashes = integers();
  #bytes = new Uint8Array(1 << 12);
  #used = 0;
  /** Numbers + 1 by hash, open addressing; 0 is free. */
  #slots = new Uint32Array(1 << 10);
  #last = 0;

  get count(): number {
    return this.#ends.length;
  }

  text(index: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(this.#start(index), this.#ends.get(index)));
  }

  /** The number of the name in these bytes, a new one where it is new. */
  numberOf(bytes: Uint8Array, from: number, to: number, check: (name: string) => void): number {
    // Logs come sorted more often than not.
    if (this.count > 0 && this.#is(this.#last, bytes, from, to)) return this.#last;
    const hash = hashOf(bytes, from, to);
    let slot = hash & (this.#slots.length - 1);
    for (;;) {
      const found = this.#slots[slot]!;
      if (found === 0) break;
      if (this.#hashes.get(found - 1) === hash && this.#is(found - 1, bytes, from, to)) {
        this.#last = found - 1;
        return this.#last;
      }
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    check(decoded(bytes.subarray(from, to)));
    this.#slots[slot] = this.count + 1;
    this.#add(bytes, from, to, hash);
    this.#last = this.count - 1;
    return this.#last;
  }

  #start(index: number): number {
    return index === 0 ? 0 : this.#ends.get(index - 1);
  }

  #is(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#start(index);
    if (this.#ends.get(index) - start !== to - from) return false;
    for (let k = 0; k < to - from; k++) if (this.#bytes[start + k] !== bytes[from + k]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number): void {
    if (this.#used + to - from > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length + to - from);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(from, to), this.#used);
    this.#used += to - from;
    this.#ends.push(this.#used);
    this.#hashes.push(hash);
    if (2 * this.count > this.#slots.length) this.#rehash();
  }

  #rehash(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    for (let index = 0; index < this.count; index++) {
      let slot = this.#hashes.get(index) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = index + 1;
    }
    this.#slots = slots;
  }
}

/** The text in UTF-8, with what is none replaced: a check of characters refuses that. */
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** FNV-1a, 32 bits. */
const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5;
  for (let k = from; k < to; k++) hash = Math.imul(hash ^ bytes[k]!, 0x01000193);
  // Low bits decide the slot, and FNV's are weak.
  return (hash ^ (hash >>> 15)) >>> 0;
};
