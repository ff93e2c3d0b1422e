import type { ProfileSupply } from '../supply/profile-supply.ts';
import type { TypeSpace } from '../types/type-space.ts';
import { type Demand, exactDemand } from './demand.ts';
import { type DemandTable, demandTable } from './demand-table.ts';

/** Tasks on which tokens may be used, as a set. */
export interface TaskSet {
  /** 1 for a task in it. */
  readonly has: Uint8Array;
  readonly key: string;
}

export const taskSet = (has: Uint8Array): TaskSet => ({ has, key: has.join('') });

/** The demand of every type of a space on a set of tasks. */
export interface SpaceDemands {
  /** By tables, one type after another. */
  tabled(tasks: TaskSet): readonly Demand[];
  /** Computed anew. */
  exact(n: number, tasks: TaskSet): Demand;
  /** Whether supply was solved whenever it was asked for. */
  solved(): boolean;
}

/** Up to so many types tables are finer. */
const FEW = 64;
const FINE = 1e-11;
const COARSE = 1e-9;

/** Types whose values on these tasks are in proportion. */
interface Direction {
  readonly values: Float64Array;
  upTo: number;
  table?: DemandTable;
}

/**
 * Demands of a space's types. Types whose values are in proportion, as those of one scale are, share a table of S along their direction, S(x ŵ), so that
 * all of them and all prices cost a few hundred supplies a direction.
 */
export const spaceDemands = (types: TypeSpace, supply: ProfileSupply): SpaceDemands => {
  const { weights, count } = types;
  const tolerance = count > FEW ? COARSE : FINE;
  let isSolved = true;
  const unsolved = (): void => {
    isSolved = false;
  };
  const known = new Map<string, readonly Demand[]>();
  const profileOf = (n: number, { has }: TaskSet): Float64Array =>
    weights.map((weight, m) => (has[m] === 1 && weight > 0 ? Math.max(0, types.valueAt(n, m)) : 0));
  const exact = (n: number, tasks: TaskSet): Demand =>
    exactDemand(supply, profileOf(n, tasks), weights, unsolved);

  const byDirection = (tasks: TaskSet): readonly Demand[] => {
    const directions = new Map<number, Direction[]>();
    return Array.from({ length: count }, (_, n): Demand => {
      const profile = profileOf(n, tasks);
      const largest = profile.reduce((most, value) => Math.max(most, value), 0);
      if (!(largest > 0)) return NO_DEMAND;
      const values = profile.map((value) => value / largest);
      const hash = values.reduce((sum, value, m) => sum + value * Math.sin(m + 1), 0);
      const alike = directions.get(hash) ?? [];
      let direction = alike.find((other) => other.values.every((value, m) => value === values[m]));
      if (direction === undefined) {
        direction = { values, upTo: 0 };
        alike.push(direction);
        directions.set(hash, alike);
      }
      direction.upTo = Math.max(direction.upTo, largest);
      const own = direction;
      const table = (): DemandTable =>
        (own.table ??= demandTable(exactDemand(supply, values, weights, unsolved), own.upTo, tolerance));
      return tabledDemand(table, largest, () => exact(n, tasks));
    });
  };
  return {
    exact,
    solved: () => isSolved,
    tabled(tasks) {
      let demands = known.get(tasks.key);
      if (demands === undefined) {
        demands = byDirection(tasks);
        known.set(tasks.key, demands);
      }
      return demands;
    },
  };
};

/** Of a type of values `largest` times the direction's; beyond the table it is computed. */
const tabledDemand = (table: () => DemandTable, largest: number, beyond: () => Demand): Demand => ({
  at(discount, out) {
    const along = table();
    const x = discount * largest;
    if (x > along.upTo) {
      beyond().at(discount, out);
      return;
    }
    along.at(x, out);
    out.worth *= largest;
  },
  spending: (cost) => {
    const x = table().spending(cost);
    return x < Number.POSITIVE_INFINITY ? x / largest : beyond().spending(cost);
  },
});

const NO_DEMAND: Demand = {
  at: (_, out) => {
    out.surplus = out.worth = out.cost = 0;
  },
  spending: (cost) => (cost > 0 ? Number.POSITIVE_INFINITY : 0),
};
