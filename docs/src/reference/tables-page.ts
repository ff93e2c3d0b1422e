import { code, page, table } from './markdown.ts';
import { readTables, type TableLayout, writtenTables } from './table-layouts.ts';

const introduction = `Tables are CSV with one header line (RFC 4180). Lines that begin with \`#\` are comments: what Menusmith writes begins with one that says by what it was made. What is written has
numbers in full precision, and an empty cell where there is none. \`NAME\` stands for the name of an input.

[The study file](study-file.md#buyers) has the tables of buyers that a study names, and [Results](results.md#sweep) the columns of \`sweep.csv\`.`;

const section = ({ title, what, columns }: TableLayout): readonly string[] => [
  `### ${title}`,
  what,
  table(
    ['column', 'always there', 'meaning'],
    columns.map(({ name, isOptional, meaning }) => [code(name), isOptional ? 'no' : 'yes', meaning]),
  ),
];

/** Tables that commands read and write, column by column. */
export const tablesPage = (): string =>
  page(
    {
      title: 'Tables',
      order: 5,
      madeFrom: 'docs/src/reference/table-layouts.ts, which a test holds against the commands',
    },
    introduction,
    '## Tables that are read',
    ...Object.values(readTables).flatMap(section),
    '## Tables that are written',
    ...Object.values(writtenTables).flatMap(section),
  );
