import type { Registry } from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { progressLine } from '../progress-line.ts';
import { writeJson } from '../write-json.ts';

export interface LawsOptions extends CommonOptions {
  /** Seconds for each entry. */
  readonly timeLimit?: number;
}

/** Ours take one or two. */
const SECONDS = 60;
/** Seconds after which a call has not been ended by the limit. */
const GRACE = 2;

/** `menusmith laws PLUGIN`: the entries of that name, put through the laws of their kinds. 2 where a law is broken: the plugin is wrong input. */
export const lawsCommand = async (
  name: string,
  options: LawsOptions,
  output: Output,
  given: { readonly registry?: Registry } = {},
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const seconds = options.timeLimit ?? SECONDS;
  const registry = given.registry ?? (await registryFor(options));
  const named = app.entriesNamed(registry, name);
  const provenance = app.provenanceOf({ registry });
  // What does not return even then is ended from outside.
  output.supervisor?.limitCalls(seconds + GRACE);
  const begun = performance.now();
  const line = progressLine(output.stderr);
  const entries = [];
  for (const { kind, entry } of named) {
    const progress = (done: number, total: number): void => {
      const spent = (performance.now() - begun) / 1000;
      line.show(`law ${done + 1} of ${total}, ${Math.floor(spent)} s`, spent);
    };
    const limit = app.timeLimit(seconds);
    entries.push(await app.entryLaws(kind, entry, { progress, limit }));
  }
  line.clear();
  const holds = entries.every((entry) => entry.holds);
  if (options.json === true) await writeJson(output.stdout, { name, holds, entries, provenance });
  else {
    const { lawsReport } = await import('../laws-report.ts');
    output.stdout.write(entries.map(lawsReport).join('\n'));
  }
  for (const entry of entries) {
    const broken = entry.laws.filter((law) => !law.holds).map((law) => law.name);
    if (broken.length > 0)
      output.stderr.write(
        `${entry.kind} "${entry.name}" breaks ${broken.length} of ${entry.laws.length} laws: ${broken.join(', ')}\n`,
      );
  }
  return holds ? 0 : 2;
};
