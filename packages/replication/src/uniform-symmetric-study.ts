import type { Registry, Study } from '@menusmith/app';
import { parseStudy } from '@menusmith/app';
import type { MenuContract } from './formula.ts';

/**
 * The uniform symmetric setting as a study: v = x^ρ y^ρ (1 + z)^ρ, every token costs c, w and s uniform on [0, 1].
 *
 * Supply is computed numerically: the paper's closed forms are what it is compared with.
 */
export function uniformSymmetricStudy(
  ρ: number,
  c: number,
  contract: MenuContract,
  registry: Registry,
): Study {
  const unit = { use: 'uniform', min: 0, max: 1 };
  const study = {
    name: `Uniform symmetric setting, ρ = ${ρ}, c = ${c}, ${contract}`,
    production: {
      use: 'cobb-douglas',
      exponents: { input: ρ, output: ρ, fineTuning: ρ },
      base: { fineTuning: 1 },
    },
    inputs: {
      input: { scope: 'task', cost: c },
      output: { scope: 'task', cost: c },
      fineTuning: { scope: 'shared', cost: c },
    },
    buyers: { kind: 'value-scale', value: unit, scale: unit, dependence: { use: 'independent' } },
    contract,
    solver: { supply: 'numeric' },
  };
  return parseStudy(JSON.stringify(study), { file: study.name, registry });
}
