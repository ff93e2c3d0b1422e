/*
 * The uniform symmetric setting: w, s ~ U[0, 1] independent, v = x^ρ y^ρ (1 + z)^ρ, every token costs c.
 *
 * Allocations. φ = 2w − 1. Serving (w, s) is max over (x, z) of s(φ·x^{2ρ}(1 + z)^ρ − 2cx) − cz. For given z,
 * x = (φρ(1 + z)^ρ/c)^{1/(1−2ρ)}; in (1 + z) the objective is then a·(1 + z)^{ρ/(1−2ρ)} − c(1 + z), so z > 0 iff
 * φ > (c/ρ)·s^{−(1−2ρ)}. Everything follows from S(φ, s), its slope q, and the rent ∫ q dw = S/2.
 *
 * Packages. θ = w·s^a, a = 1 − 2ρ; 1 − F(t) = ∫ max(0, 1 − t·s^{−a}) ds; S at s = 1, and Π* = ∫ S(φ(θ)) dF.
 *
 * Nothing below uses the module under test to make its own expected value: tokens are searched for, rents and
 * aggregates are integrated, or they are the high-precision values of refs-public.json.
 */
import { readFileSync } from 'node:fs';
import {
  allocationAggregates,
  allocationItem,
  closedFormSupply,
  fineTuningThreshold,
  fineTuningValue,
  packageAggregates,
  packageCutoffs,
  packageDensity,
  packageItem,
  packageSurvival,
  packageVirtualValue,
} from '@menusmith/replication';
import { describe, expect, it } from 'vitest';

const reference = JSON.parse(
  readFileSync(new URL('../reference/refs-public.json', import.meta.url), 'utf8'),
).a_uniform_symmetric;

const settings = [
  [1 / 4, 1 / 8],
  [1 / 4, 1 / 20],
  [1 / 10, 1 / 20],
  [1 / 5, 1 / 20],
  [0.3, 0.2],
] as const;
const buyers = [
  [0.45, 0.5],
  [0.55, 0.5],
  [0.7, 0.1],
  [0.8, 0.6],
  [0.95, 0.8],
  [1, 1],
] as const;

/** The difference, relative where the expected value is above 1 in size. */
const off = (value: number | null, expected: number) =>
  Math.abs((value ?? Number.NaN) - expected) / Math.max(1, Math.abs(expected));

/** Composite 5-point Gauss–Legendre: exact to degree 9 on each of the panels. */
function integral(f: (t: number) => number, from: number, to: number, panels = 400): number {
  const nodes = [0, 0.5384693101056831, 0.906179845938664];
  const weights = [0.5688888888888889, 0.47862867049936647, 0.23692688505618908];
  const half = (to - from) / (2 * panels);
  let sum = 0;
  for (let k = 0; k < panels; k++) {
    const middle = from + (2 * k + 1) * half;
    sum += weights[0]! * f(middle);
    for (const i of [1, 2])
      sum += weights[i]! * (f(middle - half * nodes[i]!) + f(middle + half * nodes[i]!));
  }
  return sum * half;
}

/** The largest value of a concave function on [0, top], by golden-section search. */
function maximum(f: (t: number) => number, top: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0, top];
  for (let k = 0; k < 90; k++) {
    const step = ratio * (high - low);
    if (f(high - step) > f(low + step)) high = low + step;
    else low = high - step;
  }
  return Math.max(f((low + high) / 2), f(0));
}

