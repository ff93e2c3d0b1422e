import { createRegistry, plainTerms, standardPlugin, studyFromText, surplusWeightOf } from '@menusmith/app';
import { csvTable } from '@menusmith/app/browser';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const base = `
production: { use: cobb-douglas, exponents: { input: 0.5 } }
inputs: { input: { scope: task, cost: 0.5 } }
buyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }
`;
const read = (text: string, csv = 'value,scale,mass\n1,1,1\n') =>
  studyFromText(text, {
    file: 'study.yaml',
    registry,
    csvFiles: (path) => csvTable(csv, path),
    jsonFiles: () => ({ plans: [{ name: 'Team', fee: 1, included: { input: 2 } }] }),
  });
const complaint = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('terms of a study', () => {
  test('are plain where it says nothing', () => {
    expect(read(base).terms).toEqual(plainTerms);
  });

  test('weights are told per unit of profit', () => {
    const { terms } = read(`${base}objective: { profit: 2, consumerSurplus: 0.5 }`);
    expect(surplusWeightOf(terms)).toBe(0.25);
    expect(complaint(`${base}objective: { consumerSurplus: 1.5 }`)).toMatch(
      /objective.consumerSurplus: expected at most the weight of profit, 1, got 1.5/,
    );
    expect(complaint(`${base}objective: { profit: 0 }`)).toMatch(
      /objective.profit: expected a number above 0/,
    );
  });

  test('a formula of the outside utility comes with its slope', () => {
    const { outside } = read(`${base}outside: { utility: "0.1 + 0.2*theta^2" }`).terms;
    if (outside?.kind !== 'utility') throw new Error('expected a formula');
    expect(outside.at([0.5])).toBeCloseTo(0.15, 14);
    expect(outside.slope([0.5])).toBeCloseTo(0.2, 14);
  });

  test('the column of outside utilities is no task', () => {
    const text = base.replace(/buyers: .*/, 'buyers: { kind: file, file: a.csv }');
    const csv = 'mass,chat,code,elsewhere\n1,1,2,0.5\n1,3,4,0.25\n';
    const study = read(`${text}outside: { utility: { column: elsewhere } }`, csv);
    if (study.buyers.kind !== 'profiles') throw new Error('expected profiles');
    expect(Array.from(study.buyers.types[0]!.values)).toEqual([1, 2]);
    expect(study.terms.outside).toEqual({ kind: 'listed', utilities: Float64Array.of(0.5, 0.25) });
  });

  test('a rival is a technology at his prices', () => {
    const rival =
      'rival: { production: { use: cobb-douglas, exponents: { a: 0.5 } }, inputs: { a: { scope: task, price: 3 } } }';
    const { outside } = read(`${base}outside: { ${rival} }`).terms;
    if (outside?.kind !== 'rival') throw new Error('expected a rival');
    expect(outside.technology.inputs[0]!.cost).toBe(3);
    expect(complaint(`${base}outside: { ${rival}, utility: 1 }`)).toMatch(
      /either utility .* or rival, got both/,
    );
  });

  test('today’s plans are read from a menu file, or from the study', () => {
    expect(read(`${base}keep: { menu: today.json, share: 0.9 }`).terms.keep).toMatchObject({
      share: 0.9,
      plans: [{ name: 'Team', fee: 1, included: { input: 2 } }],
    });
    expect(read(`${base}keep: { menu: { plans: [{ name: A, fee: 1 }] } }`).terms.keep).toMatchObject({
      share: 1,
      plans: [{ name: 'A', fee: 1 }],
    });
  });

  test('capacity is of inputs that there are', () => {
    expect(read(`${base}capacity: { input: 0.5 }`).terms.capacity).toEqual({ input: 0.5 });
    expect(complaint(`${base}capacity: { inputs: 0.5 }`)).toMatch(
      /no input called "inputs"; did you mean input/,
    );
  });

  test('what the theory leaves out is said, and is no misspelt field', () => {
    expect(complaint(`${base}insurance: { deductible: 3 }`)).toMatch(
      /insurance: insurance and risk aversion are outside/,
    );
    expect(complaint(`${base}budget: 3`)).toMatch(/income effects and budgets are outside/);
    expect(complaint(`${base}effort: 3`)).toMatch(/moral hazard/);
    expect(complaint(`${base}riskAversionOfBuyers: 3`)).toMatch(/risk aversion are outside/);
    expect(complaint(`${base}sellers: 2`)).toMatch(/`rival` with prices/);
    expect(complaint(`${base}utility: crra`)).toMatch(/`outside: { utility }`/);
    expect(complaint(`${base}contract: insurance`)).toMatch(/got the text "insurance": insurance and risk/);
  });

  test.each([
    ['buyers: 3', /buyers: expected a map of fields, got 3: several buyers/],
    ['buyers: [{ kind: representative }]', /got a list: .*`mixture`/],
    ['buyers: { kind: auction }', /got the text "auction": several buyers/],
    ['buyers: { kind: representative, type: { use: uniform }, count: 3 }', /buyers.count: several buyers/],
    ['buyers: { kind: representative, type: { use: uniform, risk: 1 } }', /type.risk: insurance and risk/],
    ['buyers: { kind: representative, type: { use: uniform }, income: 3 }', /buyers.income: income effects/],
  ])('%s asks for what the theory leaves out', (buyers, message) => {
    expect(complaint(`cost: { use: quadratic }\n${buyers}\n`)).toMatch(message);
  });
});
