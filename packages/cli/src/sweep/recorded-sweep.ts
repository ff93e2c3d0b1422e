import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { openSweep, type Registry, type Sweep, type SweepRequest, type SweptTable } from '@menusmith/app';
import { type SweepRecord, sweepRecord } from './sweep-directory.ts';

/** A sweep that is ready to be solved, what is recorded of it, and what its table has beside rows. */
export interface RecordedSweep {
  readonly sweep: Sweep;
  readonly record: SweepRecord;
  readonly table: Omit<SweptTable, 'rows'>;
}

/** Opens and checks a sweep. Throws InputError where no combination can be what the user meant. */
export const recordedSweep = async (
  request: SweepRequest,
  registry: Registry,
  plugin: readonly string[],
): Promise<RecordedSweep> => {
  const sweep = openSweep(request, registry, () => 0);
  const { name, units, data, files } = sweep.check();
  const contents = {
    files: filesOf(request, files),
    plugins: new Map(plugin.map((path) => [path, readFileSync(path)])),
  };
  return {
    sweep,
    record: sweepRecord(request, sweep.count, contents),
    table: { name, data, units, columns: sweep.columns, varied: sweep.varied },
  };
};

/** What the study reads, and what it reads where the name of a file is varied. */
const filesOf = (request: SweepRequest, read: readonly string[]): ReadonlyMap<string, Uint8Array> => {
  const folder = resolve(dirname(request.file));
  const names = request.varied.flatMap(({ paths, steps }) =>
    steps.flatMap((values) => values.flatMap((value, k) => fileNames(paths[k]!.split('.').at(-1)!, value))),
  );
  const files = [...new Set([...read, ...names])].filter((path) => isFile(resolve(folder, path)));
  return new Map(files.map((path) => [path, readFileSync(resolve(folder, path))]));
};

/** Fields of a study that name files. */
const NAMING: ReadonlySet<string> = new Set(['file', 'menu']);

const fileNames = (key: string, value: unknown): readonly string[] => {
  if (typeof value === 'string') return NAMING.has(key) ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([inner, own]) => fileNames(inner, own))
    : [];
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