describe('the efficient supply of the uniform symmetric setting', () => {
  it.each(settings)('no choice of tokens does better, ρ = %d, c = %d', (ρ, c) => {
    for (const [value, scale] of buyers) {
      const φ = 2 * value - 1;
      const { surplus, tokens, fineTuning, quality } = closedFormSupply(φ, scale, ρ, c);
      const earned = (x: number, z: number) => scale * (φ * x ** (2 * ρ) * (1 + z) ** ρ - 2 * c * x) - c * z;
      const best = maximum((z) => maximum((x) => earned(x, z), 4 * tokens + 1), 4 * fineTuning + 1);
      // Golden-section search finds the maximum to second order in the argument's error: rounding alone is left.
      expect(off(surplus, best)).toBeLessThan(1e-12);
      expect(off(earned(tokens, fineTuning), best)).toBeLessThan(1e-12);
      expect(off(quality, scale * tokens ** (2 * ρ) * (1 + fineTuning) ** ρ)).toBeLessThan(1e-12);
    }
  });

  it.each(settings)(
    'the marginal cost is the virtual value where quality is positive, ρ = %d, c = %d',
    (ρ, c) => {
      for (const [value, scale] of buyers) {
        const { marginalCost } = closedFormSupply(2 * value - 1, scale, ρ, c);
        expect(off(marginalCost, Math.max(0, 2 * value - 1))).toBeLessThan(1e-12);
      }
    },
  );

  it('tokens are continuous where fine-tuning begins', () => {
    for (const [ρ, c] of settings) {
      const φ = fineTuningThreshold(0.9, ρ, c);
      const [below, above] = [closedFormSupply(φ, 0.9, ρ, c), closedFormSupply(φ * (1 + 1e-13), 0.9, ρ, c)];
      for (const key of ['quality', 'tokens', 'fineTuning', 'cost'] as const) {
        expect(off(above[key], below[key])).toBeLessThan(1e-11);
      }
    }
  });
});

describe('the items of the uniform symmetric setting', () => {
  it.each(settings)('rent is the integral of quality over lower values, ρ = %d, c = %d', (ρ, c) => {
    for (const [value, scale] of buyers) {
      const item = allocationItem(value, scale, ρ, c);
      const quality = (w: number) => allocationItem(w, scale, ρ, c).quality;
      const kink = Math.min(value, fineTuningValue(scale, ρ, c));
      const rent = value <= 0.5 ? 0 : integral(quality, 0.5, kink) + integral(quality, kink, value);
      // q has the power (2w − 1)^{2ρ/(1−2ρ)} at the exclusion point: Gauss loses digits there, not the closed form.
      expect(off(item.rent, rent)).toBeLessThan(ρ === 1 / 4 ? 1e-13 : 1e-4);
      expect(off(item.transfer, value * item.quality - item.rent!)).toBeLessThan(1e-14);
    }
  });

  it('a package’s rent is the integral of quality over lower types, at ρ = 1/4', () => {
    for (const c of [1 / 8, 1 / 20]) {
      const cutoffs = packageCutoffs(1 / 4, c)!;
      const quality = (θ: number) => packageItem(θ, 1 / 4, c).quality;
      for (const θ of [0.35, 0.6, 0.7, 1]) {
        const kink = Math.min(θ, cutoffs.fineTuning);
        const rent = integral(quality, cutoffs.service, kink) + integral(quality, kink, θ);
        expect(off(packageItem(θ, 1 / 4, c).rent, rent)).toBeLessThan(1e-13);
      }
    }
  });

  it('the representative type’s survival function is the measure of the buyers above it', () => {
    for (const ρ of [0.1, 0.2, 1 / 4, 0.3]) {
      const a = 1 - 2 * ρ;
      for (const θ of [0.1, 0.5, 0.9]) {
        const above = integral((s) => 1 - θ * s ** -a, θ ** (1 / a), 1);
        // s^{−a} is steep at small s: the 400 panels keep eleven digits.
        expect(off(packageSurvival(θ, ρ), above)).toBeLessThan(1e-11);
        const slope = (packageSurvival(θ - 1e-5, ρ) - packageSurvival(θ + 1e-5, ρ)) / 2e-5;
        expect(off(packageDensity(θ, ρ), slope)).toBeLessThan(1e-8);
      }
    }
  });

  it('the points of Example 1 are the reference ones', () => {
    for (const row of reference.example1_alloc_points) {
      const item = allocationItem(Number(row.w), Number(row.s), 1 / 4, 1 / 8);
      const expected = { q: item.quality, x_per_task: item.tokens, z: item.fineTuning, C: item.cost };
      const paid = {
        U: item.rent,
        T: item.transfer,
        markup: item.markup,
        p_xyz: item.price,
        p0: item.upfront,
      };
      for (const [key, value] of Object.entries({ ...expected, ...paid })) {
        expect(off(value, Number(row[key])), key).toBeLessThan(1e-14);
      }
    }
    for (const row of reference.example1_pkg_points) {
      const item = packageItem(Number(row.theta), 1 / 4, 1 / 8);
      const expected = {
        phi: item.virtualValue,
        Q: item.quality,
        X: item.tokens,
        Z: item.fineTuning,
        C: item.cost,
      };
      const paid = {
        U: item.rent,
        T: item.transfer,
        markup: item.markup,
        p_xyz: item.price,
        p0: item.upfront,
      };
      for (const [key, value] of Object.entries({ ...expected, ...paid })) {
        expect(off(value, Number(row[key])), key).toBeLessThan(1e-13);
      }
    }
  });
});

