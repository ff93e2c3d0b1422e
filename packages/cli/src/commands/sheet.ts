import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { writeJson } from '../write-json.ts';

export interface SheetCommandOptions extends CommonOptions {
  readonly costs?: string;
  readonly tolerance: number;
  /** YYYY-MM-DD. */
  readonly date?: string;
  readonly across?: boolean;
}

/** `menusmith sheet`: a list of prices held against the model. What does not hold is an answer, not an error. */
export const sheetCommand = async (
  file: string,
  { costs, tolerance, date = today(), across = false, ...options }: SheetCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const registry = await registryFor(options);
  const text = app.readCsvText(file);
  const list = app.priceList(text, file, date);
  const read = costs === undefined ? undefined : await app.readCosts(costs, registry);
  const given = read?.costs;
  const result = app.analyzeSheet(list, given, tolerance, across);
  const provenance = app.provenanceOf({
    registry,
    given: [{ path: file, text }, ...(read === undefined ? [] : [{ path: costs!, text: read.text }])],
  });
  if (options.json === true) await writeJson(output.stdout, { ...result, provenance });
  else {
    const { sheetReport } = await import('../sheet-report.ts');
    output.stdout.write(sheetReport(result));
  }
  return 0;
};

/** In UTC, so that it is the same day everywhere. */
const today = (): string => new Date().toISOString().slice(0, 10);
