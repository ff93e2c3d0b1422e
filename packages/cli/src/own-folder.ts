import { existsSync } from 'node:fs';

/** A folder that the published package has beside its code, seen from the module at `from`; undefined where the code runs in the repository. */
export const ownFolder = (path: string, from: string): URL | undefined => {
  const folder = new URL(path, from);
  return existsSync(folder) ? folder : undefined;
};
