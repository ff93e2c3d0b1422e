import {
  type Distribution,
  type EfficientSupply,
  type Input,
  type ScaleMenu,
  supplyPoint,
} from '@menusmith/core';
import { finiteOrNull } from '../finite-or-null.ts';
import { type NamedBuyers, namedBuyers } from '../problem/named-buyers.ts';
import { screeningProblem } from '../problem/screening-problem.ts';
import type { Result, TypeResult } from '../result.ts';
import type { ContinuousMenu, Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { quotedAmount, quotedMoney, type Units } from '../study/units.ts';
import { drawnSupply } from './drawn-supply.ts';
import { thetaOf } from './finite-types.ts';
import { quotedSteps } from './quoted-steps.ts';

/** What the types along a line of continuous buyers get and pay, in the units in which the study quotes money and inputs. */
export interface MenuCurves {
  /** Of finitely many types only the points are there; the lines between them lead the eye. */
  readonly isListed: boolean;
  /** The menu is that of a grid of types, offered to buyers between them. */
  readonly isStepped?: true;
  /** What the line is in: a value at given scales, or the one number θ that stands for a buyer. */
  readonly axis: 'value' | 'type';
  /** One a scale, ascending; one alone where a type is one number. */
  readonly curves: readonly MenuCurve[];
  readonly from: number;
  readonly to: number;
  /** Task inputs before shared ones, model by model where there are several. */
  readonly inputs: readonly Pick<Input, 'name' | 'scope' | 'model'>[];
  readonly units?: Units;
}

interface MenuCurve {
  readonly scale?: number;
  readonly points: readonly CurvePoint[];
}

/** null where there is no such number. */
export interface CurvePoint {
  readonly type: number;
  readonly virtualValue: number | null;
  readonly servedValue: number | null;
  readonly quality: number;
  readonly cost: number | null;
  readonly transfer: number | null;
  readonly rent: number | null;
  readonly markup: number | null;
  readonly fee: number | null;
  /** Along values, task inputs a task (in the mean over her tasks); along types all in total, as shared inputs are. */
  readonly inputs: readonly number[];
  readonly firstBest: number | null;
}

/** How the types across a picture are called. */
export const typeTitle = ({ axis }: Pick<MenuCurves, 'axis'>): string =>
  axis === 'value' ? 'value w of a task' : 'type θ';

const SCALES = 4;
/** Points of a curve: a numeric supply takes its time. */
const points = { 'closed-form': 121, numeric: 51 } as const;
/** How many even distances above the first served type curves may be steep, and how many more points they have there. */
const STEEP = 8;
const GRADED = 16;

const evenly = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i === count - 1 ? to : from + ((to - from) * i) / (count - 1)));

/** Curves of buyers whose types are one number, or values at scales; nothing for profiles that only a picture of all tasks can show. */
export const menuCurves = (study: Study, solution: Solution): MenuCurves | undefined => {
  const curves = unquotedCurves(study, solution);
  return curves === undefined || study.units === undefined ? curves : quotedCurves(curves, study.units);
};

const quotedCurves = (made: MenuCurves, units: Units): MenuCurves => {
  const money = (x: number | null): number | null => (x === null ? null : quotedMoney(units, x));
  const quotedPoint = (point: CurvePoint): CurvePoint => ({
    ...point,
    cost: money(point.cost),
    transfer: money(point.transfer),
    rent: money(point.rent),
    fee: money(point.fee),
    inputs: point.inputs.map((amount, i) => quotedAmount(units, made.inputs[i]!.name, amount)),
  });
  return {
    ...made,
    units,
    curves: made.curves.map((curve) => ({ ...curve, points: curve.points.map(quotedPoint) })),
  };
};

const unquotedCurves = (study: Study, solution: Solution): MenuCurves | undefined => {
  const buyers = namedBuyers(study.buyers);
  if (buyers.kind === 'list') return listedCurves(study, solution.result);
  const plane = buyers.kind === 'plane' ? buyers : undefined;
  if (solution.continuous !== undefined)
    return curvesOfMenus(study, solution.continuous, plane, solution.result);
  const problem = screeningProblem(study);
  if (problem.kind === 'continuous-chain') return quotedAlong(study, problem.types, solution);
  return plane && quotedByScale(study, plane, solution);
};

/** How near to where buyers start to take something else points are drawn, as a power of ½ of the distance between points. */
const HALVINGS = 20;

