import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { referenceFiles } from './reference/reference-files.ts';
import { repository } from './site-pages.ts';

// Writes docs/reference anew; what is no longer made goes.
const folder = join(repository, 'docs/reference');
rmSync(folder, { recursive: true, force: true });
for (const [file, text] of await referenceFiles()) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
