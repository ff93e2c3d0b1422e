import { readFileSync } from 'node:fs';
import {
  filesBeside,
  openSweep,
  type Registry,
  type Sweep,
  type SweepRequest,
  type SweptTable,
} from '@menusmith/app';
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
  const sweep = openSweep(request, registry, () => 0, filesBeside(request.file, request));
  const checked = sweep.check();
  const { name, units, data } = checked;
  const files = namedFiles(request, checked);
  const contents = {
    files: contentsOf(request, files),
    plugins: new Map(plugin.map((path) => [path, readFileSync(path)])),
  };
  return {
    sweep,
    record: sweepRecord(request, sweep.count, contents),
    files,
    table: { name, data, units, columns: sweep.columns, varied: sweep.varied },
  };
};

/** Texts of the files that are there, and that the study may read. */
const contentsOf = (request: SweepRequest, named: RecordedSweep['files']): ReadonlyMap<string, string> => {
  const { toGive } = filesBeside(request.file, request);
  const given = [...named].map(([path, what]) => toGive(path, what));
  return new Map(given.flatMap((file) => ('text' in file ? [[file.path, file.text] as const] : [])));
};
