import {
  createRegistry,
  csvTable,
  latexTable,
  menuCsv,
  menuTable,
  parseStudy,
  quotedBuyers,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { menuColumnNames } from '@menusmith/app/menu-column-names';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const study = parseStudy(
  `
name: Seats & compute
production: { use: cobb-douglas, exponents: { gpu_hours: 0.25, seats: 0.25 } }
inputs: { gpu_hours: { scope: task, cost: 0.125 }, seats: { scope: shared, cost: 0.125 } }
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform } }
contract: allocations
implementation: two-part-tariff
units: { currency: EUR, inputs: { gpu_hours: { unit: hours } } }
`,
  { file: 's.yaml', registry },
);
const solution = solveStudy(study);

describe('columns of a menu', () => {
  it('are those that were asked for, in that order, with the heads that were asked for', () => {
    const columns = ['transfer', 'price.seats', 'value', 'price', 'total gpu_hours'];
    const menu = menuTable(study, solution, { columns, rows: { most: 12 } });
    const [head, ...rows] = menuCsv(menu).trimEnd().split('\r\n');
    expect(head).toBe('transfer,price.seats,value,price.gpu_hours,price.seats,total gpu_hours');
    expect(rows).toHaveLength(menu.rows.length);
    const quote = solution.quote({ value: 1, scale: 1 });
    expect(menu.rows.at(-1)).toEqual([
      quote.transfer,
      quote.tariff!.prices.seats,
      1,
      quote.tariff!.prices.gpu_hours,
      quote.tariff!.prices.seats,
      quote.inputs.gpu_hours,
    ]);
  });

  it('that there are none of are refused, with the nearest name and all of them', () => {
    expect(() => menuTable(study, solution, { columns: ['price.seat'] })).toThrow(
      /no column called "price\.seat"; did you mean price\.seats\? \(a menu of this study has: name, mass, value, .*price\.gpu_hours, price\.seats/,
    );
    expect(() => menuTable(study, solution, { columns: [''] })).toThrow('no column called ""');
  });

  it('are every name of the list, whatever the study has', () => {
    for (const name of menuColumnNames.filter((each) => !each.includes('.')))
      expect(menuTable(study, solution, { columns: [name] }).heads).toEqual([name]);
  });

  it('have their units in a table for LaTeX, and as many digits as were asked for', () => {
    const columns = ['value', 'total.gpu_hours', 'transfer', 'price.gpu_hours'];
    const menu = menuTable(study, solution, { columns, rows: { served: true, most: 8 } });
    const table = latexTable(solution.result, menu, study, 3);
    expect(table).toContain(
      'value & total gpu\\_hours, hours & transfer, EUR & price gpu\\_hours, EUR per 1 gpu\\_hours hours \\\\',
    );
    expect(table).toContain(`Profit, EUR & $${solution.result.profit!.toPrecision(3)}$`);
    const cells = [...table.matchAll(/\$(-?[\d.,]+)\$/g)].map(([, number]) =>
      number!.replace(/^-?0\.0*|[.,]/g, ''),
    );
    expect(cells.length).toBeGreaterThan(20);
    expect(Math.max(...cells.map(({ length }) => length))).toBe(3);
  });

  it('make a table for LaTeX in which every row has as many cells as there are columns', () => {
    const menu = menuTable(study, solution, { columns: ['excluded', 'price', 'takes'], rows: {} });
    const [, , tabular = ''] = latexTable(solution.result, menu, study).split('\\begin{tabular}');
    const [spec] = /\{[lr]+\}/.exec(tabular)!;
    expect(spec.length - 2).toBe(4);
    const rows = tabular.split('\n').filter((text) => text.endsWith('\\\\'));
    // All 861 were asked for, and a head.
    expect(rows).toHaveLength(41 * 21 + 1);
    for (const row of rows) expect(row.split(' & ')).toHaveLength(4);
  });
});

describe('rows of a menu', () => {
  it('are of buyers who are served, or so many that are evenly spread', () => {
    const served = menuTable(study, solution, { columns: ['excluded'], rows: { served: true } });
    expect(new Set(served.rows.flat())).toEqual(new Set([false]));
    expect(menuTable(study, solution, { rows: { most: 20 } }).rows.length).toBeLessThanOrEqual(20);
    const scales = menuTable(study, solution, { columns: ['scale'], rows: { most: 20 } }).rows.flat();
    expect(new Set(scales).size).toBe(2);
  });

  it('are the buyers who were asked for, in their order, with what a table says of them', () => {
    const asked = [
      { value: 1, scale: 0.5, labels: { customer_id: '#1', value: 'high' } },
      { value: 0.6, scale: 1, labels: { customer_id: '=2', value: 'low' } },
    ];
    const menu = menuTable(study, solution, { quotes: quotedBuyers(solution, asked) });
    expect(menu.columns.slice(0, 4)).toEqual(['customer_id', 'value (given)', 'value', 'scale']);
    const { columns, rows } = csvTable(menuCsv(menu), 'menu.csv');
    expect(rows.map(({ cells }) => cells.slice(0, 4))).toEqual([
      ['#1', 'high', '1', '0.5'],
      ["'=2", 'low', '0.6', '1'],
    ]);
    expect(menuCsv(menu)).toContain('\r\n"#1",high,1,0.5,');
    expect(Number(rows[1]!.cells[columns.indexOf('transfer')])).toBe(solution.quote(asked[1]!).transfer);
  });
});
