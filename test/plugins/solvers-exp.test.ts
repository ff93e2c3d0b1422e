import { test } from 'vitest';
import { profileTypes, curvedSupplyTaskByTask, solveFinite, relativeGap, statusOf } from '@menusmith/core';
import { linear } from '@menusmith/plugins';
import { highsSolver } from '/work/main/plugins/src/solvers/highs.ts';
const mv = (n: number) => {
  const values = new Float64Array(2 * n * n); let at = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) { values[at++] = (i + 0.5) / n; values[at++] = (j + 0.5) / n; }
  const types = profileTypes(values, Float64Array.of(1, 1));
  const s = linear.create({ rate: 0, max: 1 });
  return { types, mass: new Float64Array(n * n).fill(1 / (n * n)), supply: curvedSupplyTaskByTask(s, 2), cost: s.form! };
};
test('mv', async () => {
  const solver = highsSolver.create({}); await solver.prepare!();
  for (const n of (process.env.NS ?? '6,10,15').split(',').map(Number)) {
    const t0 = performance.now();
    const run = solveFinite(mv(n), solver, 1e-8); let step = run.next(); while (!step.done) step = run.next();
    const { menu } = step.value;
    console.log(n, menu.certificate, relativeGap(menu.certificate), statusOf(menu.certificate, 1e-8, menu.money), menu.iterations, ((performance.now() - t0) / 1e3).toFixed(2) + ' s');
  }
}, 600000);
