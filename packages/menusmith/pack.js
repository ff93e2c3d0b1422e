/* What the published package has beside the program: types, the bundle for browsers, the page, fonts, examples, and the licences of what is in the bundles. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { here, writeBundle, writeProgram } from './bundle.js';
import { writeTypes } from './types.js';

rmSync(here('dist/bundle'), { recursive: true, force: true });
const bundled = [
  ...(await writeProgram()),
  ...(await writeBundle({ browser: here('dist/modules/browser.js') }, 'browser')),
];
await writeTypes();
for (const file of ['LICENSE', 'CITATION.cff']) cpSync(here(`../../${file}`), here(file));
writeFileSync(here('dist/THIRD-PARTY.txt'), licences(bundled));
const examples = readdirSync(here('../../examples'), { recursive: true }).filter((file) =>
  /^[^/\\]*\.(yaml|csv)$|^plugins[/\\].*\.js$/.test(file),
);
for (const [from, to] of [
  ['../explorer/dist/page', 'page'],
  ['../../node_modules/cvxjs/wasm/pkg/bundler/clarabel_wasm_bg.wasm', 'clarabel/browser.wasm'],
  ...examples.map((file) => [`../../examples/${file}`, `examples/${file}`]),
  ...[...['Sans', 'Sans-Bold', 'Serif', 'Serif-Bold'].map((face) => `ttf/DejaVu${face}.ttf`), 'LICENSE'].map(
    (file) => [`../../node_modules/dejavu-fonts-ttf/${file}`, file.replace(/^(ttf\/)?/, 'fonts/')],
  ),
]) {
  mkdirSync(dirname(here(`dist/${to}`)), { recursive: true });
  cpSync(here(from), here(`dist/${to}`), { recursive: true });
}

/** The licences of the packages with files in the bundles, each text once, after the names of those that come under it. */
function licences(files) {
  const folders = new Set(
    files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/')) ?? []),
  );
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder).filter((entry) => /^(licen[cs]e|notice)/i.test(entry));
    const text = texts.map((entry) => readFileSync(join(folder, entry), 'utf8').trim()).join('\n\n');
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license ?? 'see below'})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return `What is part of the bundles in this package, and the terms it comes under.\n\n${parts.join('\n----\n\n')}`;
}