describe('the aggregates of the uniform symmetric setting', () => {
  it('Example 1 earns 97/960 with allocations and 97/1080 with packages', () => {
    const allocations = allocationAggregates(1 / 4, 1 / 8);
    expect(off(allocations.profit, 97 / 960)).toBeLessThan(1e-15);
    expect(off(allocations.revenue, 139 / 480)).toBeLessThan(1e-15);
    expect(off(allocations.fineTunedShare, 1 / 8)).toBeLessThan(1e-15);
    const packages = packageAggregates(1 / 4, 1 / 8)!;
    expect(off(packages.profit, 97 / 1080)).toBeLessThan(1e-15);
    expect(off(packages.revenue, 139 / 540)).toBeLessThan(1e-15);
    expect(off(packages.fineTunedShare, 1 / 9)).toBeLessThan(1e-15);
  });

  it('agree with the high-precision table for every technology in it', () => {
    for (const { rho, c, alloc, pkg } of reference.table) {
      const closed = allocationAggregates(Number(rho), Number(c));
      const pairs = { Pi: closed.profit, R: closed.revenue, CS: closed.consumerSurplus, TW: closed.welfare };
      for (const [key, value] of Object.entries({ ...pairs, ft_mass: closed.fineTunedShare })) {
        expect(off(value, Number(alloc[key])), `ρ = ${rho}: ${key}`).toBeLessThan(1e-13);
      }
      const packages = packageAggregates(Number(rho), Number(c));
      if (!packages) continue;
      const sold = {
        Pi: packages.profit,
        R: packages.revenue,
        CS: packages.consumerSurplus,
        TW: packages.welfare,
      };
      const shares = { exclusion_mass: packages.excludedShare, ft_mass: packages.fineTunedShare };
      for (const [key, value] of Object.entries({ ...sold, ...shares })) {
        expect(off(value, Number(pkg[key])), `packages: ${key}`).toBeLessThan(1e-13);
      }
    }
  });

  it('the packages’ virtual value integrates to the table’s profit and revenue, for every ρ', () => {
    for (const { rho, c, pkg } of reference.table) {
      const [ρ, cost] = [Number(rho), Number(c)];
      const [service, start] = [Number(pkg.cutoff), Number(pkg.ft_cutoff)];
      expect(Math.abs(packageVirtualValue(service, ρ))).toBeLessThan(1e-14);
      expect(off(packageVirtualValue(start, ρ), cost / ρ)).toBeLessThan(1e-14);
      const over = (f: (θ: number) => number) => integral(f, service, start) + integral(f, start, 1 - 1e-9);
      const sold = (θ: number) => packageItem(θ, ρ, cost);
      const revenue = over((θ) => sold(θ).virtualValue * sold(θ).quality * packageDensity(θ, ρ));
      const spent = over((θ) => sold(θ).cost * packageDensity(θ, ρ));
      // The density vanishes at θ = 1: what the integral leaves out beyond 1 − 1e-9 is below 1e-13 of the whole.
      expect(off(revenue, Number(pkg.R))).toBeLessThan(1e-9);
      expect(off(revenue - spent, Number(pkg.Pi))).toBeLessThan(1e-9);
    }
  });

  it('without fine-tuning profit is that of one power, and the shares say so', () => {
    // c ≥ ρ: φ never reaches c/ρ. Π* = (1−2ρ)/2·(ρ/c)^{2ρ/(1−2ρ)}·∬ s·φ^{1/(1−2ρ)} = (1−2ρ)²(ρ/c)^{2ρ/(1−2ρ)}/(8(1−ρ)).
    const { profit, fineTunedShare } = allocationAggregates(1 / 5, 1 / 4);
    expect(off(profit, (0.36 * 0.8 ** (2 / 3)) / (8 * 0.8))).toBeLessThan(1e-15);
    expect(fineTunedShare).toBe(0);
  });
});
