import { keepCompiledCode } from './compile-cache.ts';

// The thread in which a command works, so that the one that hears signals is never busy.
keepCompiledCode();
const [{ runCommand }, { work }] = await Promise.all([import('../main.ts'), import('./work.ts')]);
await work(runCommand, new URL('./job-worker.js', import.meta.url));
