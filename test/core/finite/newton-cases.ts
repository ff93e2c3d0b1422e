import {
  curvedPoint,
  type FiniteProblem,
  type ProfileSupply,
  supplyByIndex,
  type TypePairs,
} from '@menusmith/core';
import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { type WorkingSet, workingSet } from '../../../packages/core/src/finite/working-set.ts';
import {
  anyMass,
  anyProfileTypes,
  anyValueScaleTypes,
  cobbDouglasSupply,
  halfSquares,
  hessianOf,
  twoShared,
} from './examples.ts';

const tuned = cobbDouglasSupply({ alpha: 0.3, beta: 0.2, gamma: 0.25, base: 0.01 });

/** Supplies whose Hessians have terms of low rank, by how many. */
export const supplies: readonly (readonly [number, (tasks: number) => ProfileSupply])[] = [
  [0, halfSquares],
  [1, (tasks) => supplyByIndex(tuned.supply, tuned.degree, tasks)],
  [2, twoShared],
];

/** A working set, of one constraint at least, at an iterate where nothing holds: what is kept above 0 is within [0.1, 1]. */
export interface NewtonCase {
  readonly problem: FiniteProblem;
  readonly set: WorkingSet;
  /** Served values above 1, block by block. */
  readonly served: Float64Array;
  readonly floors: Float64Array;
  readonly slacks: Float64Array;
  readonly flows: Float64Array;
  readonly rents: Float64Array;
  readonly rest: Float64Array;
}

const anyPairs = (count: number): fc.Arbitrary<TypePairs> =>
  fc
    .uniqueArray(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), {
      maxLength: 14,
      selector: String,
    })
    .map((pairs) => [[1, 0] as const, ...pairs.filter(([n, k]) => n !== k && !(n === 1 && k === 0))])
    .map((pairs) => ({
      from: Int32Array.from(pairs, ([n]) => n),
      to: Int32Array.from(pairs, ([, k]) => k),
    }));

export const anyNewtonCase = (supply: (tasks: number) => ProfileSupply): fc.Arbitrary<NewtonCase> =>
  fc
    .record({
      count: fc.integer({ min: 2, max: 6 }),
      tasks: fc.integer({ min: 1, max: 4 }),
      isGrid: fc.boolean(),
    })
    .chain(({ count, tasks, isGrid }) =>
      fc.record({
        types: isGrid ? anyValueScaleTypes(count, tasks, 0.3) : anyProfileTypes(count, tasks, 0.3),
        mass: anyMass(count),
        pairs: anyPairs(count),
        shares: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 60, maxLength: 60 }),
      }),
    )
    .map(({ types, mass, pairs, shares }) => {
      let drawn = 0;
      const some = (length: number, least = 0.1): Float64Array =>
        Float64Array.from({ length }, () => least + shares[drawn++ % shares.length]! / 1000);
      const set = workingSet(types, pairs);
      const blocks = set.blockWeights.length;
      return {
        problem: { types, mass, supply: supply(types.weights.length) },
        set,
        served: some(blocks, 1),
        floors: some(blocks),
        slacks: some(set.from.length),
        flows: some(set.from.length),
        rents: some(types.count),
        rest: some(types.count),
      };
    });

/** What item k is made of at its served values, from the supply and linear algebra alone. */
export const denseItem = ({ problem, set, served, floors }: NewtonCase, k: number) => {
  const [from, to] = [set.blockOffsets[k]!, set.blockOffsets[k + 1]!];
  const size = to - from;
  const weights = set.blockWeights.slice(from, to);
  const point = curvedPoint(problem.supply);
  problem.supply.supply(served.slice(from, to), weights, size, point);
  const hessian = hessianOf(point, weights, size);
  const amounts = Array.from(weights, (w, b) => w * point.quality[b]!);
  const stiffness = Matrix.diag(amounts.map((amount, b) => floors[from + b]! / amount));
  const response = size === 0 ? new Matrix(0, 0) : inverse(Matrix.add(inverse(hessian), stiffness));
  const [first, end] = [set.offsets[k]!, set.offsets[k + 1]!];
  /** (w_n − w_k) on the blocks, a row a constraint. */
  const differences = Matrix.zeros(end - first, size);
  for (let e = first; e < end; e++) {
    for (let b = 0; b < size; b++) {
      const m = set.blockEnds[from + b]! - 1;
      differences.set(e - first, b, problem.types.valueAt(set.from[e]!, m) - problem.types.valueAt(k, m));
    }
  }
  return { from, size, first, point, amounts, hessian, response, differences };
};
