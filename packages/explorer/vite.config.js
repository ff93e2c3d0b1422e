import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Transforms of Vega that no picture uses, and Clarabel as Node.js loads it. */
const absent =
  /^(vega-(crossfilter|force|geo|hierarchy|label|regression|voronoi|wordcloud)|clarabel-wasm-nodejs|node:module)$/;

/** The map projections of Vega, of which the page draws none. */
const maps = /^(d3-geo|topojson-client|vega-projection)$/;

/** Lists of colours by name, of which no picture uses one. */
const schemes = /^d3-scale-chromatic$/;

/** JSON Schemas, which zod makes of its own when asked. */
const jsonSchemas = /^((\.\.\/core|\.)\/json-schema-processors|\.\.\/core\/to-json-schema)\.js$/;

export default defineConfig({
  root: here('.'),
  // Relative addresses, so that any folder of any web server can host the page.
  base: './',
  resolve: {
    conditions: ['menusmith-source', ...defaultClientConditions],
    alias: [
      { find: absent, replacement: here('src/absent.ts') },
      { find: maps, replacement: here('src/absent-maps.ts') },
      { find: schemes, replacement: here('src/absent-schemes.ts') },
      { find: jsonSchemas, replacement: here('src/absent-json-schemas.ts') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
