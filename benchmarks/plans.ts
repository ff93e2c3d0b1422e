import {
  createRegistry,
  filesBeside,
  findingPlanTiers,
  migrationOf,
  type PlanKind,
  type Study,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import { finished, type Plan } from '@menusmith/core';
import { duration, type Section, small, table } from './section.ts';

const COST = 0.1;
const registry = createRegistry([standardPlugin]);
const studyOf = (buyers: string): Study =>
  studyFromText(
    `production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: ${COST} } }
buyers: { kind: representative, ${buyers} }
contract: packages`,
    { file: 'benchmark.yaml', registry, ...filesBeside('benchmark.yaml') },
  );

/** Types of a lognormal distribution by their ranks, the same in every run: Box and Muller on a lattice. */
const lognormal = (count: number, sigma: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => {
    const [u, v] = [(n + 0.5) / count, ((n * 0.6180339887498949) % 1) + 1e-9];
    return Math.exp(sigma * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
  });

const plans: readonly Plan[] = Array.from({ length: 10 }, (_, k) => ({
  name: `plan ${k}`,
  fee: 0.05 * k,
  included: k % 3 === 0 ? {} : { tokens: 0.1 * k },
  prices: { tokens: 0.5 - 0.03 * k },
  commitment: k % 2 === 0 ? 0 : 0.05 * k,
  taskCap: null,
}));
const list: readonly Plan[] = [{ ...plans[0]!, name: 'list', prices: { tokens: 0.3 } }];

/** θ√x − what is paid, by the first-order condition: beyond what is included and committed to, x = (θ/2p)². */
const closedForm = (theta: number): number =>
  plans.reduce((best, { fee, included, prices, commitment }) => {
    const [free, price] = [included.tokens ?? 0, prices.tokens!];
    const x = Math.max(free + commitment / price, (theta / (2 * price)) ** 2);
    return Math.max(best, theta * Math.sqrt(x) - fee - Math.max(commitment, price * Math.max(0, x - free)));
  }, 0);

/** How long customers take to choose among plans, and plans to be found, and how right they are. */
export const planFigures = (isQuick: boolean): Section => {
  const failures: string[] = [];
  const customers = isQuick ? 5000 : 100_000;
  const values = lognormal(customers, 0.8);
  const study = studyOf('type: { use: uniform }');
  const known = values.map((value, n) => ({ id: String(n), value }));
  let started = performance.now();
  const { table: migration } = migrationOf(study, known, list, plans);
  const choosing = performance.now() - started;
  const surplus = migration.columns.indexOf('surplus_after');
  const wrong = migration.rows.reduce(
    (most, row, n) => Math.max(most, Math.abs(Number(row[surplus]) - closedForm(values[n]!))),
    0,
  );
  if (!(wrong < 1e-9)) failures.push(`surplus of a customer is off by ${small(wrong)}`);

  const types = isQuick ? 200 : 3000;
  const listed = studyOf(
    `types: [${lognormal(types, 0.6)
      .map((value) => `{ value: ${value}, mass: 1 }`)
      .join(', ')}]`,
  );
  const count = isQuick ? 2 : 4;
  const rows = (['bundle', 'two-part-tariff', 'three-part-tariff', 'commitment'] as const).map(
    (kind: PlanKind) => {
      started = performance.now();
      const [menu] = finished(
        findingPlanTiers(listed, { counts: [count], kind, keep: { plans: list, share: 1 } }),
      ).menus;
      const seconds = performance.now() - started;
      const { profit, upperBound, relativeGap } = menu!;
      if (!(profit <= upperBound * (1 + 1e-9))) failures.push(`${kind}: profit is above its bound`);
      return [kind, duration(seconds), `${(100 * (1 - relativeGap)).toFixed(2)} %`];
    },
  );
  return {
    title: 'Plans',
    body: [
      `${customers.toLocaleString('en')} customers choose among ${plans.length} plans with fees, allowances, prices and commitments, and under a list price, in ${duration(choosing)}; no surplus is off by more than ${small(wrong)} from the closed form.`,
      `The best ${count} plans that \`tiers --keep\` finds for ${types.toLocaleString('en')} types beside a list price that stays on sale, with what they make of the bound for all menus, whatever they are:`,
      table(['kind', 'time', 'of the bound'], rows),
    ],
    pictures: [],
    failures,
  };
};