/** Along the one number that stands for a buyer, where others sell too: what they make is on no curve of this seller's supply, and items are asked for. */
const quotedAlong = (study: Study, { min: from, max: to }: Distribution, solution: Solution): MenuCurves => {
  const { supply } = drawnSupply(study);
  const quoteAt = (value: number): TypeResult => solution.quote({ value });
  const even = evenly(from, to, points[solution.result.supply]).map(quoteAt);
  const quotes = even.flatMap((quote, i) => {
    const next = even[i + 1];
    if (next === undefined || next.takes === quote.takes) return [quote];
    let [low, high] = [quote, next];
    for (let k = 0; k < HALVINGS; k++) {
      const middle = quoteAt((low.value! + high.value!) / 2);
      if (middle.takes === low.takes) low = middle;
      else high = middle;
    }
    return [quote, low, high];
  });
  const drawn = quotes.map((quote): CurvePoint => {
    const point = pointOf(quote.value!, quote, supply, () => Number.NaN);
    return { ...point, quality: quote.index?.quality ?? quote.quality };
  });
  return { isListed: false, axis: 'type', curves: [{ points: drawn }], from, to, inputs: supply.inputs };
};

type Plane = Extract<NamedBuyers, { kind: 'plane' }>;

/** The even scales whose menus are drawn; a buyer of the least scale may have no tasks at all. */
const drawnScales = ({ scales: scale }: Plane): number[] => {
  const to = scale.max;
  return scale.min > 0 ? evenly(scale.min, to, SCALES) : evenly(0, to, SCALES + 1).slice(1);
};

/** One sweep of quadrature a scale. */
const curvesOfMenus = (
  study: Study,
  menus: ContinuousMenu,
  plane: Plane | undefined,
  result: Result,
): MenuCurves => {
  const { axis, from, to, supply } = menus;
  const even = evenly(from, to, points[result.supply]);
  const isByScale = axis === 'value' && plane !== undefined;
  const scales = isByScale ? drawnScales(plane) : [1];
  const curves = scales.map((scale) => ({
    ...(isByScale ? { scale } : {}),
    points: pointsOf(study, menus, even, scale, scales.at(-1)!),
  }));
  return { isListed: false, axis, curves, from, to, inputs: supply.inputs };
};

/**
 * Types at which a curve of the menu turns or jumps, with a neighbour on either side: where service and fine-tuning begin, pools end, and another model
 * serves.
 */
const turnsOf = (
  { from, to, breakpoints }: ContinuousMenu,
  { pieces, cutoff, fineTuningCutoff }: Pick<ScaleMenu, 'pieces' | 'cutoff' | 'fineTuningCutoff'>,
): number[] => {
  const near = (to - from) * 1e-9;
  const ends = pieces.flatMap((piece) => [piece.from, piece.to]);
  const turns = new Set([cutoff, fineTuningCutoff, ...ends, ...breakpoints]);
  return [...turns].flatMap((x) => [x - near, x, x + near]).filter((x) => x > from && x < to);
};

/** Types just above the first served one, nearer to each other the nearer to her: there markups fall steeply, and few points would be seen as corners. */
const gradedFrom = (cutoff: number, even: readonly number[], to: number): number[] => {
  const steep = STEEP * (even[1]! - even[0]!);
  return Array.from({ length: GRADED }, (_, k) => cutoff + steep * ((k + 1) / (GRADED + 1)) ** 2).filter(
    (x) => x < to,
  );
};

const pointsOf = (
  study: Study,
  menus: ContinuousMenu,
  even: readonly number[],
  scale: number,
  largest: number,
): readonly CurvePoint[] => {
  const { supply } = menus;
  const isEfficient = study.contract === 'efficient';
  const point = supplyPoint(supply.inputs.length);
  const menu = menus.menuAt(scale);
  // Markups do not depend on the scale, and are read off the curve of the largest.
  const graded = scale === largest ? gradedFrom(menu.cutoff, even, menus.to) : [];
  const values = Float64Array.from(new Set([...even, ...turnsOf(menus, menu), ...graded])).sort();
  const schedule = menu.schedule(values);
  return Array.from(values, (type, i): CurvePoint => {
    const [servedValue, rent] = [schedule.servedValue[i]!, schedule.rent[i]!];
    supply.supply(type, scale, point);
    const firstBest = point.quality;
    supply.supply(servedValue, scale, point);
    const { quality, cost } = point;
    const isServed = quality > 0;
    const transfer = type * quality - rent;
    const markup = isServed && !isEfficient ? type / servedValue : null;
    return {
      type,
      virtualValue: isEfficient ? null : finiteOrNull(menus.virtualValue(type)),
      servedValue: isEfficient ? null : finiteOrNull(servedValue),
      quality,
      cost,
      transfer: isEfficient ? null : transfer,
      rent: isEfficient ? null : rent,
      markup: finiteOrNull(markup),
      fee: markup === null ? null : finiteOrNull(transfer - markup * cost),
      inputs: Array.from(point.inputs, (amount) => (isServed ? amount : 0)),
      firstBest: finiteOrNull(firstBest),
    };
  });
};

