/* Takes away what only the published package has: in the repository the command takes the page, fonts and examples from where they are made. */
import { rmSync } from 'node:fs';
import { here } from './bundle.js';

for (const folder of ['page', 'fonts', 'examples'])
  rmSync(here(`dist/${folder}`), { recursive: true, force: true });
for (const file of ['LICENSE', 'CITATION.cff']) rmSync(here(file), { force: true });
