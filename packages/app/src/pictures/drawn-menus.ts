import {
  type EfficientSupply,
  iron,
  representativeDistribution,
  type ScaleMenu,
  scaleMenu,
  trueValue,
} from '@menusmith/core';
import { degreeOf } from '../study/degree.ts';
import type { ContinuousRepresentativeBuyers, Study, ValueScaleBuyers } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { drawnSupply } from './drawn-supply.ts';

/** The menus of continuous buyers as they are drawn: one a scale, or one of representative types. */
export interface DrawnMenus {
  /** What a menu is in: the values of one scale, or the one number θ that stands for a buyer. */
  readonly axis: 'value' | 'type';
  readonly from: number;
  readonly to: number;
  readonly supply: EfficientSupply;
  /** Of θ at scale 1. */
  menuAt(scale: number): ScaleMenu;
  virtualValue(type: number): number;
  /** Types at which φ or φ̄ turns or jumps: ends of pools, breaks of the density. */
  readonly breakpoints: readonly number[];
}

/** Menus in their formulas, so that a curve is one sweep of quadrature: many times faster than a quote a point. */
export const drawnMenus = (
  study: Study,
  buyers: ContinuousRepresentativeBuyers | ValueScaleBuyers,
): DrawnMenus => {
  const { supply } = drawnSupply(study);
  const isEfficient = study.contract === 'efficient';
  const isByScale =
    buyers.kind === 'value-scale' && study.contract !== 'packages' && buyers.dependence.independent;
  const degree = degreeOf(study.technology) ?? 0;
  const types =
    buyers.kind === 'representative'
      ? buyers.type
      : isByScale
        ? buyers.value
        : representativeDistribution(buyers.value, buyers.scale, degree, buyers.dependence);
  const ironed = iron(types, surplusWeightOf(study.terms));
  const served = isEfficient ? trueValue(types) : ironed;
  // The pictures of θ end where those of values and scales do.
  const index = (value: number, scale: number): number => value * scale ** (1 - degree);
  const to =
    buyers.kind === 'representative' || isByScale ? types.max : index(buyers.value.max, buyers.scale.max);
  return {
    axis: isByScale ? 'value' : 'type',
    from: types.min,
    to,
    supply,
    menuAt: (scale) => scaleMenu({ types, served, supply, scale }),
    virtualValue: ironed.virtualValue,
    breakpoints: ironed.breakpoints,
  };
};
