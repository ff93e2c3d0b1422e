import { rmSync } from 'node:fs';
import { here, writeProgram } from './bundle.js';

rmSync(here('dist/bundle'), { recursive: true, force: true });
await writeProgram();
