import fc from 'fast-check';
import { anyScalar, nameText, numberFrom } from './scalars.ts';
import { flowText, type Tree } from './tree.ts';

/** A cell as CSV has it: quoted where it must be, and sometimes where it need not, or not where it must. */
export const cellText = (value: Tree): string => {
  const text = typeof value === 'string' ? value : flowText(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const headers: readonly (readonly string[])[] = [
  ['value', 'scale', 'mass'],
  ['value', 'scale', 'mass', 'name'],
  ['CTX', 'scale', 'mass', 'elsewhere'],
  ['mass', 'songs', 'films'],
  ['value', 'mass'],
];

/** The columns that a study asks for, by its text. */
const columnsFor = (text: string, any: readonly string[]): readonly string[] => {
  if (text === '') return any;
  const elsewhere = text.includes('"elsewhere"') ? ['elsewhere'] : [];
  if (!/kind"?: "file"/.test(text)) return ['value', 'scale', 'mass', ...elsewhere];
  if (/"?weights"?: ?\[/.test(text)) return ['mass', 'songs', 'films', ...elsewhere];
  return [text.includes('"CTX"') ? 'CTX' : 'value', 'scale', 'mass', ...elsewhere];
};

const cellOf = (column: string): fc.Arbitrary<Tree> =>
  column === 'name'
    ? nameText
    : fc.oneof({ weight: 300, arbitrary: numberFrom(0.05, 1) }, { weight: 1, arbitrary: anyScalar });

const rowsOf = (columns: readonly string[], most: number): fc.Arbitrary<readonly (readonly Tree[])[]> =>
  fc.array(fc.tuple(...columns.map(cellOf)), { minLength: Math.min(2, most), maxLength: most });

interface Dialect {
  readonly separator: string;
  readonly end: string;
  readonly start: string;
}

const dialect: fc.Arbitrary<Dialect> = fc.record({
  separator: fc.oneof(
    { weight: 120, arbitrary: fc.constant(',') },
    { weight: 1, arbitrary: fc.constantFrom(';', '\t', '|', ', ') },
  ),
  end: fc.oneof(
    { weight: 90, arbitrary: fc.constant('\n') },
    { weight: 1, arbitrary: fc.constantFrom('\r\n', '\r', '\n\n') },
  ),
  start: fc.oneof(
    { weight: 120, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('\ufeff', '# a comment\n', '\n', '"') },
  ),
});

const tableText = (rows: readonly (readonly Tree[])[], { separator, end, start }: Dialect): string =>
  start + rows.map((row) => row.map(cellText).join(separator) + end).join('');

/** Tables that are none, or larger than anybody has. */
const brokenTable: fc.Arbitrary<string> = fc.constantFrom(
  '', '\n', ',', '"', 'value,scale,mass', 'value,value,mass\n1,1,1\n', 'value,scale,mass\n1,1\n', 'value,scale,mass\n1,1,1,1\n', '"value\n',
  `value,scale,mass\n"${'x'.repeat(50_000)}",1,1\n`, `${Array(5001).fill('a').join(',')}\n`, 'mass,a\n1e308,1\n1e308,1\n', 'value,scale,mass\n1,1,0\n',
  'mass,__proto__,constructor\n1,2,3\n', `mass,a\n${'1,0.5\n'.repeat(3000)}`, 'value,scale,mass\n1,2,1\n', '\u0000\u0001\u0002', 'value,scale,mass\n1e-320,1e-320,1e-320\n',
); // biome-ignore format: one list

/** `buyers.csv`, for a study: types by value and scale, or task by task. */
export const buyersRows: fc.Arbitrary<(study: string) => string> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc
      .tuple(fc.constantFrom(...headers), rowsOf(['value', 'value', 'value', 'value'], 5), nameText, dialect)
      .map(([any, rows, name, how]) => (text: string) => {
        const columns = columnsFor(text, any);
        const cells = rows.map((row, n) =>
          columns.map((column, k) => (column === 'name' ? `${name} ${n}` : row[k % row.length]!)),
        );
        return tableText([columns, ...cells], how);
      }),
  },
  { weight: 1, arbitrary: brokenTable.map((text) => () => text) },
);

const priceColumns: readonly (readonly string[])[] = [
  ['model', 'tier', 'input', 'output'],
  ['model', 'tier', 'input', 'cached', 'output', 'training'],
  ['model', 'input', 'output', 'cost input', 'cost output'],
  ['Model', 'Input ($ / 1M tokens)', 'Output ($ / 1M tokens)', 'Batch input'],
  ['name', 'fee', 'input', 'cached input', 'note'],
  ['model', 'tier', 'from', 'to', 'input', 'output'],
  ['model', 'input', 'output', 'cached'],
  ['model', 'tier', 'input', 'output', 'note'],
  ['model', 'input', 'from', 'price'],
  ['Provider', 'Model', 'Input / 1K tokens', 'Output per 1M tokens', 'Output >200K', 'Flex input'],
];

const pricesCell = (column: string): fc.Arbitrary<Tree> =>
  /^(model|tier|name|note|provider)$/i.test(column)
    ? nameText
    : /^(from|to)$/.test(column)
      ? fc.constantFrom<Tree>('', '-', '2025-01-01', '2026-06-30', '2099-12-31', '2025-02-30', 'soon')
      : fc.oneof(
          { weight: 150, arbitrary: numberFrom(0.01, 100) },
          {
            weight: 4,
            arbitrary: fc.constantFrom<Tree>('$2.50', '-', '', 'n/a', '1,250.00', '2.5e1', '€ 3', '0'),
          },
          { weight: 1, arbitrary: anyScalar },
        );

/** A list of prices, and what its kinds of tokens cost. */
export const pricesTable: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc
      .constantFrom(...priceColumns)
      .chain((columns) =>
        fc.tuple(
          fc
            .array(fc.tuple(...columns.map(pricesCell)), { minLength: 1, maxLength: 8 })
            .map((rows) => [columns, ...rows]),
          dialect,
        ),
      )
      .map(([rows, how]) => tableText(rows, how)),
  },
  { weight: 1, arbitrary: brokenTable },
  {
    weight: 1,
    arbitrary: fc.nat(3000).map((n) => `model,${'('.repeat(n)}${' '.repeat(n)}input,output\nx,1,2\n`),
  },
);

/** `customers.csv`: by θ, or by value and scale. */
export const customersTable: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(
        fc.constantFrom<readonly string[]>(
          ['customer_id', 'theta'],
          ['customer_id', 'value', 'scale'],
          ['customer_id', 'model', 'theta'],
          ['customer_id'],
        ),
        dialect,
      )
      .chain(([columns, own]) =>
        rowsOf(columns, 4).map((rows) =>
          tableText([columns, ...rows.map(([, ...cells], n) => [`c${n}`, ...cells])], own),
        ),
      ),
  },
  { weight: 1, arbitrary: brokenTable },
);
