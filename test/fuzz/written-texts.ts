import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What `--out out` has left. */
export const writtenTexts = (folder: string): Readonly<Record<string, string>> => {
  const out = join(folder, 'out');
  let entries: Dirent[];
  try {
    entries = readdirSync(out, { withFileTypes: true, recursive: true });
  } catch {
    return {};
  }
  const files = entries.filter((entry) => entry.isFile() && !/\.(?:png|pdf)$/.test(entry.name));
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(out, path), readFileSync(path, 'utf8')];
    }),
  );
};
