import { type SweptTable, sweepPictures } from '@menusmith/app';
import type { ExitCode, Output } from '../command-context.ts';
import { marking } from '../marked-files.ts';
import type { PictureLook } from '../picture-options.ts';
import { isSignal, unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writePictures } from '../write-pictures.ts';
import { sweepUp } from './row-files.ts';
import { recordText, SWEEP_RECORD, type SweepRecord } from './sweep-directory.ts';
import { SWEEP_FILES, type SweepFormat, tableContent, tableFile } from './sweep-files.ts';

/** Writes the table of all rows and its pictures into the sweep's directory. */
export const writeSweep = async (
  out: string,
  table: SweptTable,
  record: SweepRecord,
  format: SweepFormat,
  look: PictureLook,
  output: Output,
): Promise<ExitCode> => {
  const { supervisor = unsupervised, stderr } = output;
  const directory = await outDirectory(out, output);
  const code = await directory.fill(SWEEP_FILES, async (write) => {
    await write(tableFile(format), await tableContent(format, table, record));
    const isStopped = (): boolean => isSignal(supervisor.stopReason());
    const drawn = await writePictures(
      marking(write, record.provenance),
      () => sweepPictures(table),
      stderr,
      isStopped,
      look,
    );
    await write(SWEEP_RECORD, recordText(record));
    return drawn.code;
  });
  if (code === 0) sweepUp(out);
  return code;
};