const quotedByScale = (study: Study, buyers: Plane, solution: Solution): MenuCurves => {
  const [from, to] = [buyers.values.min, buyers.values.max];
  const { supply } = drawnSupply(study);
  // The first best is not that of the grid, and is drawn between its steps.
  const values = evenly(from, to, points['closed-form']);
  const near = (to - from) * 1e-9;
  const curves = drawnScales(buyers).map((scale): MenuCurve => {
    const firstBest = firstBestAt(supply, scale);
    const steps = quotedSteps((value) => solution.quote({ value, scale }), from, to);
    const drawn = steps.flatMap((step, k) => {
      const [first, last] = [k === 0 ? from : step.from + near, k + 1 === steps.length ? to : step.to - near];
      return [first, ...values.filter((value) => value > first && value < last), last].map((value) =>
        pointOf(value, step.quote(value), supply, firstBest),
      );
    });
    return { scale, points: drawn };
  });
  return { isListed: false, isStepped: true, axis: 'value', curves, from, to, inputs: supply.inputs };
};

/** Of a list: by θ where one number stands for a type, else by value at the scales that have the most types. */
const listedCurves = (study: Study, { method, types }: Result): MenuCurves | undefined => {
  const { supply } = drawnSupply(study);
  const made = { isListed: true, inputs: supply.inputs } as const;
  const isByType =
    types.every((type) => thetaOf(type) !== undefined) && method !== 'finite' && method !== 'two-types';
  if (isByType) {
    const firstBest = firstBestAt(supply, 1);
    const points = types
      .map((type): CurvePoint => {
        const theta = thetaOf(type)!;
        const point = pointOf(theta, type, supply, firstBest);
        return { ...point, quality: type.index?.quality ?? type.quality };
      })
      .sort((a, b) => a.type - b.type);
    return { ...made, axis: 'type', curves: [{ points }], from: points[0]!.type, to: points.at(-1)!.type };
  }
  if (!types.every(({ value, scale }) => value !== undefined && scale !== undefined)) return undefined;
  const byScale = new Map<number, TypeResult[]>();
  for (const type of types) byScale.set(type.scale!, [...(byScale.get(type.scale!) ?? []), type]);
  const scales = [...byScale.keys()]
    .filter((scale) => scale > 0 && byScale.get(scale)!.length > 1)
    .sort((a, b) => a - b);
  if (scales.length === 0) return undefined;
  const drawn = new Set(
    evenly(0, scales.length - 1, Math.min(SCALES, scales.length)).map((k) => scales[Math.round(k)]!),
  );
  const curves = [...drawn].map((scale): MenuCurve => {
    const firstBest = firstBestAt(supply, scale);
    const points = byScale.get(scale)!.map((type) => pointOf(type.value!, type, supply, firstBest));
    return { scale, points: points.sort((a, b) => a.type - b.type) };
  });
  const values = types.map(({ value }) => value!);
  return { ...made, axis: 'value', curves, from: Math.min(...values), to: Math.max(...values) };
};

const firstBestAt = (supply: EfficientSupply, scale: number): ((value: number) => number) => {
  const point = supplyPoint(supply.inputs.length);
  return (value) => {
    supply.supply(value, scale, point);
    return point.quality;
  };
};

const pointOf = (
  type: number,
  quote: TypeResult,
  supply: EfficientSupply,
  firstBest: (value: number) => number,
): CurvePoint => {
  const { tariff, transfer } = quote;
  // What is sold by the representative type is sold in total.
  const tasks = type === quote.value ? (quote.scale ?? 1) : 1;
  const inputs = supply.inputs.map(({ name, scope, model }) => {
    const total = model === undefined || model === quote.model ? (quote.inputs[name] ?? 0) : 0;
    return scope === 'task' ? total / tasks : total;
  });
  return {
    type,
    virtualValue: finiteOrNull(quote.virtualValue),
    servedValue: finiteOrNull(quote.ironedVirtualValue),
    quality: quote.quality,
    cost: costOf(quote, supply.inputs),
    transfer: finiteOrNull(transfer),
    rent: finiteOrNull(quote.rent),
    markup: finiteOrNull(tariff?.markup),
    fee: finiteOrNull(tariff?.upfront),
    inputs,
    firstBest: finiteOrNull(firstBest(type)),
  };
};

/** C: what the inputs cost, or, where cost is given outright, what T = fee + m·C leaves of the transfer. */
export const costOf = (
  { excluded, inputs, model: served, tariff, transfer }: TypeResult,
  used: EfficientSupply['inputs'],
): number | null => {
  if (excluded) return 0;
  if (used.length > 0) {
    const own = used.filter(({ model }) => model === undefined || model === served);
    return finiteOrNull(own.reduce((sum, { name, cost }) => sum + cost * (inputs[name] ?? 0), 0));
  }
  return tariff && transfer !== null ? finiteOrNull((transfer - tariff.upfront) / tariff.markup) : null;
};
