import { representativeDistribution } from '@menusmith/core';
import { clayton, fgm, frank, gaussian, gumbel, truncatedNormal } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { betaOf, uniformOn, unit } from '../reference-cases.ts';

const cases = {
  g6: representativeDistribution(unit, unit, 0.5, gaussian.create({ rho: 0.6 })),
  'g-8': representativeDistribution(unit, unit, 0.5, gaussian.create({ rho: -0.8 })),
  cl2: representativeDistribution(betaOf(2, 3), betaOf(1.5, 2), 0.55, clayton.create({ theta: 2 })),
  'fr-5': representativeDistribution(
    truncatedNormal.create({ mean: 0.5, sd: 0.2, min: 0, max: 1 }),
    uniformOn(0.2, 1),
    0.3,
    frank.create({ theta: -5 }),
  ),
  'gu1.5': representativeDistribution(unit, unit, 0.5, gumbel.create({ theta: 1.5 })),
  'gu2.5': representativeDistribution(
    uniformOn(0.5, 2),
    uniformOn(0.3, 0.9),
    0.5,
    gumbel.create({ theta: 2.5 }),
  ),
  be3: representativeDistribution(betaOf(2, 3), unit, 0.5, gaussian.create({ rho: 0.6 })),
  'fgm-1': representativeDistribution(betaOf(2, 3), unit, 0.5, fgm.create({ theta: -1 })),
} as const;

/*
 * f_θ and 1 − F_θ at θ. Made with Python's mpmath at 18 digits and more: 1 − F_θ as the double integral of the joint density over
 * { w s^{1−σ} > θ }, f_θ as the integral of the joint density along the curve; densities of copulas from their textbook formulas.
 * be3 in double precision, by tanh–sinh in 1 − s.
 */
const references: readonly (readonly [keyof typeof cases, number, number, number])[] = [
  ['g6', 0.2, 1.2945065830450388, 0.6494610262346392],
  ['g6', 0.5, 0.910627754024618, 0.325825791720175],
  ['g6', 0.8, 0.6258477766884148, 0.09437739581198247],
  ['g6', 0.99, 0.2453986680374471, 0.0018989517845899083],
  ['g6', 0.9997, 0.0892929384888895, 2.092209260126582e-5],
  ['g6', 0.9999999, 0.00990962617312774, 7.812526131375635e-10],
  ['gu1.5', 0.9997, 0.381370159553036, 0.00011437359877885791],
  ['be3', 0.9997, 6.27369231847028e-7, 6.303718572576846e-11],
  ['be3', 0.999997, 6.60784332326911e-11, 6.626579851459733e-17],
  ['g-8', 0.2, 2.256420797363639, 0.6792610714343246],
  ['g-8', 0.5, 0.961606330993522, 0.0814262475712097],
  ['cl2', 0.15, 1.9912736446801023, 0.7193936573595265],
  ['cl2', 0.4, 1.4610855531440186, 0.2710488949218349],
  ['cl2', 0.8, 0.06771038325244841, 0.002889888374209297],
  ['cl2', 0.95, 0.0003339772496922725, 3.3655329804894538e-6],
  ['fr-5', 0.2, 1.8389716236409228, 0.8821606436150573],
  ['fr-5', 0.4, 2.5571446844331014, 0.21136435359905573],
  ['fr-5', 0.85, 0.004244829288306668, 0.00019688748289971173],
  ['gu2.5', 0.6, 0.7798937096139354, 0.7500782148762671],
  ['gu2.5', 1.2, 0.5802098521187182, 0.34361970247635004],
  ['gu2.5', 1.8, 0.43639735497784465, 0.041579024753306416],
  ['fgm-1', 0.1, 2.4569262708991437, 0.8551485432275214],
  ['fgm-1', 0.5, 0.6522860830436096, 0.0637767396195488],
  ['fgm-1', 0.95, 5.0453022198821164e-5, 5.032666027799741e-7],
];

describe('F_θ of dependent value and scale', () => {
  test.each(references)(
    '%s at θ = %d against the double integral of the joint density',
    (name, theta, f, S) => {
      const types = cases[name];
      // Next to the top, θ itself is rounded by ε/(1 − θ/max) of its distance from there.
      const allowed = 1e-13 + (8 * Number.EPSILON * types.max) / (types.max - theta);
      expect(Math.abs(types.density(theta) / f - 1)).toBeLessThan(allowed);
      expect(Math.abs(types.survival(theta) / S - 1)).toBeLessThan(allowed);
      expect(Math.abs(types.cdf(theta) - (1 - S))).toBeLessThan(1e-14);
    },
  );

  test.each(Object.keys(cases) as (keyof typeof cases)[])('%s: quantiles invert it', (name) => {
    const types = cases[name];
    for (const u of [0.01, 0.3, 0.5, 0.9, 0.999]) {
      expect(Math.abs(types.cdf(types.quantile(u)) - u)).toBeLessThan(1e-13);
    }
  });

  test('a copula that is independent changes nothing at all', () => {
    const [without, withCopula] = [undefined, gaussian.create({ rho: 0 })].map((copula) =>
      representativeDistribution(betaOf(2, 3), unit, 0.4, copula),
    );
    for (const theta of [0.1, 0.5, 0.99]) {
      expect(withCopula!.density(theta)).toBe(without!.density(theta));
      expect(withCopula!.survival(theta)).toBe(without!.survival(theta));
    }
  });
});
