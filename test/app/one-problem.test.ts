import { createRegistry, solveStudy, standardPlugin, studyFromText } from '@menusmith/app';
import { csvTable } from '@menusmith/app/browser';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const masses = [0.5, 0.2, 0.3];
const values = [0.6, 1, 1.7];

/** The same three types in every way in which a study can list them. */
const listings = {
  representative: {
    kind: 'representative',
    types: values.map((value, k) => ({ value, mass: masses[k]! })),
  },
  profiles: {
    kind: 'profiles',
    tasks: { weights: [1] },
    types: values.map((value, k) => ({ values: [value], mass: masses[k]! })),
  },
  'value-scale-grid': { kind: 'value-scale-grid', values, scales: [1], mass: masses.map((mass) => [mass]) },
  'a file of values': { kind: 'file', file: 'values.csv' },
  'a file with one task': { kind: 'file', file: 'task.csv' },
};
const csv: Readonly<Record<string, string>> = {
  'values.csv': `value,scale,mass\n${values.map((value, k) => `${value},1,${masses[k]}`).join('\n')}\n`,
  'task.csv': `mass,chat\n${values.map((value, k) => `${masses[k]},${value}`).join('\n')}\n`,
};

const makers = {
  'a production function': {
    production: { use: 'cobb-douglas', exponents: { input: 0.3, tuning: 0.2 }, base: { tuning: 1 } },
    inputs: { input: { scope: 'task', cost: 0.4 }, tuning: { scope: 'shared', cost: 0.2 } },
  },
  'a cost given outright': { cost: { use: 'quadratic' } },
};

const terms = {
  profit: {},
  'profit and surplus': { objective: { consumerSurplus: 0.4 } },
};

const solve = (study: object) => {
  const text = JSON.stringify({ name: 'three types', ...study });
  const read = studyFromText(text, {
    file: 'study.json',
    registry,
    csvFiles: (path) => csvTable(csv[path]!, path),
  });
  const { result } = solveStudy(read);
  // A list of values without scales names none, and how it was read is told beside the numbers.
  const types = result.types.map(({ scale: _, index: __, tariff, ...type }) => ({
    ...type,
    ...(tariff ? { tariff: { ...tariff, taskCap: null } } : {}),
  }));
  const { seconds: _, iterations: __, notes: ___, tasks: ____, ...fields } = result;
  return { ...fields, types };
};

describe('types along a line are one problem, however a study lists them', () => {
  for (const [maker, made] of Object.entries(makers)) {
    for (const [term, more] of Object.entries(terms)) {
      test.each(Object.entries(listings))(`%s; ${maker}; ${term}`, (_, buyers) => {
        const wanted = solve({ ...made, ...more, buyers: listings.representative });
        expect(solve({ ...made, ...more, buyers })).toEqual(wanted);
      });
    }
  }
});
