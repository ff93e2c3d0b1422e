import { readFileSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { here } from './bundle.js';

/** The declarations in one file for both entries, in place of the scoped packages' own. */
export const writeTypes = async () => {
  const made = await rolldown({
    input: { index: here('dist/modules/index.d.ts'), browser: here('dist/modules/browser.d.ts') },
    external: (id) => !/^[./]|^@menusmith\//.test(id),
    plugins: [dts({ dtsOnly: true })],
  });
  await made.write({ dir: here('dist/bundle'), format: 'esm', chunkFileNames: 'types.d.ts' });
  await made.close();
};

/** What others can rely on, as text under version control: a change of it is seen in review. */
export const apiReport = () => {
  // What is imported from types.d.ts has other short names with every change.
  const file = (name) =>
    readFileSync(here(`dist/bundle/${name}.d.ts`), 'utf8')
      .replace(/^import .* from ".\/types.js";\n/m, '')
      .trim();
  return `# The API of the package

Written by \`npm run api -w packages/menusmith\`; a test holds it against the package. What \`menusmith\` exports stands under "Node.js", what \`menusmith/browser\` does under "Browsers".

## Node.js

\`\`\`ts
${file('index')}
\`\`\`

## Browsers

\`\`\`ts
${file('browser')}
\`\`\`

## Types

\`\`\`ts
${file('types')}
\`\`\`
`;
};

if (process.argv[1] === here('types.js')) {
  await writeTypes();
  writeFileSync(here('API.md'), apiReport());
}
