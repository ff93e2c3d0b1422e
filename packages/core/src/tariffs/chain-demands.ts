import { root } from '../integration/root.ts';
import type { Demand } from './demand.ts';
import type { SpaceDemands } from './space-demands.ts';
import type { SurplusTable } from './surplus-table.ts';

/**
 * Demands of types along a line by a table of S, as types of one task have them: at the discount d type w takes S′(d w), with d w within the table.
 */
export const chainDemands = (values: Float64Array, table: SurplusTable): SpaceDemands => {
  const demands = Array.from(values, (value): Demand => {
    const costAt = (discount: number): number =>
      discount * value * table.quality(discount * value) - table.surplus(discount * value);
    return {
      at(discount, out) {
        const quality = table.quality(discount * value);
        out.surplus = table.surplus(discount * value);
        out.worth = value * quality;
        out.cost = discount * out.worth - out.surplus;
      },
      spending: (cost) =>
        !(cost > 0)
          ? 0
          : costAt(1) < cost
            ? Number.POSITIVE_INFINITY
            : root((discount) => costAt(discount) - cost, 0, 1),
    };
  });
  return { tabled: () => demands, exact: (n) => demands[n]!, solved: () => true };
};
