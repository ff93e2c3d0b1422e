/** run.js of an archive: makes the results again, and compares them byte by byte. It rests on Node alone. */
export const RUN_SCRIPT = `/*
 * Makes the results of this archive again, in the folder "again", and compares them with those in "results".
 *
 *   npm install && node run.js
 *
 * Another copy of the program can be named: node run.js path/to/menusmith.js
 *
 * Exit code 0: all files are the same, but for times (fields called "seconds") and the version of Node.
 * Exit code 1: some file differs, or could not be made.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const program = process.argv[2] ?? join(here, 'node_modules', 'menusmith', 'bin', 'menusmith.js');
const { node, runs } = JSON.parse(readFileSync(join(here, 'archive.json'), 'utf8'));

const say = (line) => process.stdout.write(\`\${line}\\n\`);

if (!existsSync(program)) {
  process.stderr.write('menusmith is not there: run npm install first\\n');
  process.exit(1);
}
if (process.version !== node)
  say(\`made with Node \${node}; this is \${process.version}, under which last digits may differ\`);

/** A picture without its comment, in which the version of Node stands. */
const withoutComment = (png) => {
  const parts = [png.subarray(0, 8)];
  for (let at = 8; at < png.length; ) {
    const end = at + 12 + png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) !== 'tEXt') parts.push(png.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts).toString('latin1');
};
const compared = (folder, name) => {
  const content = readFileSync(join(folder, name));
  if (name.endsWith('.png')) return withoutComment(content);
  // Behind its first end a PDF says by what it was made.
  if (name.endsWith('.pdf')) return content.toString('latin1').split('%%EOF')[0];
  return content
    .toString('utf8')
    .replace(/"seconds": ?[0-9.e+-]+/g, '"seconds": 0')
    .replace(/(node(?:"|&quot;): ?(?:"|&quot;))v[0-9.]+/g, '$1')
    .replace(/ on Node [0-9.]+/g, '');
};

const differing = [];
let count = 0;
rmSync(join(here, 'again'), { recursive: true, force: true });
mkdirSync(join(here, 'again'));
for (const { name, command } of runs) {
  const [results, again] = [join(here, 'results', name), join(here, 'again', name)];
  say(\`menusmith \${command.join(' ')} --out again/\${name}\`);
  const { status } = spawnSync(process.execPath, [program, ...command, '--out', again], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // 3 is a result that is not certified, as it may have been before.
  if (status !== 0 && status !== 3) differing.push(\`\${name}: ended with exit code \${status}\`);
  const made = existsSync(again) ? readdirSync(again) : [];
  for (const file of new Set([...readdirSync(results), ...made])) {
    count++;
    if (!existsSync(join(results, file)) || !made.includes(file)) differing.push(\`\${name}/\${file}: only one of both\`);
    else if (compared(results, file) !== compared(again, file)) differing.push(\`\${name}/\${file}: other bytes\`);
  }
}
if (differing.length === 0) say(\`all \${count} files are the same\`);
else process.stderr.write(\`\${differing.length} of \${count} files differ:\\n  \${differing.join('\\n  ')}\\n\`);
process.exit(differing.length === 0 ? 0 : 1);
`;
