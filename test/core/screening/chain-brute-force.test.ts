/**
 * The chain against a program with every constraint, solved by Clarabel: items are one quality a cell, so that U is linear in a cell and U ≥ u, u convex, is U ≥ u at
 * the ends of cells; every moment of the types is exact. What the program makes is then a menu for the continuous types, and no more than the optimum:
 *
 *     maximise Σ (m_i E_i[θ] q_i − m_i t_i) − (1 − κ)(U_0 + Σ q_i ∫_i (1 − F)),  q nondecreasing, q ≥ 0,  U_0 + Σ h q ≥ u,  t ≥ C(q).
 *
 * A product to resell has qualities down to u′(θmin), below 0 where u falls.
 * C is a quadratic, or, with a product to resell, the largest of many tangents φq − max(S(φ), u(φ)) of the least cost, lotteries included.
 */
import { type ChainParticipation, chainMenu, type Distribution } from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import { expect, test } from 'vitest';
import { loadClarabel } from '../../../plugins/src/solvers/load-clarabel.ts';
import { betaOf, uniformOn, unit } from '../reference-cases.ts';

const clarabel = await loadClarabel();
const CELLS = 90;
const TANGENTS = 160;

interface Case {
  readonly types: Distribution;
  readonly participation: ChainParticipation;
  readonly surplusWeight: number;
  readonly isResold: boolean;
}

const bruteForce = ({ types, participation, surplusWeight, isResold }: Case): number => {
  const { min, max } = types;
  const n = CELLS;
  const h = (max - min) / n;
  const edge = (i: number): number => min + i * h;
  // Simpson’s rule on 20 panels a cell: to rounding for these F.
  const above = Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k <= 40; k++)
      sum += (k === 0 || k === 40 ? 1 : k % 2 === 1 ? 4 : 2) * types.survival(edge(i) + (h * k) / 40);
    return (sum * h) / 120;
  });
  const mass = above.map((_, i) => types.survival(edge(i)) - types.survival(edge(i + 1)));
  const moment = above.map(
    (mean, i) => edge(i) * types.survival(edge(i)) - edge(i + 1) * types.survival(edge(i + 1)) + mean,
  );
  // Columns: q, U_0, and t where the cost is by tangents.
  const columns = n + 1 + (isResold ? n : 0);
  const objective = new Float64Array(columns);
  for (let i = 0; i < n; i++) {
    objective[i] = -moment[i]! + (1 - surplusWeight) * above[i]!;
    if (isResold) objective[n + 1 + i] = mass[i]!;
  }
  objective[n] = 1 - surplusWeight;
  const rows: { readonly entries: readonly (readonly [number, number])[]; readonly bound: number }[] = [];
  for (let i = 0; i < n; i++)
    rows.push({
      entries:
        i === 0
          ? [[0, -1]]
          : [
              [i - 1, 1],
              [i, -1],
            ],
      bound: i === 0 && isResold ? Math.max(0, -participation.slope(min)) : 0,
    });
  for (let i = 0; i <= n; i++) {
    const entries = [[n, -1] as const, ...Array.from({ length: i }, (_, k) => [k, -h] as const)];
    rows.push({ entries, bound: -participation.utility(edge(i)) });
  }
  if (isResold) {
    const u = (φ: number): number => {
      const at = Math.min(max, Math.max(min, φ));
      return participation.utility(at) + (φ - at) * participation.slope(at);
    };
    // Where own items pass the other product the least cost is straight: its slope has to be among the tangents.
    let [low, high] = [0, 2 * max];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if ((middle * middle) / 2 > u(middle)) high = middle;
      else low = middle;
    }
    const even = Array.from({ length: TANGENTS + 1 }, (_, k) => -0.5 * max + (2 * max * k) / TANGENTS);
    for (const φ of [...even, low]) {
      const surplus = Math.max(φ > 0 ? (φ * φ) / 2 : 0, u(φ));
      for (let i = 0; i < n; i++)
        rows.push({
          entries: [
            [i, φ],
            [n + 1 + i, -1],
          ],
          bound: surplus,
        });
    }
  }
  const byColumn: (readonly [number, number])[][] = Array.from({ length: columns }, () => []);
  rows.forEach(({ entries }, r) => {
    for (const [column, value] of entries) byColumn[column]!.push([r, value]);
  });
  const starts = [0];
  for (const each of byColumn) starts.push(starts.at(-1)! + each.length);
  const squares = isResold ? [] : mass;
  const { status, x } = clarabel.solve(
    Uint32Array.from({ length: columns + 1 }, (_, c) => Math.min(c, squares.length)),
    Uint32Array.from(squares, (_, c) => c),
    Float64Array.from(squares),
    objective,
    Uint32Array.from(starts),
    Uint32Array.from(byColumn.flat(), ([r]) => r),
    Float64Array.from(byColumn.flat(), ([, value]) => value),
    Float64Array.from(rows, ({ bound }) => bound),
    columns,
    rows.length,
    JSON.stringify({ zero: 0, nonneg: rows.length, soc: [], exp: 0, power: [] }),
    JSON.stringify({
      verbose: false,
      max_iter: 300,
      tol_gap_abs: 1e-10,
      tol_gap_rel: 1e-10,
      tol_feas: 1e-10,
    }),
  );
  if (status !== 'optimal' || x === undefined) return Number.NaN;
  const quadraticPart = squares.reduce((sum, own, i) => sum + (own * x[i]! ** 2) / 2, 0);
  return -objective.reduce((sum, each, c) => sum + each * x[c]!, 0) - quadraticPart;
};

