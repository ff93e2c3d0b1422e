import { sweptColumns } from '@menusmith/app';
import { type DocumentType, headingOf, typeSections } from './document-types.ts';
import { code, page, plainText, table } from './markdown.ts';

interface Documented extends DocumentType {
  /** The command that prints it. */
  readonly command: string;
  /** What the type cannot say of the document. */
  readonly note?: string;
}

const documents: readonly Documented[] = [
  { command: 'solve', name: 'Result', file: 'packages/app/src/result.ts' },
  { command: 'check', name: 'StudyCheck', file: 'packages/app/src/check-study.ts' },
  {
    command: 'tiers',
    name: 'TiersResult',
    file: 'packages/app/src/tiers/tiers-result.ts',
    note: 'With one `--count`, the fields of the one menu in `menus` stand in the document itself. Where the study has units, price sheets of the tiers stand beside them under `sheets`.',
  },
  { command: 'evaluate', name: 'Evaluation', file: 'packages/app/src/plans/evaluate-menu.ts' },
  {
    command: 'sensitivity',
    name: 'SensitivityResult',
    file: 'packages/app/src/sensitivity/sensitivity-result.ts',
  },
  { command: 'sheet', name: 'SheetResult', file: 'packages/app/src/sheet/sheet-result.ts' },
  { command: 'calibrate', name: 'FitDocument', file: 'packages/app/src/calibration/fit-document.ts' },
];

const introduction = `With \`--json\` a command prints one document, and these are its fields. Money is in the study’s unit of money per buyer, inputs are in their own units, and
shares are parts of all buyers in [0, 1], unless a field says otherwise. A number that does not exist is null, never NaN. A field that may be absent is there only where it says something.

\`menusmith schema result\` prints the JSON Schema of what \`solve\` answers. From a program, \`solve\`, \`check\`, \`tiers\` and \`evaluate\` of the package have the same documents.

Every document has \`provenance\`, which says [by what it was made](#provenance).`;

/** Rows of a sweep have columns, which no type lists. */
const sweepSection = [
  '## `sweep`',
  `The document is a map with \`rows\`. A row has each varied field under its path, then ${sweptColumns.map(code).join(', ')}, with the meaning that they have for [\`solve\`](#solve), and then
what \`--columns\` asks for. \`error\` says why a combination has no numbers; it is empty where it has some. \`sweep.csv\` has the same columns.`,
];

const head = ['field', 'what', 'meaning'] as const;

/** The documents that commands print, field by field, from the docstrings of their types. */
export const resultsPage = (): string => {
  const sectionOf = typeSections(documents);
  const told = new Set<string>();
  /** The parts of a type that no document before has told of, each followed by its own. */
  const partsOf = (name: string): readonly string[] =>
    sectionOf(name).parts.flatMap((part) => {
      if (told.has(part)) return [];
      told.add(part);
      const { doc, rows } = sectionOf(part);
      return [
        `### ${headingOf(part)}`,
        ...(doc === '' ? [] : [plainText(doc)]),
        table(head, rows),
        ...partsOf(part),
      ];
    });
  return page(
    {
      title: 'Results',
      order: 2,
      madeFrom: 'the types of the results and their docstrings, packages/app/src/result.ts and others',
    },
    introduction,
    ...documents.flatMap(({ command, name, note }) => {
      const { doc, rows } = sectionOf(name);
      return [
        `## \`${command}\``,
        plainText(doc),
        ...(note === undefined ? [] : [note]),
        table(head, rows),
        ...partsOf(name),
      ];
    }),
    ...sweepSection,
  );
};
