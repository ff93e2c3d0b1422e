import { type EfficientSupply, type SupplyPoint, supplyPoint } from '@menusmith/core';
import { adaptiveIntegral } from './adaptive-integral.ts';
import { type Law, Tightest } from './law.ts';
import { numericDerivative } from './numeric-derivative.ts';
import { haltonPoints, logarithmic } from './sampling.ts';

/** The laws of an efficient supply, whether of inputs or of a cost given outright. */
export const efficientSupplyLaws: readonly Law<EfficientSupply>[] = [
  {
    name: 'no-supply-below-zero',
    statement: 'A value of zero or less is supplied nothing.',
    check(supply) {
      const tightest = new Tightest();
      for (const value of [0, -1e-12, -3]) {
        const at = { value, scale: 0.7 };
        const { quality, cost, surplus, inputs } = slopesAt(supply, value, at.scale);
        tightest.equal('quality', quality, 0, 0, at);
        tightest.equal('cost', cost, 0, 0, at);
        tightest.equal('surplus', surplus, 0, 0, at);
        supply.inputs.forEach(({ name }, j) => {
          tightest.equal(`input ${name}`, inputs[j]!, 0, 0, at);
        });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'surplus',
    statement: 'The surplus is φ·q − C, and the cost is that of the inputs.',
    check(supply) {
      const tightest = new Tightest();
      const task = supply.inputs.filter((input) => input.scope === 'task').length;
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const { quality, cost, surplus, inputs, solved } = slopesAt(supply, value, scale);
        const gross = value * quality;
        tightest.equal('surplus', surplus, gross - cost, 1e-12 * (gross + cost), at);
        tightest.equal('solved', Number(solved), 1, 0, at);
        if (supply.inputs.length === 0) continue;
        const spent = supply.inputs.reduce((sum, input, j) => {
          return sum + input.cost * inputs[j]! * (j < task ? scale : 1);
        }, 0);
        tightest.equal('cost', cost, spent, 1e-12 * (cost + spent), at);
      }
      return tightest.verdict();
    },
  },
  {
    name: 'convex-cost',
    statement:
      'Quality does not fall when the value rises, and no other value’s supply is better: C is convex, with slope φ at q.',
    check(supply) {
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const own = slopesAt(supply, value, scale);
        for (const factor of [0.3, 0.9, 0.999, 1.001, 1.1, 3]) {
          const other = slopesAt(supply, value * factor, scale);
          const unit = 1e-12 * (value * (own.quality + other.quality) + own.cost + other.cost);
          const elsewhere = value * other.quality - other.cost;
          tightest.atLeast('surplus', own.surplus, elsewhere, unit, { ...at, otherValue: value * factor });
          const [below, above] = factor < 1 ? [other.quality, own.quality] : [own.quality, other.quality];
          tightest.atLeast('quality', above, below, 1e-12 * (below + above), {
            ...at,
            otherValue: value * factor,
          });
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'hotelling-lemma',
    statement: 'The surplus rises in the value at the rate of quality: S(φ) = ∫ q dφ.',
    check(supply) {
      const tightest = new Tightest();
      const surplus = (value: number, scale: number): number => slopesAt(supply, value, scale).surplus;
      for (const [from, scale] of samples()) {
        const to = 1.5 * from;
        const ends = [from, ...supply.kinks(scale, to).filter((kink) => kink > from), to];
        const risen = surplus(to, scale) - surplus(from, scale);
        const allowed = 1e-11 * surplus(to, scale);
        let integral = 0;
        for (let m = 1; m < ends.length; m++) {
          const quality = (value: number): number => slopesAt(supply, value, scale).quality;
          integral += adaptiveIntegral(quality, ends[m - 1]!, ends[m]!, allowed / 16);
        }
        tightest.equal('rise of surplus', risen, integral, allowed, { fromValue: from, toValue: to, scale });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'supply-derivatives',
    statement: 'The declared derivatives of quality agree with finite differences, away from the kinks.',
    check(supply) {
      const tightest = new Tightest();
      const quality = (value: number, scale: number): number => slopesAt(supply, value, scale).quality;
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const near = supply.kinks(scale, 2 * value).some((kink) => Math.abs(kink / value - 1) < 0.02);
        if (near) continue;
        const { quality: own, qualityByValue, qualityByScale } = slopesAt(supply, value, scale);
        // In logarithms, where a supply is nearly a power: the error is relative.
        const byValue = numericDerivative((t) => quality(value * Math.exp(t), scale), 0, 4e-3);
        const byScale = numericDerivative((t) => quality(value, scale * Math.exp(t)), 0, 4e-3);
        const [declared, declaredByScale] = [value * qualityByValue, scale * qualityByScale];
        tightest.equal('φ·qualityByValue', declared, byValue, 1e-6 * (own + declared), at);
        tightest.equal('s·qualityByScale', declaredByScale, byScale, 1e-6 * (own + declaredByScale), at);
      }
      return tightest.verdict();
    },
  },
  {
    name: 'kinks',
    statement:
      'Kinks are ascending and below the bound; between them quality is continuous and the regime is one.',
    check(supply) {
      const tightest = new Tightest();
      for (const scale of [0.05, 0.4, 1, 3]) {
        const upTo = 50;
        const ends = [0, ...supply.kinks(scale, upTo), upTo];
        for (let m = 1; m < ends.length; m++) {
          const [low, high] = [ends[m - 1]!, ends[m]!];
          tightest.above('kink or bound', high, low, { value: high, scale });
          const valueAt = (share: number): number => low + share * (high - low);
          const first = slopesAt(supply, valueAt(1e-6), scale);
          let before = first;
          for (let n = 1; n <= 64; n++) {
            const value = valueAt(Math.min(n / 64, 1 - 1e-6));
            const next = slopesAt(supply, value, scale);
            tightest.equal('regime', next.regime, first.regime, 0, { value, scale });
            // A jump would show as quality that the derivatives at both ends do not account for.
            const step = (high - low) / 64;
            const most = step * Math.max(next.qualityByValue, before.qualityByValue) * 1.01;
            const rise = next.quality - before.quality;
            if (n > 2) tightest.atMost('rise of quality', rise, most, 1e-12 * next.quality, { value, scale });
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
