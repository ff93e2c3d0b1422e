// Writes the schemas to which the examples refer: what `menusmith schema` prints.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const plugin = 'examples/plugins/saturating-quality.js';
const files = {
  'schemas/study.schema.json': ['study'],
  'schemas/result.schema.json': ['result'],
  'schemas/menu.schema.json': ['menu'],
  'examples/plugins/saturating-quality.schema.json': ['study', '--plugin', plugin],
};
for (const [file, words] of Object.entries(files))
  writeFileSync(
    file,
    execFileSync(process.execPath, ['packages/menusmith/bin/menusmith.js', 'schema', ...words]),
  );
