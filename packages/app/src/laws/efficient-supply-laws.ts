import { type EfficientSupply, type SupplyPoint, supplyPoint } from '@menusmith/core';
import { type Law, Tightest } from './law.ts';
import { numericDerivative } from './numeric-derivative.ts';
import { haltonPoints, logarithmic } from './sampling.ts';

/** The laws of an efficient supply, whether of inputs or of a cost given outright. */
export const efficientSupplyLaws: readonly Law<EfficientSupply>[] = [
  {
    name: 'a value of zero or less is supplied nothing',
    check(supply) {
      const tightest = new Tightest();
      for (const value of [0, -1e-12, -3]) {
        const { quality, cost, surplus, inputs } = slopesAt(supply, value, 0.7);
        for (const amount of [quality, cost, surplus, ...inputs]) tightest.compare(amount, 0, at(value, 0.7));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the surplus is φ·q − C, and the cost is that of the inputs',
    check(supply) {
      const tightest = new Tightest();
      const task = supply.inputs.filter((input) => input.scope === 'task').length;
      for (const [value, scale] of samples()) {
        const { quality, cost, surplus, inputs, solved } = slopesAt(supply, value, scale);
        const gross = value * quality;
        tightest.compare(surplus - (gross - cost), 1e-12 * (gross + cost), at(value, scale));
        tightest.compare(solved ? 0 : 1, 0, at(value, scale));
        if (supply.inputs.length === 0) continue;
        const spent = supply.inputs.reduce((sum, input, j) => {
          return sum + input.cost * inputs[j]! * (j < task ? scale : 1);
        }, 0);
        tightest.compare(cost - spent, 1e-12 * (cost + spent), at(value, scale));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'quality does not fall when the value rises, and no other value’s supply is better',
    check(supply) {
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const own = slopesAt(supply, value, scale);
        for (const factor of [0.3, 0.9, 0.999, 1.001, 1.1, 3]) {
          const other = slopesAt(supply, value * factor, scale);
          const unit = 1e-12 * (value * (own.quality + other.quality) + own.cost + other.cost);
          tightest.order(value * other.quality - other.cost, own.surplus, unit, at(value, scale));
          const rise = (other.quality - own.quality) * (factor - 1);
          tightest.order(0, rise, 1e-12 * (own.quality + other.quality), at(value, scale));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the declared derivatives of quality agree with finite differences, away from the kinks',
    check(supply) {
      const tightest = new Tightest();
      const quality = (value: number, scale: number): number => slopesAt(supply, value, scale).quality;
      for (const [value, scale] of samples()) {
        const near = supply.kinks(scale, 2 * value).some((kink) => Math.abs(kink / value - 1) < 0.02);
        if (near) continue;
        const { quality: own, qualityByValue, qualityByScale } = slopesAt(supply, value, scale);
        // In logarithms, where a supply is nearly a power: the error is relative.
        const byValue =
          value * qualityByValue - numericDerivative((t) => quality(value * Math.exp(t), scale), 0, 4e-3);
        const byScale =
          scale * qualityByScale - numericDerivative((t) => quality(value, scale * Math.exp(t)), 0, 4e-3);
        tightest.compare(byValue, 1e-6 * (own + value * qualityByValue), at(value, scale));
        tightest.compare(byScale, 1e-6 * (own + scale * qualityByScale), at(value, scale));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'kinks are ascending and below the bound, and between them quality is continuous and the regime is one',
    check(supply) {
      const tightest = new Tightest();
      for (const scale of [0.05, 0.4, 1, 3]) {
        const upTo = 50;
        const ends = [0, ...supply.kinks(scale, upTo), upTo];
        for (let m = 1; m < ends.length; m++) {
          const [low, high] = [ends[m - 1]!, ends[m]!];
          tightest.compare(low < high ? 0 : 1, 0, at(high, scale));
          const inside = (share: number): SupplyPoint => slopesAt(supply, low + share * (high - low), scale);
          const first = inside(1e-6);
          let before = first;
          for (let n = 1; n <= 64; n++) {
            const next = inside(Math.min(n / 64, 1 - 1e-6));
            tightest.compare(next.regime - first.regime, 0, at(high, scale));
            // A jump would show as quality that the derivatives at both ends do not account for.
            const step = (high - low) / 64;
            const most = step * Math.max(next.qualityByValue, before.qualityByValue) * 1.01;
            if (n > 2)
              tightest.order(next.quality - before.quality, most, 1e-12 * next.quality, at(high, scale));
            before = next;
          }
        }
      }
      return tightest.verdict();
    },
  },
];

/** Values and scales over several orders of magnitude. */
export const samples = (): readonly (readonly [value: number, scale: number])[] =>
  haltonPoints(60, 2).map(([a, b]) => [logarithmic(a!, 0.02, 20), logarithmic(b!, 0.02, 5)]);

/** A fresh point of supply and its derivatives. */
export const slopesAt = (supply: EfficientSupply, value: number, scale: number): SupplyPoint => {
  const out = supplyPoint(supply.inputs.length);
  supply.slopes(value, scale, out);
  return out;
};

const at =
  (value: number, scale: number): (() => string) =>
  () =>
    `(φ, s) = (${value}, ${scale})`;
