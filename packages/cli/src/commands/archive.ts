import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Result } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { type ArchivedRun, archiveReadme } from '../archive/archive-readme.ts';
import { type ArchivedStudy, archivedStudy, pluginPath } from '../archive/archived-study.ts';
import { archiveLock, archivePackage } from '../archive/package-lock.ts';
import { RUN_SCRIPT } from '../archive/run-script.ts';
import { type CommonOptions, type ExitCode, type Output, registryFor } from '../command-context.ts';
import { type FileSystem, nodeFileSystem } from '../file-system.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { version } from '../version.ts';
import { outDirectory } from '../write-files.ts';

export interface ArchiveOptions extends CommonOptions {
  readonly out: string;
}

/** `menusmith archive`: studies, what they read, their results, and a script that makes them again. 3 where a result is not certified optimal. */
export const archiveCommand = async (
  files: readonly string[],
  { out, set = [], plugin = [], allowFiles }: ArchiveOptions,
  output: Output,
): Promise<ExitCode> => {
  const { supervisor = unsupervised } = output;
  supervisor.does('archive');
  supervisor.leave({ stdout: '', said: 'nothing is written' });
  await requireEmpty(out, output.fileSystem ?? nodeFileSystem);
  const directory = await outDirectory(out, output);
  const registry = await registryFor({ plugin });
  const app = await import('@menusmith/app');
  const studies: ArchivedStudy[] = [];
  for (const file of files) {
    const source = await app.openStudy(file, registry, { set, allowFiles });
    studies.push(archivedStudy(source, new Set(studies.map(({ name }) => name.toLowerCase()))));
  }
  const place = mkdtempSync(join(tmpdir(), 'menusmith-archive-'));
  try {
    const plugins = await copiedPlugins(plugin, place);
    for (const { path, content } of studies.flatMap((study) => study.files)) write(place, path, content);
    const started = performance.now();
    const runs: ArchivedRun[] = [];
    const codes: ExitCode[] = [];
    for (const study of studies) {
      const { run, code } = await solved(study, { place, plugins, set }, output);
      if (code === 1 || code === 2) return code;
      runs.push(run);
      codes.push(code);
    }
    const seconds = (performance.now() - started) / 1000;
    supervisor.answered();
    writeSurroundings(place, basename(out), { studies, plugins, runs, seconds });
    const written = await directory.fill([], async (writeFile) => {
      for (const path of filesOf(place)) await writeFile(path, readFileSync(join(place, path)));
      return 0;
    });
    if (written !== 0) return written;
    output.stdout.write(report(out, runs, seconds));
    return codes.includes(3) ? 3 : 0;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

const requireEmpty = async (out: string, system: FileSystem): Promise<void> => {
  // What is no directory, or cannot be read, is told where it is tried.
  const names = await system.names(out).catch(() => []);
  if (names.length === 0) return;
  const count = `${names.length} ${names.length === 1 ? 'file' : 'files'}`;
  throw new InputError(
    'not-empty',
    `--out ${out}: expected a directory that is empty or not there yet, got one with ${count}`,
  );
};

const write = (place: string, path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(place, path)), { recursive: true });
  writeFileSync(join(place, path), content);
};

/** The plugins' modules in the archive. */
const copiedPlugins = async (modules: readonly string[], place: string): Promise<readonly string[]> => {
  const { loadPlugin } = await import('@menusmith/app');
  const paths = new Set<string>();
  for (const module of modules) {
    const path = pluginPath(module, paths);
    paths.add(path.toLowerCase());
    write(place, path, readFileSync(module));
    const copy = join(place, path);
    try {
      await loadPlugin(copy);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const reason = error.message.replaceAll(`${copy}: `, '').replaceAll(place, '…');
      throw new InputError(
        'archive',
        `--plugin ${module}: expected a module that stands alone, with menusmith and Node; where it lies in an archive, ${reason}`,
      );
    }
  }
  return [...paths];
};

interface Archive {
  readonly place: string;
  readonly plugins: readonly string[];
  readonly set: readonly string[];
}

