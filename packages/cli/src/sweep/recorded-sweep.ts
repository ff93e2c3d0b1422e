import {
  type FileHashes,
  filesBeside,
  openSweep,
  provenanceOf,
  type Registry,
  type Sweep,
  type SweepRequest,
  type SweptTable,
} from '@menusmith/app';
import { type NamedAs, namedFiles } from './named-files.ts';
import { type SweepRecord, sweepRecord } from './sweep-directory.ts';
import type { SweepWords } from './sweep-request.ts';

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
  combinations: SweepWords['combinations'],
): Promise<RecordedSweep> => {
  const sweep = openSweep(request, registry, () => 0, filesBeside(request.file, request));
  const checked = sweep.check();
  const { name, units, data } = checked;
  const files = namedFiles(request, checked);
  const provenance = provenanceOf({
    text: request.text,
    settings: request.settings,
    files: hashesOf(request, files),
    given: combinations === undefined ? [] : [{ path: combinations.file, text: combinations.text }],
    registry,
  });
  return {
    sweep,
    record: sweepRecord(request, sweep.count, provenance),
    files,
    table: { name, data, units, columns: sweep.columns, varied: sweep.varied },
  };
};

/** Of the files that are there, and that the study may read. */
const hashesOf = (request: SweepRequest, named: RecordedSweep['files']): FileHashes => {
  const { toGive, hashes } = filesBeside(request.file, request);
  for (const [path, what] of named) toGive(path, what);
  return hashes();
};
