import { describe, expect, it } from 'vitest';
import {
  createRegistry,
  latexTable,
  menuCsv,
  menuTable,
  solveStudy,
  standardPlugin,
  studyFromText,
} from '../../packages/app/src/index.ts';
import { escapeLatex } from '../../packages/app/src/report/latex-text.ts';
import { csvTable } from '../../packages/app/src/study/csv-table.ts';

const registry = createRegistry([standardPlugin]);
const solved = (names: readonly string[]) => {
  const types = names.map((name, k) => ({ name, value: k + 1, mass: 1 }));
  const text = JSON.stringify({ cost: { use: 'quadratic' }, buyers: { kind: 'representative', types } });
  const csvFiles = (): never => {
    throw new Error('no file is named here');
  };
  const study = studyFromText(text, { file: 's.json', registry, csvFiles });
  const solution = solveStudy(study, { clock: () => 0 });
  return { solution, menu: menuTable(study, solution) };
};

describe('a CSV for spreadsheets', () => {
  const formulas = [
    '=1+1',
    '+1',
    '-1',
    '−1',
    '@sum',
    '\t=1',
    '\r=1',
    '=a,"b"',
    '  =1',
    '＝1',
    '＋1',
    '－1',
    '＠sum',
  ];

  it.each(formulas)('%j stands as a text behind an apostrophe, in quotes', (text) => {
    const line = menuCsv({ columns: ['a'], rows: [[text]] });
    expect(line).toBe(`a\r\n"'${text.replaceAll('"', '""')}"\r\n`);
    expect(menuCsv({ columns: [text], rows: [] })).toBe(`"'${text.replaceAll('"', '""')}"\r\n`);
  });

  it('numbers stay numbers, and other texts as they are', () => {
    const row = [-1, -1e-7, 0, null, true, 'a=1', '2-3', ''];
    expect(menuCsv({ columns: ['a'], rows: [row] })).toBe('a\r\n-1,-1e-7,0,,true,a=1,2-3,\r\n');
  });

  it('holds the names of a study so', () => {
    const { menu } = solved(['=cmd|calc', 'high']);
    const { columns, rows } = csvTable(menuCsv(menu), 'menu.csv');
    expect(rows.map(({ cells }) => cells[columns.indexOf('name')])).toEqual(["'=cmd|calc", 'high']);
  });
});

describe('a table for LaTeX', () => {
  it('no row begins with what the end of the row before would take as its own', () => {
    const { solution, menu } = solved(['[2cm]low', '*high', ' [x]', '** ']);
    const table = latexTable(solution.result, menu);
    expect(table).toContain('{[}2cm{]}low & ');
    expect(table).toContain('{*}high & ');
    expect(table).not.toMatch(/\\\\\s*[[*]/);
  });

  it('brackets and stars stand in braces wherever they are', () => {
    expect(escapeLatex('a[b]*')).toBe('a{[}b{]}{*}');
  });
});
