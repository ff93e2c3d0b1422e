import type { Distribution, ParameterValues } from '@menusmith/core';
import type { Entries, Registry } from '../registry.ts';
import type { EntryCall } from './buyers-schema.ts';
import type { CsvTable } from './csv-table.ts';
import { type Declaration, type References, readParameters } from './parameters.ts';
import type { Problems } from './problems.ts';
import { recentlyMade } from './recently-made.ts';

/** What an entry made of its parameters, and what to call it: `beta (a 2, b 3) on [0, 1]`. */
export interface Constructed<T> {
  readonly made: T;
  readonly label: string;
}

type Constructor<T> = Declaration & { create(parameters: ParameterValues, context: undefined): T };

/** What `call` names among these entries, made with its parameters; complaints go to `problems`. */
export const construct = <T>(
  call: EntryCall,
  entries: Entries<Constructor<T>>,
  references: References,
  problems: Problems,
): Constructed<T> | undefined => {
  const entry = problems.within('use').attempt(() => entries.get(call.use));
  const parameters = entry && readParameters(entry, call, problems, undefined, references);
  if (entry === undefined || parameters === undefined) return undefined;
  const made = problems.attempt(() => recentlyMade(entry, parameters, undefined));
  return made && { made, label: label(entry, parameters, call) };
};

/** What the parameters of a study can refer to: other distributions, and tables beside the study. */
export const referencesOf = (registry: Registry, table: (path: string) => CsvTable): References => {
  const references: References = {
    distribution: (call, problems): Distribution | undefined =>
      construct(call, registry.distributions, references, problems)?.made,
    table,
  };
  return references;
};

/** `uniform on [0, 1]`, `beta (a 2, b 3) on [0, 1]`, `mixture (0.85 beta + 0.15 beta)`, `independent`. */
const label = (entry: Declaration, parameters: ParameterValues, call: EntryCall): string => {
  const { min, max, ...others } = parameters;
  const bounded = min !== undefined && max !== undefined;
  const said = Object.keys(bounded ? others : parameters).filter((key) => parameters[key] !== undefined);
  const rest = said.map((key) => {
    const { kind } = entry.parameters[key]!;
    if (kind === 'weighted-distributions') return partsLabel(call[key]);
    return `${key} ${kind === 'column' ? call[key] : parameters[key]}`;
  });
  return `${entry.name}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}${bounded ? ` on [${min}, ${max}]` : ''}`;
};

const partsLabel = (parts: unknown): string =>
  (parts as readonly { weight: number; of: EntryCall }[])
    .map(({ weight, of }) => `${weight} ${of.use}`)
    .join(' + ');
