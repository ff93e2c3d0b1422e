import { readFileSync } from 'node:fs';
import {
  type Distribution,
  type EfficientSupply,
  type Input,
  numericSupply,
  type ProductionFunction,
  root,
  technology,
} from '@menusmith/core';
import { beta, cobbDouglas, truncatedNormal, uniform } from '@menusmith/plugins';
import { expect } from 'vitest';

type Row = Readonly<Record<string, string>>;
type PlainRow = Readonly<Record<string, number>> & { readonly w: string; readonly s: string };

/** The tables of test/reference/refs-public.json that the core is held against; every number was derived from the primitive problem. */
export const references = JSON.parse(
  readFileSync(new URL('../reference/refs-public.json', import.meta.url), 'utf8'),
) as {
  readonly meta: { readonly techs: Readonly<Record<string, Row>> };
  readonly b_asymmetric_cd: {
    readonly cost: readonly Row[];
    readonly efficient: readonly (Row & { readonly points: never } & { readonly profile: string })[];
  };
  readonly assumption_failures: { readonly A1_fails: { readonly deviation: Row } };
  readonly c_value_scale: { readonly rows: readonly (PlainRow & { readonly tech: string })[] };
  readonly d_token_packages: {
    readonly rows: readonly (PlainRow & {
      readonly tech: string;
      readonly markup_nonincreasing: boolean;
      readonly ironing: readonly Readonly<Record<'a' | 'b' | 'phi_bar', number>>[];
      readonly points: readonly Readonly<Record<'theta' | 'density' | 'survival' | 'phi', number>>[];
    })[];
  };
};

/** |got − expected| ≤ tolerance·max(|expected|, floor); NaN fails. */
export const expectClose = (got: number, expected: number, tolerance: number, what = '', floor = 0): void => {
  const allowed = tolerance * Math.max(Math.abs(expected), floor);
  if (Math.abs(got - expected) <= allowed) return;
  expect.fail(`${what}: expected ${expected} to ${tolerance}, got ${got}, off by ${got - expected}`);
};

/** Σ weight·F over components that share one support. */
export const mixture = (...parts: readonly (readonly [number, Distribution])[]): Distribution => {
  const [min, max] = [
    Math.min(...parts.map(([, f]) => f.min)),
    Math.max(...parts.map(([, f]) => f.max)),
  ] as const;
  const sum = (term: (f: Distribution) => number): number =>
    parts.reduce((total, [weight, f]) => total + weight * term(f), 0);
  const cdf = (x: number): number => sum((f) => f.cdf(x));
  const ends = parts.flatMap(([, f]) => [f.min, ...f.breakpoints, f.max]);
  return {
    min,
    max,
    breakpoints: [...new Set(ends)].filter((x) => x > min && x < max).sort((a, b) => a - b),
    density: (x) => sum((f) => f.density(x)),
    cdf,
    survival: (x) => sum((f) => f.survival(x)),
    quantile: (u) => (u <= 0 ? min : u >= 1 ? max : root((x) => cdf(x) - u, min, max)),
  };
};

export const unit = uniform.create({ min: 0, max: 1 });
export const uniformOn = (min: number, max: number): Distribution => uniform.create({ min, max });
export const betaOf = (a: number, b: number): Distribution => beta.create({ a, b, min: 0, max: 1 });

/** A distribution by the name it has in the reference tables. */
export const distributionNamed = (name: string): Distribution => {
  const parts = name.split('+').map((part) => {
    const [, weight, kind, shapes] = /^([\d.]*)(U|Beta|TruncNormal)(?:\(([^;)]*).*\))?/.exec(part)!;
    const [a, b] = (shapes ?? '').split(',').map(Number);
    const made =
      kind === 'U'
        ? unit
        : kind === 'Beta'
          ? betaOf(a!, b!)
          : truncatedNormal.create({ mean: a, sd: b, min: 0, max: 1 });
    return [weight === '' ? 1 : Number(weight), made] as const;
  });
  return parts.length === 1 ? parts[0]![1] : mixture(...parts);
};

const noCap = Number.POSITIVE_INFINITY;

export interface ReferenceTechnology {
  readonly production: ProductionFunction;
  readonly inputs: readonly Input[];
  readonly degree: number;
  readonly base: number;
  readonly closedForm: EfficientSupply;
  /** The numeric path, from v and its gradient, or from v alone. */
  numeric(derivatives?: 'gradient' | 'value-only'): EfficientSupply;
}

/** v = x^α y^β (b + z)^γ with the costs of the reference tables' technology of this name. */
export const technologyNamed = (name: string): ReferenceTechnology => {
  const row = references.meta.techs[name]!;
  const [alpha, betaExponent, gamma, cx, cy, cz, b] = ['alpha', 'beta', 'gamma', 'cx', 'cy', 'cz', 'b'].map(
    (key) => Number(row[key]),
  ) as [number, number, number, number, number, number, number];
  const production = cobbDouglas.create(
    { exponents: { x: alpha, y: betaExponent, z: gamma }, base: { z: b } },
    { task: ['x', 'y'], shared: ['z'] },
  );
  const inputs: readonly Input[] = [
    { name: 'x', scope: 'task', cost: cx, max: noCap },
    { name: 'y', scope: 'task', cost: cy, max: noCap },
    { name: 'z', scope: 'shared', cost: cz, max: noCap },
  ];
  return {
    production,
    inputs,
    degree: alpha + betaExponent,
    base: b,
    closedForm: production.closedForm!(inputs),
    numeric: (derivatives = 'gradient') =>
      numericSupply(
        technology(derivatives === 'gradient' ? production : { value: production.value }, inputs),
      ),
  };
};

/** F⁻¹(t) = 2 + t + 2t² on [2, 5]: φ = 6t² − 2t + 1 falls up to t = 1/6. */
const rankOf = (x: number): number => (x <= 2 ? 0 : x >= 5 ? 1 : (Math.sqrt(1 + 8 * (x - 2)) - 1) / 4);
export const quadraticQuantile: Distribution = {
  min: 2,
  max: 5,
  breakpoints: [],
  density: (x) => (x < 2 || x > 5 ? 0 : 1 / (1 + 4 * rankOf(x))),
  cdf: rankOf,
  survival: (x) => 1 - rankOf(x),
  quantile: (t) => 2 + t + 2 * t * t,
};
