/* The page for the person who decides, on paper: one sheet of A4, also where there is much to say. */
import {
  createRegistry,
  type DecisionPage,
  decisionPage,
  evaluateMenu,
  experimentSize,
  filesBeside,
  overturning,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import type { Plan } from '@menusmith/core';
import { expect, it } from 'vitest';
import { missing, printed } from './chromium.ts';

const names = ['input', 'cached', 'output', 'fine_tune'];
const source = {
  text: `name: flagship-2026-preview-with-a-long-name, from exports/2026/usage-of-all-customers.csv
production: { use: cobb-douglas, exponents: { input: 0.15, cached: 0.1, output: 0.2, fine_tune: 0.05 }, base: { fine_tune: 1 } }
inputs:
${names.map((name) => `  ${name}: { scope: ${name === 'fine_tune' ? 'shared' : 'task'}, cost: 0.5 }`).join('\n')}
buyers:
  kind: representative
  type: { use: mixture, parts: [{ weight: 0.6, of: { use: lognormal, mu: 1, sigma: 0.6, max: 30 } }, { weight: 0.4, of: { use: pareto, shape: 3, min: 3, max: 30 } }] }
contract: packages
units: { currency: $, period: month, inputs: { ${names.map((name) => `${name}: { unit: tokens, per: 1000000 }`).join(', ')} } }
`,
  file: 'study.yaml',
  registry: createRegistry([standardPlugin]),
  ...filesBeside('study.yaml'),
};
const study = studyFromText(source.text, source);
const each = (amount: number) => Object.fromEntries(names.map((name) => [name, amount]));
const plan = (name: string, fee: number, price: number, included: number): Plan => ({
  name,
  fee,
  included: included > 0 ? each(included) : {},
  prices: each(price),
  commitment: fee / 10,
  taskCap: null,
});
const before = [1, 0.9, 0.8].map((price, k) => plan(`Today’s plan ${k + 1}`, 2 * k, price, 0));
const after = Array.from({ length: 10 }, (_, k) =>
  plan(`Enterprise plan ${k + 1}`, 1.5 * k, 1 - 0.04 * k, 0.01 * k),
);
const asMenu = (plans: readonly Plan[]) => ({ plans, locating: <T>(work: () => T): T => work() });

const page = (more: Partial<DecisionPage> = {}): string => {
  const { evaluation } = evaluateMenu(study, { menu: asMenu(after), against: asMenu(before) });
  const band = {
    level: 0.9,
    draws: 187,
    asked: 200,
    low: { profit: -0.0123, relative: -0.0156 },
    high: { profit: 0.1234, relative: 0.1456 },
    gains: 0.87,
    optimism: 0.0123,
  };
  return decisionPage({
    study,
    evaluation: { ...evaluation, band },
    menu: after,
    overturning: overturning(source, { menu: after, against: before })!,
    experiment: experimentSize(study, before, after),
    program: 'menusmith',
    ...more,
  });
};

it.skipIf(missing !== undefined)(
  'the page for who decides fits one sheet of A4, with ten plans of four inputs',
  async () => {
    const html = page();
    const { pages, isCutOff } = await printed(html);
    expect([pages, isCutOff]).toEqual([1, false]);
  },
);
