// One file in place of some four hundred: reading modules is most of what a short command does.
export default {
  input: 'packages/cli/dist/main.js',
  platform: 'node',
  // Drawing is loaded only where a picture is asked for, and brings its own binaries and fonts.
  external: [/^vega/, /^@resvg\//, /^dejavu-fonts-ttf/],
  output: { dir: 'packages/cli/dist/bundle', format: 'esm', entryFileNames: 'main.js', cleanDir: true },
};
