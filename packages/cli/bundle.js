import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// One file in place of some four hundred: reading modules is most of what a short command does.
await build({
  input: here('dist/main.js'),
  platform: 'node',
  // Drawing is loaded only where a picture is asked for, and brings its own binaries and fonts.
  external: [/^vega/, /^@resvg\//, /^dejavu-fonts-ttf/],
  output: { dir: here('dist/bundle'), format: 'esm', entryFileNames: 'main.js', cleanDir: true },
});
