import { runCommand } from '../main.ts';
import { work } from './work.ts';

// The thread in which a command works, so that the one that hears signals is never busy.
await work(runCommand, new URL('./job-worker.js', import.meta.url));