/** Solves a study as it lies in the archive, and as the script will. */
const solved = async (
  { name, path }: ArchivedStudy,
  { place, plugins, set }: Archive,
  { stderr }: Output,
): Promise<{ readonly run: ArchivedRun; readonly code: ExitCode }> => {
  const { solveCommand } = await import('./solve.ts');
  const results = join(place, 'results', name);
  const plugin = plugins.map((module) => join(place, module));
  const stdout = { write: () => true };
  const own = { write: (text: string) => text === '' || stderr.write(`${path}: ${text}`) };
  const options = { at: [], set, plugin, out: results };
  const code = await ofStudy(path, () => solveCommand(join(place, path), options, { stdout, stderr: own }));
  const command = [
    'solve',
    path,
    ...plugins.flatMap((module) => ['--plugin', module]),
    ...set.flatMap((setting) => ['--set', setting]),
  ];
  if (code === 1 || code === 2)
    return { run: { name, title: name, command, status: 'none', results: [] }, code };
  const { name: title, status } = JSON.parse(readFileSync(join(results, 'result.json'), 'utf8')) as Result;
  return { run: { name, title, command, status, results: readdirSync(results).sort() }, code };
};

/** What is wrong with a study is said of it as the archive has it, which is nowhere yet. */
const ofStudy = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const { LocatedInputError } = await import('@menusmith/app');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LocatedInputError)) throw error;
    const { code, complaint, field, position } = error;
    throw new LocatedInputError(new InputError(code, complaint, field), path, position);
  }
};

/** Everything but studies and results. */
const writeSurroundings = (
  place: string,
  out: string,
  {
    studies,
    plugins,
    runs,
    seconds,
  }: {
    readonly studies: readonly ArchivedStudy[];
    readonly plugins: readonly string[];
    readonly runs: readonly ArchivedRun[];
    readonly seconds: number;
  },
): void => {
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  const name =
    out
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'archive';
  write(place, 'package.json', json(archivePackage(name)));
  write(place, 'package-lock.json', json(archiveLock(name)));
  write(place, 'run.js', RUN_SCRIPT);
  write(
    place,
    'archive.json',
    json({
      menusmith: version,
      node: process.version,
      runs,
      studies: studies.map(({ path, original, files }) => ({
        path,
        original,
        files: Object.fromEntries(
          files.flatMap(({ was, path: at }) => (was === undefined ? [] : [[at, was]])),
        ),
      })),
    }),
  );
  const storage = filesOf(place).reduce((sum, path) => sum + readFileSync(join(place, path)).length, 0);
  const megabytes = process.resourceUsage().maxRSS / 1000;
  const measured = { seconds, megabytes, storage, machine: machineWords() };
  const readme = { version, node: process.version, studies, plugins, runs, measured };
  write(place, 'README.md', archiveReadme(readme));
  write(place, 'SHA256SUMS', checksums(place));
};

const checksums = (place: string): string =>
  filesOf(place)
    .map(
      (path) =>
        `${createHash('sha256')
          .update(readFileSync(join(place, path)))
          .digest('hex')}  ${path}\n`,
    )
    .join('');

/** All files below, by their paths from there, with / between names. */
const filesOf = (place: string): readonly string[] =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

/** `4 cores of …, 16 GB of memory, Linux 6.1`. */
const machineWords = (): string => {
  const [core] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores of ${core?.model.trim() || 'a processor'}, ${gigabytes} GB of memory, ${type()} ${release()}`;
};

const report = (out: string, runs: readonly ArchivedRun[], seconds: number): string => {
  const lines = runs.map(({ name, status, results }) => `  ${name}: ${status}, ${results.length} files\n`);
  return `${out} has ${runs.length === 1 ? 'one study' : `${runs.length} studies`}, solved in ${seconds.toFixed(1)} s:\n${lines.join('')}
To make the results again there:
  cd ${out} && npm install && node run.js
README.md has square brackets where only you know what belongs there.
`;
};
