import { test } from 'vitest';
import { profileTypes, curvedSupplyTaskByTask, solveFinite, relativeGap, statusOf } from '@menusmith/core';
import { linear } from '@menusmith/plugins';
import { highsSolver } from '/work/main/plugins/src/solvers/highs.ts';
let seed = 12345; const rnd = () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed / 2 ** 32; };
const random = (n: number, M: number) => {
  const values = Float64Array.from({ length: n * M }, () => rnd() ** 2 * 3);
  const w = Float64Array.from({ length: M }, () => 0.2 + rnd()); const tot = w.reduce((a, b) => a + b); 
  const mass = Float64Array.from({ length: n }, () => Math.exp(4 * rnd())); const s1 = mass.reduce((a, b) => a + b);
  const s = linear.create({ rate: 0.1, max: 1 });
  return { types: profileTypes(values, w.map((x) => x / tot)), mass: mass.map((x) => x / s1), supply: curvedSupplyTaskByTask(s, M), cost: s.form! };
};
test('rand', async () => {
  const solver = highsSolver.create({}); await solver.prepare!();
  const [N, M, R] = process.env.NMR!.split(',').map(Number) as [number, number, number];
  for (let r = 0; r < R; r++) {
    const p = random(N, M);
    const t0 = performance.now();
    const run = solveFinite(p, solver, 1e-8); let step = run.next(); while (!step.done) step = run.next();
    const { menu } = step.value;
    let frac = 0; for (const q of menu.items.quality) if (q > 1e-3 && q < 0.999) frac++;
    console.log(N, M, menu.certificate.attainedProfit.toFixed(8), relativeGap(menu.certificate).toExponential(2), statusOf(menu.certificate, 1e-8, menu.money), menu.iterations, frac, ((performance.now() - t0) / 1e3).toFixed(2) + ' s');
  }
}, 600000);