const parabola = (c: number, b: number, a: number): ChainParticipation => ({
  utility: (type) => c + b * type + (a * type * type) / 2,
  slope: (type) => b + a * type,
  breakpoints: [],
});
/** max(0, .3(θ − .4), .6(θ − .5)): two plans. */
const twoPlans: ChainParticipation = {
  utility: (type) => Math.max(0, 0.3 * (type - 0.4), 0.6 * (type - 0.5)),
  slope: (type) => (type < 0.4 ? 0 : type < 0.6 ? 0.3 : 0.6),
  breakpoints: [0.4, 0.6],
};

const cases: [string, Case][] = [
  ['u = .4θ²', { types: unit, participation: parabola(0, 0, 0.8), surplusWeight: 0, isResold: false }],
  [
    'u = .05 + .2θ, κ = .4',
    { types: unit, participation: parabola(0.05, 0.2, 0), surplusWeight: 0.4, isResold: false },
  ],
  ['two plans', { types: unit, participation: twoPlans, surplusWeight: 0, isResold: false }],
  [
    'two plans, κ = .7',
    { types: betaOf(2, 3), participation: twoPlans, surplusWeight: 0.7, isResold: false },
  ],
  [
    'Beta(3, 2), u = .1θ + .2θ²',
    { types: betaOf(3, 2), participation: parabola(0, 0.1, 0.4), surplusWeight: 0, isResold: false },
  ],
  [
    'U[1, 2], u steep: U falls to it from above',
    { types: uniformOn(1, 2), participation: parabola(-1.4, 1.4, 0.1), surplusWeight: 0, isResold: false },
  ],
  [
    'a product to resell',
    { types: unit, participation: parabola(0.02, 0.1, 0.5), surplusWeight: 0, isResold: true },
  ],
  [
    'U[1, 2], u falls in a straight line',
    { types: uniformOn(1, 2), participation: parabola(0.6, -0.3, 0), surplusWeight: 0, isResold: false },
  ],
  [
    'u falls and rises',
    { types: unit, participation: parabola(0.1, -0.4, 1), surplusWeight: 0.2, isResold: false },
  ],
  [
    'a product to resell that is worth less to higher types',
    { types: unit, participation: parabola(0.1, -0.2, 0.2), surplusWeight: 0, isResold: true },
  ],
  [
    'a product to resell that is worth least to middle types',
    { types: betaOf(2, 3), participation: parabola(0.075, -0.3, 0.6), surplusWeight: 0.3, isResold: true },
  ],
  [
    'a product to resell, κ = .3',
    { types: betaOf(2, 2), participation: parabola(0.05, 0.2, 0.2), surplusWeight: 0.3, isResold: true },
  ],
];

test.each(cases)(
  '%s: the optimum is that of the program, and above it by no more than the cells cost',
  (_, given) => {
    const { types, participation, surplusWeight, isResold } = given;
    const menu = chainMenu({
      types,
      supply: quadratic.create({}),
      participation,
      surplusWeight,
      ...(isResold ? { outside: 'resold' as const } : {}),
    });
    const { attained, upperBound } = menu.certificate();
    const program = bruteForce(given);
    const size = Math.max(0.05, Math.abs(attained));
    // Tangents Δ apart leave out at most Δ²/8 of the cost; a cell loses about h².
    const tangents = isResold ? (2 * types.max) ** 2 / TANGENTS ** 2 / 8 : 1e-8;
    expect(upperBound - attained).toBeLessThan(1e-9 * size);
    expect(attained - program).toBeGreaterThan(-tangents);
    expect(attained - program).toBeLessThan(2 / CELLS ** 2);
  },
);
