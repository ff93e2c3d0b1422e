import { type EntryOf, kindNames, parameterWords, type Registry, type RegistryKind } from '@menusmith/app';
import type { Parameter } from '@menusmith/core';
import { code, page, plainText, sentence, table } from './markdown.ts';

type Entry = EntryOf<RegistryKind>;

interface KindPage {
  readonly title: string;
  readonly file: string;
  readonly order: number;
  /** What entries of the kind are for, and where a study names one. */
  readonly introduction: string;
}

/** One page a kind of plugin entry. */
export const kindPages: Readonly<Record<RegistryKind, KindPage>> = {
  productionFunctions: {
    title: 'Production functions',
    file: 'production-functions',
    order: 10,
    introduction:
      'A production function v says how much quality a task gets from its inputs. A study names one under `production`, a model under its own, and a rival under `outside.rival`.',
  },
  costFunctions: {
    title: 'Cost functions',
    file: 'cost-functions',
    order: 11,
    introduction:
      'A cost function C gives the cost of quality outright, in place of a production function and inputs. A study names one under `cost`.',
  },
  distributions: {
    title: 'Distributions',
    file: 'distributions',
    order: 12,
    introduction:
      'A distribution F is that of a value, a scale, a representative type or the value of a good. Its support [min, max] is finite. A study names one wherever [the study file](study-file.md) says so.',
  },
  copulas: {
    title: 'Copulas',
    file: 'copulas',
    order: 13,
    introduction:
      'A copula C(u, v) is the joint distribution of two ranks, those of value and scale or of two goods. A study names one under `buyers.dependence`.',
  },
  solvers: {
    title: 'Solvers',
    file: 'solvers',
    order: 14,
    introduction:
      'A solver proposes menus for finitely many types, and Menusmith certifies what it proposes. A study names one under `solver.use`; `auto`, the default, tries `one-dimensional`, `interior-point` and `highs` in this order, and then the others.',
  },
  minimizers: {
    title: 'Minimizers',
    file: 'minimizers',
    order: 15,
    introduction:
      'A minimizer is asked for a better start where Newton’s method fails to find the efficient supply. A study names one under `solver.minimizer`; `fmin-nelder-mead` is the default.',
  },
};

const defaultOf = (parameter: Parameter): string => {
  if (parameter.default !== undefined) return code(JSON.stringify(parameter.default));
  return parameter.kind === 'number' && parameter.optional ? 'optional' : 'required';
};

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isPlain)
    : typeof value === 'number' || typeof value === 'string';

const flow = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  return typeof value === 'object' && value !== null
    ? `{ ${Object.entries(value)
        .map(([name, own]) => `${name}: ${flow(own)}`)
        .join(', ')} }`
    : String(value);
};

/** How a study calls the entry, by its first example: `{ use: beta, a: 2, b: 3, min: 0, max: 1 }`; nothing where that cannot be written in a line. */
const callOf = ({ name, parameters, examples = [] }: Entry): string | undefined => {
  const [first] = examples as readonly { readonly parameters?: object }[];
  const values = (first?.parameters ?? first ?? {}) as Readonly<Record<string, unknown>>;
  const given = Object.entries(values).filter(([own, value]) => own in parameters && value !== '');
  const required = Object.entries(parameters).filter(([, own]) => defaultOf(own) === 'required');
  if (!given.every(([, value]) => isPlain(value))) return undefined;
  if (!required.every(([own]) => given.some(([name]) => name === own))) return undefined;
  return flow(Object.fromEntries([['use', name], ...given]));
};

const entrySection = (entry: Entry, isCalled: boolean, picture: string | undefined): readonly string[] => {
  const rows = Object.entries(entry.parameters).map(([name, parameter]) => [
    code(name),
    plainText(parameterWords(parameter)),
    defaultOf(parameter),
    plainText(sentence(parameter.doc)),
  ]);
  const call = isCalled ? callOf(entry) : undefined;
  return [
    `## ${code(entry.name)}`,
    plainText(sentence(entry.doc)),
    ...(call === undefined ? [] : [`For example ${code(call)}.`]),
    rows.length === 0 ? 'No parameters.' : table(['parameter', 'what', 'default', 'meaning'], rows),
    ...(picture === undefined ? [] : [picture]),
  ];
};

/** The page of a kind: its entries with their parameters; `pictureOf` has what is drawn of one. */
export const entryPage = (
  kind: RegistryKind,
  registry: Registry,
  pictureOf: (name: string) => string | undefined = () => undefined,
): string => {
  const { title, order, introduction } = kindPages[kind];
  const isCalled = kind !== 'solvers' && kind !== 'minimizers';
  return page(
    { title, order, madeFrom: `the ${kindNames[kind]}s that the standard plugin declares` },
    introduction,
    `\`menusmith plugins NAME\` prints what stands here of one; with \`--plugin\` it knows yours.`,
    ...(registry[kind].list() as readonly Entry[]).flatMap((entry) =>
      entrySection(entry, isCalled, pictureOf(entry.name)),
    ),
  );
};
