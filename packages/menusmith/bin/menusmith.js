#!/usr/bin/env node
import { existsSync } from 'node:fs';

// The bundle starts twice as fast; without it, in the repository, the modules do.
const built = ['../dist/bundle/run.js', '../../cli/dist/supervision/run.js']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));
if (built === undefined) {
  process.stderr.write('menusmith is not built yet; run `npm run build` first\n');
  process.exitCode = 1;
} else {
  const { run } = await import(built.href);
  await run();
}
