import type { ExportResult, ExportTarget } from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { exportReport } from '../export-report.ts';
import { type FileSystem, nodeFileSystem } from '../file-system.ts';
import { jsonChunks } from '../json-text.ts';
import { marking } from '../marked-files.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';

export interface ExportCommandOptions extends CommonOptions {
  readonly to: ExportTarget;
  readonly out: string;
  readonly metrics?: string;
  readonly per: number;
  readonly currency?: string;
  readonly period?: string;
  readonly capsElsewhere?: boolean;
}

/** `menusmith export`: a menu as the documents that a billing system's API takes, or as a table. Nothing is written where the system cannot say all of it. */
export const exportCommand = async (
  file: string,
  { to, out, metrics, per, currency, period, capsElsewhere = false, ...options }: ExportCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const nameOf = (path: string): string => (path === '-' ? app.STANDARD_INPUT : path);
  const text = await app.readStudyText(file, 'menu');
  const metricsText = metrics === undefined ? undefined : await app.readStudyText(metrics, 'JSON');
  const ids = metricsText === undefined ? undefined : app.openMetrics(metricsText, nameOf(metrics!));
  const result = app.exportMenu(app.openMenu(text, nameOf(file)), {
    to,
    per,
    ...(currency === undefined ? {} : { currency }),
    ...(period === undefined ? {} : { period }),
    isEnforcing: capsElsewhere,
    ...(ids === undefined ? {} : { metrics: ids }),
  });
  const provenance = app.provenanceOf({
    given: [
      { path: nameOf(file), text },
      ...(metrics === undefined ? [] : [{ path: nameOf(metrics), text: metricsText! }]),
    ],
  });
  const directory = await outDirectory(out, output);
  const earlier = await earlierFiles(out, output.fileSystem ?? nodeFileSystem, app.isExportedFile);
  const code = await directory.fill(earlier, async (write) => {
    const mark = marking(write, provenance);
    for (const { name: own, content } of result.files)
      if (typeof content === 'string') await mark(own, content);
      // A billing system refuses fields that it does not know: what its documents were made by, --json says.
      else await write(own, jsonChunks(content));
    return 0;
  });
  if (code !== 0) return code;
  if (options.json === true) await writeJson(output.stdout, { ...documentOf(result, to, out), provenance });
  else output.stdout.write(exportReport(result, to, out));
  return 0;
};

/** What an earlier export has left in the directory. */
const earlierFiles = async (
  directory: string,
  system: FileSystem,
  isOurs: (name: string) => boolean,
): Promise<readonly string[]> => {
  try {
    return (await system.names(directory)).filter(isOurs);
  } catch {
    // Whether it can be written to is told when that is tried.
    return [];
  }
};

const documentOf = ({ files, notes }: ExportResult, to: ExportTarget, out: string): object => ({
  to,
  out,
  files: files.map(({ name, call }) => ({ name, ...call })),
  notes,
});
