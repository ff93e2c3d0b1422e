/**
 * Names for files without the folders of the machine on which they lie: the last part of each path, with as many folders before it as tell it from other paths and from names that are
 * `taken`. The same path has the same name.
 */
export const distinctNames = (paths: readonly string[], taken: readonly string[] = []): readonly string[] => {
  const parts = paths.map((path) => path.split(/[\\/]/).filter((part) => part !== '' && part !== '.'));
  const last = (k: number, count: number): string => parts[k]!.slice(-count).join('/') || paths[k]!;
  return paths.map((path, k) => {
    for (let count = 1; count < parts[k]!.length; count++) {
      const name = last(k, count);
      const isOther = (other: string, n: number): boolean => other !== path && last(n, count) === name;
      if (!taken.includes(name) && !paths.some(isOther)) return name;
    }
    return last(k, parts[k]!.length);
  });
};
