import { atMost, type FieldPath, firstUnprintable, InputError, limits } from '@menusmith/core';

/**
 * The first thing in plain data that no study holds, whatever its fields mean: a text or a name of a field with characters that are not printable, or longer
 * than any name or formula is. Throws InputError 'limit' where the data is nested too deeply.
 */
export const textFault = (data: unknown, path: FieldPath = []): InputError | undefined => {
  if (path.length > limits.nesting.most)
    throw new InputError('limit', atMost(limits.nesting), path.slice(0, 8));
  if (typeof data === 'string') return faultIn(data, path);
  if (typeof data !== 'object' || data === null) return undefined;
  if (Array.isArray(data)) {
    for (const [index, item] of data.entries()) {
      if (typeof item === 'number') continue;
      const fault = textFault(item, [...path, index]);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  for (const [key, value] of Object.entries(data)) {
    const fault = keyFault(key, path) ?? textFault(value, [...path, key]);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const keyFault = (key: string, path: FieldPath): InputError | undefined => {
  const where = 'the name of a field: ';
  if (/[\t\n\r]/.test(key))
    return new InputError('unprintable', `${where}expected one line, without tabs`, path);
  return faultIn(key, path, where);
};

const faultIn = (text: string, path: FieldPath, where = ''): InputError | undefined => {
  const { most } = limits.text;
  if (text.length > most)
    return new InputError('limit', `${where}${atMost(limits.text)}, got ${text.length}`, path);
  const found = firstUnprintable(text);
  if (found === undefined) return undefined;
  return new InputError(
    'unprintable',
    `${where}expected characters that are printed, got ${found.name}`,
    path,
  );
};
