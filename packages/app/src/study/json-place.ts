import type { FieldPath } from '@menusmith/core';
import { jsonReader, SCALAR } from './json-data.ts';

/**
 * Where a field of a text that is JSON stands: the offset of its name, or of the item in a list. Where it is missing, `offset` is that of the nearest field
 * around it, and `order`, by which complaints are in file order, the end of what should have held it.
 */
export const jsonPlace = (
  text: string,
  path: FieldPath,
): { readonly offset: number; readonly order: number } => {
  const reader = jsonReader(text);
  reader.skip(SPACE);
  let offset = reader.place();
  for (const step of path) {
    const found = fieldPlace(reader, step);
    if (found === undefined) return { offset, order: reader.place() };
    offset = found;
  }
  return { offset, order: offset };
};

const SPACE = /[ \t\n\r]*/y;

type JsonReader = ReturnType<typeof jsonReader>;

/** Goes into the map or list that begins here, to the value at `step`; answers with the place of its name, or of itself; undefined where there is none. */
const fieldPlace = (reader: JsonReader, step: string | number): number | undefined => {
  const isMap = reader.isNext('{');
  if (!isMap && !reader.isNext('[')) return undefined;
  reader.take();
  for (let k = 0; !reader.isNext(isMap ? '}' : ']'); k++) {
    const place = reader.place();
    if (isMap) {
      const name = JSON.parse(reader.string()!) as string;
      reader.skip(SPACE);
      reader.take();
      if (name === String(step)) return place;
    } else if (k === Number(step)) return place;
    skipValue(reader);
    if (reader.isNext(',')) reader.take();
  }
  return undefined;
};

/** Goes past a value and the spaces after it. */
const skipValue = (reader: JsonReader): void => {
  let depth = 0;
  do {
    if (reader.isNext('{') || reader.isNext('[')) {
      depth++;
      reader.take();
    } else if (reader.isNext('}') || reader.isNext(']')) {
      depth--;
      reader.take();
    } else if (reader.skip(SCALAR) === undefined && reader.string() === undefined) reader.take();
    reader.skip(SPACE);
  } while (depth > 0);
};
