/** Nobody declares more; without a limit one line makes a list that fills the memory. */
const MOST_ITEMS = 10_000_000;
const DEEPEST = 20;

/**
 * A copy of data: of lists, typed arrays and plain objects, whatever traps and getters they have, which are asked once. Functions, and objects of a class, are the same ones.
 *
 * Throws what a getter throws, and RangeError where there is no end to it.
 */
export const plainCopy = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) throw new RangeError(`nested more than ${DEEPEST} deep`);
  if (Array.isArray(value)) return listCopy(value).map((each) => plainCopy(each, depth + 1));
  if (value instanceof Float64Array) return value.slice();
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Reflect.ownKeys(value).map(
    (key) => [key, plainCopy(Reflect.get(value, key), depth + 1)] as const,
  );
  return Object.fromEntries(entries);
};

/** The items of a list, holes filled; throws RangeError where there are too many. */
export const listCopy = (list: ArrayLike<unknown>): unknown[] => {
  const { length } = list;
  if (!(length <= MOST_ITEMS))
    throw new RangeError(`a list of more than ${MOST_ITEMS.toLocaleString('en')} items`);
  return Array.from({ length }, (_, i) => list[i]);
};
