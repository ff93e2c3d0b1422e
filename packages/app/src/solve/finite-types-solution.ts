import {
  auditMenu,
  type Certificate,
  type Condition,
  type EfficientSupply,
  finiteMenu,
  type Item,
  type Schedule,
  singleTypeCells,
  type Totals,
} from '@menusmith/core';
import type { Coordinates, ImplementationResult, TypeResult } from '../result.ts';
import type { FiniteRepresentativeBuyers, Study } from '../study/study.ts';
import { fullExtraction } from './assemble.ts';
import { quoteItem } from './quote.ts';
import type { Solved } from './solved.ts';
import type { StudySupply } from './supply-of.ts';
import { implementByTariffs } from './tariff-implementation.ts';

/** Conditions along a chain of types, between neighbours that are served. */
const chainCondition = (
  name: Condition['name'],
  values: Float64Array,
  ironed: Float64Array,
  step: (low: number, high: number) => number,
): Condition => {
  const served = Array.from(values, (_, k) => k)
    .filter((k) => ironed[k]! > 0)
    .sort((a, b) => values[a]! - values[b]!);
  let margin = Number.POSITIVE_INFINITY;
  let at: Condition['at'] = {};
  for (let i = 0; i + 1 < served.length; i++) {
    const [low, high] = [served[i]!, served[i + 1]!];
    if (values[low] === values[high]) continue;
    const size = step(low, high);
    if (size < margin) {
      margin = size;
      at = { value: values[high]! };
    }
  }
  return { name, holds: margin >= -1e-12, margin, at };
};

/** Finitely many representative types: exact one-dimensional screening, certified on all pairs of types. */
export const solveFiniteTypes = (
  study: Study,
  buyers: FiniteRepresentativeBuyers,
  { supply }: StudySupply,
): Solved => {
  const isEfficient = study.contract === 'efficient';
  const value = Float64Array.from(buyers.types, (type) => type.value);
  const mass = Float64Array.from(buyers.types, (type) => type.mass);
  const menu = finiteMenu({ value, mass }, supply, isEfficient);
  const best = isEfficient ? menu : finiteMenu({ value, mass }, supply, true);
  const isFineTuned = (inputs: Float64Array): boolean =>
    supply.inputs.some(({ scope }, i) => scope === 'shared' && inputs[i]! > 0);

  const totalsOf = (of: typeof menu): Totals => {
    const sum = (term: (k: number) => number): number =>
      mass.reduce((total, m, k) => (m > 0 ? total + m * term(k) : total), 0);
    return {
      servedSurplus: of.upperBound,
      cost: sum((k) => of.cost[k]!),
      grossValue: sum((k) => value[k]! * of.quality[k]!),
      rent: sum((k) => of.rent[k]!),
      excluded: sum((k) => (of.quality[k]! > 0 ? 0 : 1)),
      fineTuned: sum((k) =>
        of.quality[k]! > 0 && isFineTuned(of.inputs[k]!) ? 1 : 0,
      ),
      error: 0,
      solved: of.solved,
    };
  };
  const totals = totalsOf(menu);
  const efficient = totalsOf(best);
  const itemOf = (k: number): Item => ({
    value: value[k]!,
    scale: 1,
    servedValue: menu.ironedVirtualValue[k]!,
    quality: menu.quality[k]!,
    cost: menu.cost[k]!,
    transfer: menu.transfer[k]!,
    rent: menu.rent[k]!,
    inputs: menu.inputs[k]!,
    model: menu.model[k]!,
  });
  const typeOf = (k: number): TypeResult => {
    const { name } = buyers.types[k]!;
    const quoted = quoteItem(itemOf(k), supply, {
      value: value[k]!,
      contract: study.contract,
      virtualValue: menu.virtualValue[k]!,
    });
    return { ...(name === undefined ? {} : { name }), mass: mass[k]!, ...quoted, profile: [quoted.quality] };
  };
  const types = buyers.types.map((_, k) => typeOf(k));
  const quote = ({ value: wanted }: Coordinates): TypeResult => types[value.indexOf(wanted)]!;

  const money = Math.max(0, ...menu.transfer);
  const schedule: Schedule = {
    value,
    servedValue: menu.ironedVirtualValue,
    quality: menu.quality,
    cost: menu.cost,
    rent: menu.rent,
  };
  const audit = auditMenu([{ scale: 1, schedule, masses: mass }], 1e-12 * money);
  const profit = totals.grossValue - totals.rent - totals.cost;
  const certificate: Certificate = {
    of: 'grid',
    attainedProfit: isEfficient ? totals.grossValue - totals.cost : profit - audit.loss,
    upperBound: totals.solved ? menu.upperBound : Number.NaN,
    maxIncentiveViolation: isEfficient ? 0 : audit.maxIncentiveViolation,
    maxParticipationViolation: isEfficient ? 0 : audit.maxParticipationViolation,
  };
  const common = { totals, efficient, certificate, money, pools: [], types, quote };
  if (isEfficient) return { ...common, method: 'efficient', conditions: [] };
  const ironed = menu.ironedVirtualValue;
  const conditions: Condition[] = [
    chainCondition(
      'increasing-virtual-value',
      value,
      ironed,
      (low, high) => menu.virtualValue[high]! - menu.virtualValue[low]!,
    ),
    chainCondition(
      'nonincreasing-markup',
      value,
      ironed,
      (low, high) => Math.log(value[low]! / ironed[low]!) - Math.log(value[high]! / ironed[high]!),
    ),
    fullExtraction(profit, efficient.grossValue - efficient.cost),
  ];
  const implementation =
    study.implementation === 'direct' ? undefined : implementOnTypes(profit, schedule, mass, supply);
  return { ...common, method: 'one-dimensional', conditions, ...(implementation ? { implementation } : {}) };
};

const implementOnTypes = (
  profit: number,
  schedule: Schedule,
  mass: Float64Array,
  supply: EfficientSupply,
): ImplementationResult => {
  const order = Array.from(schedule.value, (_, k) => k).sort(
    (a, b) => schedule.value[a]! - schedule.value[b]!,
  );
  const ascending = (column: Float64Array): Float64Array => Float64Array.from(order, (k) => column[k]!);
  const cells = singleTypeCells(ascending(schedule.value), ascending(mass));
  const sorted: Schedule = {
    value: cells.value,
    servedValue: ascending(schedule.servedValue),
    quality: ascending(schedule.quality),
    cost: ascending(schedule.cost),
    rent: ascending(schedule.rent),
  };
  return implementByTariffs(profit, cells, supply, [{ scale: 1, weight: 1, schedule: sorted }]);
};
