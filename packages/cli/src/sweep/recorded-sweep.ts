import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { openSweep, type Registry, type Sweep, type SweepRequest, type SweptTable } from '@menusmith/app';
import { type NamedAs, namedFiles } from './named-files.ts';
import { type SweepRecord, sweepRecord } from './sweep-directory.ts';

/** A sweep that is ready to be solved, what is recorded of it, and what its table has beside rows. */
export interface RecordedSweep {
  readonly sweep: Sweep;
  readonly record: SweepRecord;
  readonly table: Omit<SweptTable, 'rows'>;
  /** What the study names, and what it is read as. */
  readonly files: ReadonlyMap<string, NamedAs>;
}

/** Opens and checks a sweep. Throws InputError where no combination can be what the user meant. */
export const recordedSweep = async (
  request: SweepRequest,
  registry: Registry,
  plugin: readonly string[],
): Promise<RecordedSweep> => {
  const sweep = openSweep(request, registry, () => 0);
  const checked = sweep.check();
  const { name, units, data } = checked;
  const files = namedFiles(request, checked);
  const contents = {
    files: contentsOf(request, files.keys()),
    plugins: new Map(plugin.map((path) => [path, readFileSync(path)])),
  };
  return {
    sweep,
    record: sweepRecord(request, sweep.count, contents),
    files,
    table: { name, data, units, columns: sweep.columns, varied: sweep.varied },
  };
};

/** Contents of the files that are there. */
const contentsOf = (request: SweepRequest, paths: Iterable<string>): ReadonlyMap<string, Uint8Array> => {
  const folder = resolve(dirname(request.file));
  const files = [...paths].filter((path) => isFile(resolve(folder, path)));
  return new Map(files.map((path) => [path, readFileSync(resolve(folder, path))]));
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
