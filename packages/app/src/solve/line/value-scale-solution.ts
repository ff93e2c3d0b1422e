import {
  type Audit,
  auditMenu,
  boundedRents,
  type Condition,
  increasingVirtualValue,
  iron,
  menuAtScale,
  nonincreasingMarkup,
  representativeType,
  type ScaleMenu,
  type ServedValue,
  trueValue,
  typeCells,
  type ValueScaleProblem,
  valueScaleInputs,
  valueScaleTotals,
} from '@menusmith/core';
import { once } from '../../once.ts';
import type { ScaleChains } from '../../problem/screening-problem.ts';
import type { Coordinates, TypeResult } from '../../result.ts';
import type { ContinuousMenu } from '../../solution.ts';
import { degreeOf } from '../../study/degree.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { efficientAnswer, poolResults, populationCertificate } from '../assemble.ts';
import { implementOnScales } from '../offers/continuous-implementation.ts';
import { quoteItem } from '../quote.ts';
import type { Solved } from '../solved.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { namedUse } from '../supply/input-use.ts';
import type { StudySupply } from '../supply/supply-of.ts';

const AUDITED_VALUES = 32;
const AUDITED_SCALES = 8;

/** Free choice among the items of a grid of values and scales, with `extra` scales where trouble is suspected. */
const auditScales = (problem: ValueScaleProblem, tie: number, extra: readonly number[]): Audit => {
  const cells = typeCells(problem.values, AUDITED_VALUES);
  const scaleCells = typeCells(problem.scales, AUDITED_SCALES);
  const regular = Array.from(scaleCells.value, (scale, k) => ({ scale, weight: scaleCells.mass[k]! }));
  const added = [problem.scales.max, ...extra].map((scale) => ({ scale, weight: 0 }));
  return auditMenu(
    [...regular, ...added].map(({ scale, weight }) => ({
      scale,
      schedule: menuAtScale(problem, scale).schedule(cells.value),
      masses: cells.mass.map((mass) => mass * weight),
    })),
    tie,
  );
};

/** Value-scale buyers with independent value and scale: scale by scale (Prop. 4), or efficiently (Section 3). */
export const solveValueScale = (
  study: Study,
  { values, scales }: ScaleChains,
  { supply }: StudySupply,
): Solved => {
  const isEfficient = study.contract === 'efficient';
  const surplusWeight = surplusWeightOf(study.terms);
  const ironed = iron(values, surplusWeight);
  const served: ServedValue = isEfficient ? trueValue(values) : ironed;
  const problem: ValueScaleProblem = { values, scales, served, supply };
  const totals = valueScaleTotals(problem);
  const efficient = once(() =>
    isEfficient ? totals : valueScaleTotals({ ...problem, served: trueValue(values) }),
  );

  const menus = new Map<number, ScaleMenu>();
  const menuOf = (scale: number): ScaleMenu => {
    let menu = menus.get(scale);
    if (menu === undefined) {
      menu = menuAtScale(problem, scale);
      menus.set(scale, menu);
    }
    return menu;
  };
  const degree = isEfficient ? degreeOf(study.technology) : undefined;
  const threshold = indexThreshold(study);
  const quote = ({ value, scale = scales.max }: Coordinates): TypeResult => {
    const item = menuOf(scale).item(value);
    return quoteItem(item, supply, {
      value,
      scale,
      contract: study.contract,
      implementation: study.implementation,
      virtualValue: ironed.virtualValue(value),
      highest: values.max,
      ...(degree === undefined
        ? {}
        : { index: { theta: representativeType(value, scale, degree), degree, ...threshold() } }),
    });
  };
  const use = () => namedUse(supply.inputs, valueScaleInputs(problem));
  const continuous: ContinuousMenu = {
    axis: 'value',
    from: values.min,
    to: values.max,
    supply,
    menuAt: menuOf,
    virtualValue: ironed.virtualValue,
    breakpoints: ironed.breakpoints,
  };
  const common = { totals, efficient, quote, use, types: [], continuous };
  if (isEfficient) return { ...common, ...efficientAnswer(totals) };

  const profit = totals.grossValue - totals.rent - totals.cost;
  const rents = boundedRents(problem);
  const conditions: Condition[] = [increasingVirtualValue(ironed), ...rents, nonincreasingMarkup(ironed)];
  const failing = rents.find((condition) => condition.name === 'bounded-rent' && !condition.holds)?.at.scale;
  const suspects = failing === undefined ? [] : [0.9, 0.97, 0.99, 1].map((factor) => factor * failing);
  const top = menuOf(scales.max).item(values.max);
  const audit = auditScales(problem, 1e-9 * top.transfer, suspects);
  const implementation =
    study.implementation === 'direct'
      ? undefined
      : implementOnScales(
          study.implementation,
          { profit, consumerSurplus: totals.rent, objective: study.terms.objective },
          problem,
          supply,
          menuOf,
        );
  return {
    ...common,
    method: 'scale-by-scale',
    certificate: populationCertificate(totals, audit, surplusWeight),
    money: top.transfer,
    conditions,
    pools: poolResults(ironed.pools, (value) => quote({ value })),
    ...(implementation ? { implementation } : {}),
  };
};
