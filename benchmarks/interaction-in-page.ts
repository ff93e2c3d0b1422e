import { measureInteraction } from './page-interaction.ts';

// Prints p50 and p95 of the page in Chromium as JSON; null where there is no Chromium.
process.stdout.write(`${JSON.stringify(await measureInteraction(), null, 2)}\n`);
