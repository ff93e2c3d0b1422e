import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `--out out` has left. */
export const writtenTexts = (folder: string): Readonly<Record<string, string>> => {
  let names: string[];
  try {
    names = readdirSync(join(folder, 'out'));
  } catch {
    return {};
  }
  return Object.fromEntries(
    names
      .filter((name) => !name.endsWith('.png'))
      .map((name) => [name, readFileSync(join(folder, 'out', name), 'utf8')]),
  );
};
