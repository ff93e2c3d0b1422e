/*
 * Times and accuracy of best menus of few tiers; run by `node benchmarks/tiers.js` after `npm run build`. The first run is the first in the process.
 */
import {
  bestBundlesForPopulation,
  bestBundlesForTypes,
  bestTariffsForPopulation,
  bestTariffsForTypes,
  edgesOfTypes,
  iron,
  onRevenueHull,
  representativeDistribution,
} from '@menusmith/core';
import { standardPlugin } from '@menusmith/plugins';

const named = (entries, name) => entries.find((entry) => entry.name === name);
const distribution = (name, parameters) => named(standardPlugin.distributions, name).create(parameters);
const quadratic = named(standardPlugin.costFunctions, 'quadratic').create({});
const inputs = [
  { name: 'x', scope: 'task', cost: 1 / 8, max: Number.POSITIVE_INFINITY },
  { name: 'y', scope: 'task', cost: 1 / 8, max: Number.POSITIVE_INFINITY },
  { name: 'z', scope: 'shared', cost: 1 / 8, max: Number.POSITIVE_INFINITY },
];
const example1 = named(standardPlugin.productionFunctions, 'cobb-douglas')
  .create({ exponents: { x: 0.25, y: 0.25, z: 0.25 }, base: { z: 1 } }, { task: ['x', 'y'], shared: ['z'] })
  .closedForm(inputs);
const uniform = distribution('uniform', { min: 0, max: 1 });
const theta = representativeDistribution(uniform, uniform, 0.5);

let seed = 1;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};
const value = Float64Array.from({ length: 10_000 }, random);
const drawn = Array.from({ length: 10_000 }, random);
const total = drawn.reduce((sum, m) => sum + m, 0);
const types = { value, mass: Float64Array.from(drawn, (m) => m / total) };

/** Regular types: none is pooled or left out, so that all 10,000 are places to start at. The random ones leave about a hundred. */
const regular = {
  value: Float64Array.from({ length: 10_000 }, (_, i) => 1 + (i + 0.5) / 10_000),
  mass: new Float64Array(10_000).fill(1e-4),
};

/** The same program by looking at every pair of starts. */
const plainBest = ({ value, mass }, count) => {
  const { type, above } = onRevenueHull(edgesOfTypes(value, mass));
  const n = type.length;
  const revenue = type.map((x, i) => x * above[i]);
  let rest = new Float64Array(n);
  for (let r = 1; r <= count; r++) {
    const own = new Float64Array(n);
    for (let i = 0; i + 1 < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const v = revenue[i] - revenue[j];
        const worth = v > 0 ? (v * v) / (2 * (above[i] - above[j])) + rest[j] : rest[j];
        if (worth > own[i]) own[i] = worth;
      }
    }
    rest = own;
  }
  return Math.max(...rest);
};

const upTo = (count) => Array.from({ length: count }, (_, k) => k + 1);
const tasks = [
  [
    '10,000 regular types, 10 bundles, q²/2',
    () => bestBundlesForTypes(regular, quadratic, 1, [10]),
    ([{ profit }]) =>
      `off from every pair by ${Math.abs(profit / plainBest(regular, 10) - 1).toExponential(1)}`,
  ],
  [
    '10,000 random types, 10 bundles, q²/2',
    () => bestBundlesForTypes(types, quadratic, 1, [10]),
    ([{ profit }]) =>
      `off from every pair by ${Math.abs(profit / plainBest(types, 10) - 1).toExponential(1)}`,
  ],
  [
    '10,000 regular types, 10 bundles, Ex. 1',
    () => bestBundlesForTypes(regular, example1, 1, [10]),
    ([{ profit, upperBound }]) => `gap ${((upperBound - profit) / profit).toExponential(1)}`,
  ],
  [
    'Example 1 packages, 1 to 8 bundles',
    () => bestBundlesForPopulation(iron(theta), example1, 1, upTo(8)),
    (menus) =>
      `largest gap ${Math.max(...menus.map(({ profit, upperBound }) => upperBound / profit - 1)).toExponential(1)}`,
  ],
  [
    'U[0, 1], C = q²/2, 1 to 8 bundles',
    () => bestBundlesForPopulation(iron(uniform), quadratic, 1, upTo(8)),
    (menus) =>
      `off from 1 − 1/(2K + 1)² by ${Math.max(
        ...menus.map(({ profit, count }) => Math.abs(12 * profit - 1 + 1 / (2 * count + 1) ** 2)),
      ).toExponential(1)}`,
  ],
  [
    'Example 1 packages, 1 to 8 tariffs',
    () => bestTariffsForPopulation(iron(theta), example1, 1, upTo(8)),
    (menus) =>
      `first grid off by ${Math.max(...menus.map(({ profit, refinement }) => refinement / profit)).toExponential(1)}`,
  ],
  [
    '10,000 types, 10 tariffs, Example 1',
    () => bestTariffsForTypes(types, example1, 1, [10]),
    ([{ profit, refinement }]) => `first grid off by ${(refinement / profit).toExponential(1)}`,
  ],
];

const milliseconds = (work) => {
  const started = performance.now();
  const result = work();
  return { time: performance.now() - started, result };
};

console.log(`${''.padEnd(40)}${'first'.padStart(10)}${'median'.padStart(10)}   accuracy`);
for (const [name, work, accuracy] of tasks) {
  const first = milliseconds(work);
  const times = [1, 2, 3, 4, 5].map(() => milliseconds(work).time).sort((a, b) => a - b);
  const cells = [first.time, times[2]].map((time) => `${time.toFixed(1)} ms`.padStart(10));
  console.log(`${name.padEnd(40)}${cells.join('')}   ${accuracy(first.result)}`);
}
