import { test } from 'vitest';
import { profileTypes, valueScaleTypes, solveFinite, interiorPoint, relativeGap,finiteMenu } from '@menusmith/core';
import { fgm, quadratic } from '@menusmith/plugins';
import { curvedExample1, solved, halfSquares, ownSolver, cobbDouglasSupply, sum, example1 } from './examples.ts';
import { valueScaleGrid } from './grids.ts';
const trace = (p: any, tol = 1e-9) => {
  const solve = solveFinite(p, ownSolver, tol);
  let step = solve.next();
  const all: any[] = [];
  while (!step.done) { all.push([step.value.iterations, step.value.expectedGap.toExponential(2), step.value.certifiedGap?.toExponential(2)].join(' ')); step = solve.next(); }
  console.log(all.slice(-6).join('\n'), step.value.menu.certificate, relativeGap(step.value.menu.certificate), step.value.menu.money, step.value.menu.rebate);
  return step.value.menu;
};
test('x', () => {
  const value = Float64Array.of(0.74,0.7,0.25,1.38), mass = Float64Array.from([0.008412015325276394,0.50687404724497,0.0006529802641282171,0.48406095716562536]);
  const one = Float64Array.of(1);
  trace({ types: valueScaleTypes(value, new Int32Array(4).fill(1), one), mass, supply: halfSquares(1) });
  const e = finiteMenu({value, mass}, quadratic.create({}));
  console.log(e, sum(mass.map((f,k)=>f*(e.transfer[k]!-e.cost[k]!))));
  const v2 = Float64Array.from([0.01,0.27,0.31,0.28,0.02,0.57,0.85,1.54]), m2 = Float64Array.from([0.23679420627559572,0.12716601796625132,0.0005948001538037493,0.555099801652061,0.002209892114105096,0.006988292463816816,0.004409314455420804,0.0667376749189453]);
  trace({ types: valueScaleTypes(v2, new Int32Array(8).fill(1), one), mass: m2, supply: curvedExample1(1) });
  for (const theta of [-0.9, 0.9]) trace(valueScaleGrid(12, fgm.create({ theta }), cobbDouglasSupply({ alpha: 0.02, beta: 0.02, gamma: 0.02 })), 1e-8);
});
