import type { Technology } from './study.ts';

/**
 * σ where the technology makes quality by A(z)·h(x) with h homogeneous of degree σ, in all its models the same; undefined elsewhere. Only then
 * do buyers have a representative type (Lemma 2).
 */
export const degreeOf = (technology: Technology): number | undefined => {
  if (technology.kind === 'cost') return undefined;
  if (technology.kind === 'production') return technology.production.degree;
  const degrees = technology.models.map((model) => model.production.degree);
  const [first] = degrees;
  return first !== undefined && degrees.every((degree) => Math.abs((degree ?? Number.NaN) - first) < 1e-12)
    ? first
    : undefined;
};
