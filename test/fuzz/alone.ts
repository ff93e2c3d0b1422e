import { writeFileSync } from 'node:fs';
import { run } from '../../packages/cli/src/supervision/run.ts';

// The command as people run it, in a process of its own, which says in the end how much memory it took.
process.on('exit', () =>
  writeFileSync(process.env.MENUSMITH_FUZZ_MEMORY!, String(process.resourceUsage().maxRSS / 1024)),
);
await run(new URL('./worker.mjs', import.meta.url));
