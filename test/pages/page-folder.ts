import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createRegistry, readStudy, solve, standardPlugin } from '@menusmith/app';
import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import { runMain } from '../cli/run-main.ts';
import { requireExcerpt } from './excerpt.ts';
import type { Block } from './fenced-blocks.ts';
import { commandsIn, plainWords, type ShellLine, sessionIn } from './shell-lines.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a reader has at hand: this repository's folders, beside which a page's own files are written. */
const atHand = [
  'CITATION.cff',
  'examples',
  'clients',
  'schemas',
  'benchmarks',
  'node_modules',
  'package.json',
];

/** Languages whose blocks are files alone, and those that can also be run as a program. */
const plain = ['json', 'jsonl', 'csv', 'text', 'latex', 'bibtex', 'yaml', 'js', 'python', 'r'];
const programs: Readonly<Record<string, { readonly program: string; readonly ending: string }>> = {
  js: { program: 'node', ending: 'mjs' },
  python: { program: 'python3', ending: 'py' },
  r: { program: 'Rscript', ending: 'R' },
};

/** What programs are asked for by name, and what shows that they are here, with what our clients need. */
const proofs: Readonly<Record<string, string>> = {
  python3: 'python3 -c "import sys; sys.exit(sys.version_info < (3, 8))"',
  Rscript: 'Rscript -e "library(jsonlite)"',
  parallel: 'command -v parallel',
};

/** The program that a block or a command needs and that is not here, if any. */
export const missingProgram = ({ language, info, text }: Block): string | undefined => {
  const isShell = language === 'console' || language === 'sh';
  const own = info === '' ? programs[language]?.program : undefined;
  return Object.keys(proofs).find(
    (program) =>
      (program === own || (isShell && new RegExp(`\\b${program} `).test(text))) &&
      spawnSync('sh', ['-c', proofs[program]!]).status !== 0,
  );
};

/** A folder of its own with this repository at hand, and a shell in it that knows `npx menusmith` as it is built. */
const madeFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-page-'));
  for (const name of atHand) symlinkSync(join(root, name), join(folder, name));
  const bin = join(folder, '.bin');
  const built = join(root, 'packages', 'menusmith', 'bin', 'menusmith.js');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${built}" "$@"\n`, {
    mode: 0o755,
  });
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    PYTHONPATH: join(folder, 'clients', 'python'),
    PYTHONDONTWRITEBYTECODE: '1',
    MENUSMITH_COMMAND: built,
  };
  const inShell = (command: string): { code: number; printed: string } => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    return { code: status ?? -1, printed: stdout + stderr };
  };
  return { folder, inShell };
};

/** A folder in which the blocks of a page are run one after the other, each with what those before it have written. */
export const pageFolder = () => {
  const { folder, inShell } = madeFolder();
  /** Files that a page has written, until a later block asks for them. */
  const unused = new Set<string>();
  const used = (text: string): void => {
    for (const file of unused) if (text.includes(file)) unused.delete(file);
  };

  /** `npx menusmith …` is run here, from the sources; what asks for a shell is run by one, with what is built. */
  const runLine = async ({ command, code, excerpt }: ShellLine): Promise<void> => {
    used(command);
    const words =
      command === 'npm start' ? ['npx', 'menusmith', 'demo', '--out', 'output'] : plainWords(command);
    const isOurs = words?.[0] === 'npx' && words[1] === 'menusmith';
    const ended = isOurs
      ? await runMain(...words.slice(2)).then((run) => ({ code: run.code, printed: run.stdout + run.stderr }))
      : inShell(command);
    expect(ended.code, ended.printed).toBe(code);
    requireExcerpt(excerpt, ended.printed);
  };

  /** A file that is there is as shown; any other is written. */
  const showOrWrite = (file: string, text: string): void => {
    const path = join(folder, file);
    if (existsSync(path)) {
      requireExcerpt(text.trimEnd().split('\n'), readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
      if (!text.includes('…'))
        expect(text.trim()).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim());
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    unused.add(file);
  };

  const solveStudy = async (file: string): Promise<void> => {
    used(file);
    const study = await readStudy(join(folder, file), createRegistry([standardPlugin]));
    expect((await solve(study)).result.status).toBe('optimal');
  };

  /** `into STUDY` puts fields into a study that the page has, `as FILE` under another name, and has it solved. */
  const changeStudy = async (info: string, text: string): Promise<void> => {
    const [, from, to = from] = /^into (\S+)(?: as (\S+))?$/.exec(info)!;
    used(from!);
    const fields = { ...parse(readFileSync(join(folder, from!), 'utf8')), ...parse(text) };
    writeFileSync(join(folder, to!), stringify(fields));
    await solveStudy(to!);
  };

  const run = async (block: Block): Promise<void> => {
    const { language, info, text, line } = block;
    used(text);
    if (language === 'console' || language === 'sh') {
      for (const each of language === 'sh' ? commandsIn(text) : sessionIn(text)) await runLine(each);
      return;
    }
    expect(plain, `no test knows blocks of ${language || 'no language'}`).toContain(language);
    if (language === 'yaml' && info.startsWith('into ')) return changeStudy(info, text);
    if (info !== '') return showOrWrite(info, text);
    const unnamed = `line-${line}.${programs[language]?.ending ?? language}`;
    writeFileSync(join(folder, unnamed), text);
    if (language === 'yaml' || (language === 'json' && 'buyers' in JSON.parse(text)))
      return solveStudy(unnamed);
    // A menu is read by what writes one for people.
    if (language === 'json')
      return runLine({
        command: `npx menusmith export ${unnamed} --to csv --out plans`,
        code: 0,
        excerpt: [],
      });
    const kind = programs[language];
    expect(kind, `a block of ${language} names its file behind the language`).toBeDefined();
    const ended = inShell(`${kind!.program} ${unnamed}`);
    expect(ended.code, ended.printed).toBe(0);
  };

  return { folder, run, unused };
};
