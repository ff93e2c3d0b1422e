import {
  auditMenu,
  type Condition,
  increasingVirtualValue,
  iron,
  meanInputs,
  nonincreasingMarkup,
  representativeType,
  type ServedValue,
  scaleMenu,
  trueValue,
  typeCells,
} from '@menusmith/core';
import { once } from '../../once.ts';
import type { ContinuousChain } from '../../problem/screening-problem.ts';
import type { Coordinates, TypeResult } from '../../result.ts';
import type { ContinuousMenu } from '../../solution.ts';
import { degreeOf } from '../../study/degree.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { efficientAnswer, poolResults, populationCertificate } from '../assemble.ts';
import { implementOnLine } from '../offers/continuous-implementation.ts';
import { quoteItem } from '../quote.ts';
import type { Solved } from '../solved.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { namedUse } from '../supply/input-use.ts';
import type { StudySupply } from '../supply/supply-of.ts';

const AUDITED_TYPES = 64;

/** One-dimensional screening (Mussa–Rosen): representative types, or token packages through θ = w s^{1−σ} (Prop. 5). */
export const solveOneDimensional = (
  study: Study,
  { types }: ContinuousChain,
  { supply }: StudySupply,
): Solved => {
  const isEfficient = study.contract === 'efficient';
  const degree = degreeOf(study.technology);
  const surplusWeight = surplusWeightOf(study.terms);
  const ironed = iron(types, surplusWeight);
  const served: ServedValue = isEfficient ? trueValue(types) : ironed;
  const menu = scaleMenu({ types, served, supply, scale: 1 });
  const totals = menu.totals();
  const efficient = once(() =>
    isEfficient ? totals : scaleMenu({ types, served: trueValue(types), supply, scale: 1 }).totals(),
  );

  const threshold = indexThreshold(study);
  const quote = (buyer: Coordinates): TypeResult => {
    const { value, scale } = buyer;
    if (scale === undefined) {
      return quoteItem(menu.item(value), supply, {
        value,
        contract: study.contract,
        implementation: study.implementation,
        virtualValue: ironed.virtualValue(value),
        highest: types.max,
        ...(isEfficient && degree !== undefined ? { index: { theta: value, degree, ...threshold() } } : {}),
      });
    }
    const theta = representativeType(value, scale, degree!);
    const item = menu.item(theta);
    return quoteItem(item, supply, {
      value,
      scale,
      contract: study.contract,
      implementation: study.implementation,
      virtualValue: ironed.virtualValue(theta),
      highest: types.max,
      index: { theta, degree: degree!, ...threshold() },
    });
  };
  const use = () => namedUse(supply.inputs, meanInputs({ types, served, supply, scale: 1 }, menu));
  const continuous: ContinuousMenu = {
    axis: 'type',
    from: types.min,
    to: types.max,
    supply,
    menuAt: () => menu,
    virtualValue: ironed.virtualValue,
    breakpoints: ironed.breakpoints,
  };
  const common = { totals, efficient, quote, use, types: [], continuous };
  if (isEfficient) return { ...common, ...efficientAnswer(totals) };

  const profit = totals.grossValue - totals.rent - totals.cost;
  const conditions: Condition[] = [increasingVirtualValue(ironed), nonincreasingMarkup(ironed)];
  const cells = typeCells(types, AUDITED_TYPES);
  const top = menu.item(types.max);
  const audited = { scale: 1, schedule: menu.schedule(cells.value), masses: cells.mass };
  const implementation =
    study.implementation === 'direct'
      ? undefined
      : implementOnLine(
          study.implementation,
          { profit, consumerSurplus: totals.rent, objective: study.terms.objective },
          { types, scale: 1 },
          supply,
          menu,
        );
  return {
    ...common,
    method: 'one-dimensional',
    certificate: populationCertificate(totals, auditMenu([audited], 1e-9 * top.transfer), surplusWeight),
    money: top.transfer,
    conditions,
    pools: poolResults(ironed.pools, (type) =>
      quoteItem(menu.item(type), supply, {
        value: type,
        contract: study.contract,
        implementation: study.implementation,
        virtualValue: ironed.virtualValue(type),
        highest: types.max,
      }),
    ),
    ...(implementation ? { implementation } : {}),
  };
};
