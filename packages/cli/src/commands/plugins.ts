import type { RegisteredEntry, Registry } from '@menusmith/app';
import { entriesNamed, kindNames, parameterWords, registeredEntries } from '@menusmith/app';
import type { Parameter } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { textTable } from '../text-table.ts';
import { writeJson } from '../write-json.ts';

interface ListedEntry {
  readonly kind: string;
  readonly name: string;
  readonly doc: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** `menusmith plugins [NAME]`: what is registered, or one entry with its parameters. */
export const pluginsCommand = async (
  name: string | undefined,
  options: CommonOptions,
  output: Output,
  given: { readonly registry?: Registry } = {},
): Promise<ExitCode> => {
  const registry = given.registry ?? (await registryFor(options));
  const found = (name === undefined ? registeredEntries(registry) : entriesNamed(registry, name)).map(listed);
  if (options.json === true) await writeJson(output.stdout, found);
  else output.stdout.write(name === undefined ? overview(found) : found.map(description).join('\n'));
  return 0;
};

const listed = ({ kind, entry: { name, doc, parameters } }: RegisteredEntry): ListedEntry => ({
  kind: kindNames[kind],
  name,
  doc,
  parameters,
});

const overview = (entries: readonly ListedEntry[]): string => {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  // Columns are as wide as the longest name of all kinds, so that the tables line up.
  const widest = Math.max(...entries.map(({ name }) => name.length));
  const tables = kinds.map((kind) => {
    const rows = entries
      .filter((entry) => entry.kind === kind)
      .map(({ name, doc }) => [name, firstSentence(doc)]);
    return `${kind}s\n${textTable({ rows, widths: [widest, 76 - widest] })}`;
  });
  return tables.join('\n');
};

const description = ({ kind, name, doc, parameters }: ListedEntry): string => {
  const rows = Object.entries(parameters).map(([parameter, declared]) => [
    parameter,
    parameterWords(declared),
    declared.default !== undefined
      ? JSON.stringify(declared.default)
      : declared.kind === 'number' && declared.optional
        ? 'optional'
        : 'required',
    declared.doc,
  ]);
  const table = textTable({
    head: ['parameter', 'what', 'default', 'meaning'],
    rows,
    widths: [14, 21, 9, 28],
  });
  const text = textTable({ rows: [[doc]], widths: [76] });
  return `${name}: a ${kind}\n${text}${rows.length === 0 ? '  No parameters.\n' : `\n${table}`}`;
};

const firstSentence = (doc: string): string => /^.*?\.(?=\s|$)/s.exec(doc)?.[0] ?? doc;
