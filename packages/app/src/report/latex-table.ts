import type { Cell, MenuTable } from '../menu-table.ts';
import type { Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import { moneyUnit, withUnit } from '../study/units.ts';
import { capitalised } from './capitalised.ts';
import { cellWords, certificateLabels, certificateWords, gridName } from './certificate-words.ts';
import { offeredMenus } from './implementation-words.ts';
import { latexItems } from './latex-items.ts';
import { escapeLatex, numberLatex } from './latex-text.ts';
import { formatSize, numberFormula } from './numbers.ts';
import { columnWords, quotedMenu, quotedResult } from './quoted.ts';
import { shownMenu } from './shown-menu.ts';
import { sharedInputNames, sharedInputWords } from './study-inputs.ts';
import { objectiveName } from './terms-words.ts';

/** Columns that fit a page's width. */
const MOST_COLUMNS = 7;
/** Rows of the menu that fit a page under the headline numbers in \small; more are set in \footnotesize. */
const MOST_SMALL = 30;
/** Digits of numbers in the menu: seven columns fit a page with five. */
const MENU_DIGITS = 5;
/** Buyers that are told one by one where the items are told already. */
const MOST_BESIDE_ITEMS = 12;
/** Letters of a type's name. */
const MOST_LETTERS = 32;

const cellLatex = (cell: Cell, digits = MENU_DIGITS): string =>
  typeof cell === 'number' || cell === null
    ? numberLatex(cell, digits)
    : typeof cell === 'boolean'
      ? cell
        ? 'yes'
        : 'no'
      : escapeLatex(cell.length > MOST_LETTERS ? `${cell.slice(0, MOST_LETTERS - 1)}…` : cell);

/** Columns that a reader of a paper wants, in this order, as far as the menu has them. */
const wanted = [
  'name',
  'value',
  'scale',
  'theta',
  'mass',
  'quality',
  'transfer',
  'rent',
  'takes',
  'markup',
  'upfront',
  'virtualValue',
] as const;

const {
  attained: [attained],
  upperBound: [upperBound],
  relativeGap: [relativeGap],
} = certificateLabels;

/** What is the grid's and not the buyers', told apart by its name. */
const gridNumbers = ({ grid }: Result): readonly (readonly [string, number | null])[] => {
  if (grid === undefined) return [];
  const of = gridName(grid);
  return [
    [`Profit ${attained} of ${of}`, grid.profit],
    [`${capitalised(upperBound)} of ${of}`, grid.upperBound],
  ];
};

const capacityNumbers = ({
  capacity,
  used,
  shadowPrices,
}: Result): readonly (readonly [string, number | null])[] =>
  Object.keys(capacity ?? {}).flatMap((name) => [
    [`Use of ${name}`, used?.[name] ?? null],
    [`Shadow price of ${name}`, shadowPrices?.[name] ?? null],
  ]);

/**
 * The result as a table for LaTeX, with rules of the package booktabs: headline numbers, certificate, and as much of the menu as one reads, or the columns and rows that
 * were chosen. Numbers have so many significant digits, or as many as fit. Stands by itself when it is \input.
 */
export const latexTable = (
  solved: Result,
  table: MenuTable,
  study?: Pick<Study, 'units' | 'technology'>,
  digits?: number,
): string => {
  const units = study?.units;
  const shared = study === undefined ? [] : sharedInputNames(study.technology);
  const result = quotedResult(solved, units);
  const menu = quotedMenu(table, units);
  const { certificate } = result;
  const money = (label: string): string => withUnit(label, moneyUnit(units));
  const numbers: readonly (readonly [string, number | null, string?])[] = [
    [money('Profit'), result.profit],
    [money('Revenue'), result.revenue],
    [money('Cost'), result.cost],
    [money('Consumer surplus'), result.consumerSurplus],
    [money('Welfare'), result.welfare],
    [money('Efficient welfare'), result.efficientWelfare],
    ['Share of buyers excluded', result.excludedShare],
    [`Share of buyers with ${sharedInputWords(shared)}`, shared.length > 0 ? result.fineTunedShare : null],
    ['Share of buyers who go elsewhere', result.outsideShare ?? null],
    ['Share of buyers who keep a plan', result.keptShare ?? null],
    [money(`${capitalised(objectiveName(result))} ${attained}`), certificate.attainedObjective],
    [money(capitalised(upperBound)), certificate.upperBound],
    [capitalised(relativeGap), certificate.relativeGap, formatSize(certificate.relativeGap)],
    ...(result.implementation === undefined ? [] : offeredMenus(result.implementation)).map(
      ({ label, attainedProfit }) => [money(`Profit, ${label}`), attainedProfit] as const,
    ),
    [money('Profit without lotteries'), result.withoutLotteries?.profit ?? null],
    ...capacityNumbers(result),
    ...gridNumbers(result).map(([label, number]) => [money(label), number] as const),
  ];
  const lines = numbers
    .filter(([, number]) => number !== null)
    .map(
      ([label, number, text]) =>
        `    ${escapeLatex(label)} & ${text === undefined ? numberLatex(number, digits) : numberFormula(text)} \\\\`,
    );
  const shown = shownMenu(menu);
  const columns =
    shown.heads === undefined
      ? wanted
          .map((name) => shown.columns.indexOf(name))
          .filter((k) => k >= 0)
          .slice(0, MOST_COLUMNS)
      : [...shown.columns.keys()];
  const heads = columns.map((k) => escapeLatex(columnWords(shown.columns[k]!, units)));
  const isText = columns.map((k) => shown.rows.some((row) => typeof row[k] === 'string'));
  const items = latexItems(result, units);
  // Buyers of known items are told one by one only where they are few.
  const isListed =
    columns.length > 0 &&
    shown.rows.length > 0 &&
    !(items && menu.rows.length > MOST_BESIDE_ITEMS && menu.heads === undefined && menu.isChosen !== true);
  const isAll = !isListed || shown.rows.length === menu.rows.length;
  const note = `${items?.note ?? ''}${isAll ? '' : ` The menu: ${shown.rows.length} of ${menu.rows.length} buyers.`}`;
  const doubts =
    result.status === 'uncertified' ? ` ${escapeLatex(certificateWords(result, units).join(' '))}` : '';
  return [
    '% Needs \\usepackage{booktabs}.',
    '\\providecommand{\\menusmithUnicode}[1]{\\ifdefined\\Umathcode #1\\else ?\\fi}',
    '\\begin{table}[htbp]',
    `  \\centering\\${isListed && shown.rows.length > MOST_SMALL ? 'footnotesize' : 'small'}`,
    `  \\caption{${escapeLatex(result.name)}: the ${result.status === 'optimal' ? 'optimal ' : ''}${result.method === 'efficient' ? 'allocation' : 'menu'} (${result.status}).${note}${result.goods && !result.goods.items ? ` ${escapeLatex(cellWords(result.goods))}` : ''}${doubts}}`,
    ...(lines.length === 0
      ? []
      : ['  \\begin{tabular}{lr}', '    \\toprule', ...lines, '    \\bottomrule', '  \\end{tabular}']),
    ...(items ? ['', '  \\medskip', ...items.lines] : []),
    ...(!isListed
      ? []
      : [
          '',
          '  \\medskip',
          `  \\begin{tabular}{${isText.map((text) => (text ? 'l' : 'r')).join('')}}`,
          '    \\toprule',
          `    ${heads.join(' & ')} \\\\`,
          '    \\midrule',
          ...shown.rows.map(
            (row) => `    ${columns.map((k) => cellLatex(row[k]!, digits)).join(' & ')} \\\\`,
          ),
          '    \\bottomrule',
          '  \\end{tabular}',
        ]),
    '\\end{table}',
    '',
  ].join('\n');
};
