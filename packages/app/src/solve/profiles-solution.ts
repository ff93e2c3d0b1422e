import {
  type Certificate,
  certifiedMenu,
  essentialTypes,
  type PointWithInputs,
  type ProfilePoint,
  type ProfileSupply,
  pointWithInputs,
  profileIndex,
  profilesTaskByTask,
  type Totals,
  type TwoTypesMenu,
  twoTypesMenu,
} from '@menusmith/core';
import { finiteBuyersOf, largestIndexOf } from '../problem/finite-buyers.ts';
import type { TwoTypesResult, TypeResult } from '../result.ts';
import { degreeOf } from '../study/degree.ts';
import type { ProfileBuyers, Study } from '../study/study.ts';
import { fullExtraction } from './assemble.ts';
import { indexThreshold } from './fine-tuning-threshold.ts';
import { problemOf, withConvexCost } from './finite-problem-of.ts';
import { listedUse } from './input-use.ts';
import { profileSupplyOf, type StudyProfileSupply } from './profile-supply-of.ts';
import type { Solved } from './solved.ts';

interface ProfileItem {
  readonly point: PointWithInputs;
  readonly transfer: number;
  readonly virtual: Float64Array;
}

const inner = (weights: Float64Array, a: Float64Array, b: Float64Array): number =>
  weights.reduce((sum, weight, m) => sum + weight * a[m]! * b[m]!, 0);

/**
 * Buyers with value profiles: efficiently (Prop. 1), and two types by Prop. 2 with its missing regime. More types than two are for the finite
 * solver.
 */
export const solveProfiles = (
  asked: Study,
  given: ProfileBuyers,
): { solved: Solved; supply: StudyProfileSupply } => {
  const isTwo = given.types.length === 2 && asked.contract !== 'efficient';
  const study = isTwo ? withConvexCost(asked, largestIndexOf(asked, finiteBuyersOf(given))) : asked;
  const buyers = isTwo ? splitWhereServiceStarts(study, given) : given;
  const supply = profileSupplyOf(study, buyers.tasks);
  return { solved: solveOnTasks(study, buyers, supply.supply), supply };
};

const MOST_ROUNDS = 6;

/**
 * The same buyers on nodes split where the low type's virtual value changes sign: her quality starts there like a fractional power. The places
 * are read off the nodes by secants; as nodes crowd towards the last places, each round knows them much better.
 */
const splitWhereServiceStarts = (study: Study, given: ProfileBuyers): ProfileBuyers => {
  let buyers = given;
  let last: readonly number[] = [];
  for (let round = 0; round < MOST_ROUNDS && given.refined; round++) {
    const { menu } = solveTwo(buyers, profileSupplyOf(study, buyers.tasks).supply);
    const places = signChanges(menu.virtualValues[menu.high === 0 ? 1 : 0], buyers);
    const isSettled =
      places.length === last.length && places.every((place, k) => Math.abs(place - last[k]!) < 1e-14);
    if (isSettled) break;
    buyers = given.refined(places);
    last = places;
  }
  return buyers;
};

/** Where values on the nodes change sign without a jump, by linear interpolation. */
const signChanges = (values: Float64Array, { tasks, breaks }: ProfileBuyers): number[] => {
  const { positions } = tasks;
  const places: number[] = [];
  for (let m = 0; m + 1 < values.length; m++) {
    const [from, to] = [positions[m]!, positions[m + 1]!];
    const isJump = breaks.some((place) => place >= from && place <= to);
    if (values[m]! > 0 === values[m + 1]! > 0 || isJump) continue;
    places.push(from + ((to - from) * values[m]!) / (values[m]! - values[m + 1]!));
  }
  return places;
};

const solveOnTasks = (study: Study, buyers: ProfileBuyers, supply: ProfileSupply): Solved => {
  const { types } = buyers;
  const { weights } = buyers.tasks;
  const isEfficient = study.contract === 'efficient';
  const firstBest = types.map(({ values }) => {
    const point = pointWithInputs(supply);
    supply.supply(values, weights, weights.length, point);
    return point;
  });
  const worth = (n: number, point: ProfilePoint): number => inner(weights, types[n]!.values, point.quality);
  const extracted = types.map(
    ({ values }, n): ProfileItem => ({
      point: firstBest[n]!,
      transfer: worth(n, firstBest[n]!),
      virtual: values,
    }),
  );
  const two = types.length === 2 && !isEfficient ? solveTwo(buyers, supply) : undefined;
  const items = two?.items ?? extracted;
  const violation = incentiveViolation(items, worth);
  const money = Math.max(0, ...items.map(({ transfer }) => transfer));

  const sum = (term: (n: number) => number): number =>
    types.reduce((total, { mass }, n) => total + mass * term(n), 0);
  const totalsOf = (points: readonly PointWithInputs[], rent: number): Totals => ({
    servedSurplus: sum((n) => points[n]!.surplus),
    cost: sum((n) => points[n]!.cost),
    grossValue: sum((n) => worth(n, points[n]!)),
    rent,
    excluded: sum((n) => (points[n]!.quality.some((q) => q > 0) ? 0 : 1)),
    fineTuned: sum((n) => (points[n]!.inputs.shared.some((z) => z > 0) ? 1 : 0)),
    error: 0,
    solved: points.every(({ solved }) => solved),
  });
  const efficient = totalsOf(firstBest, 0);
  const totals = totalsOf(
    items.map(({ point }) => point),
    sum((n) => worth(n, items[n]!.point) - items[n]!.transfer),
  );
  const profit = totals.grossValue - totals.rent - totals.cost;
  const welfare = efficient.grossValue - efficient.cost;
  const certificate: Certificate = {
    of: 'grid',
    attained: isEfficient ? welfare : profit,
    upperBound: totals.solved ? (two?.menu.upperBound ?? efficient.servedSurplus) : Number.NaN,
    maxIncentiveViolation: isEfficient ? 0 : Math.max(0, violation),
    maxParticipationViolation: isEfficient
      ? 0
      : Math.max(0, ...items.map(({ point, transfer }, n) => transfer - worth(n, point))),
  };
  const audited = two ? twoTypesCertificate(study, buyers, two.menu) : undefined;
  const threshold = indexThreshold(study);
  const quoted = items.map((item, n) =>
    profileQuote(study, buyers, supply, n, item, worth(n, item.point), threshold()),
  );
  return {
    method: isEfficient ? 'efficient' : 'two-types',
    totals,
    efficient,
    certificate: audited ?? certificate,
    money,
    conditions: isEfficient ? [] : [fullExtraction(profit, welfare)],
    pools: [],
    types: quoted,
    quote: () => quoted[0]!,
    use: () => listedUse(quoted),
    ...(two ? { twoTypes: twoTypesResult(study, buyers, two.menu) } : {}),
  };
};

/**
 * The certificate of Prop. 2's menu, made by the core from its multiplier alone as for any solver: λ f_L is the flow from the high type to the low.
 * Nothing where one of the types does not matter: then there is nothing to screen.
 */
const twoTypesCertificate = (
  study: Study,
  buyers: ProfileBuyers,
  { high, lambda, rents, virtualValues }: TwoTypesMenu,
): Certificate | undefined => {
  const finite = finiteBuyersOf(buyers);
  const problem = problemOf(study, finite, profileSupplyOf(study, finite.tasks).supply);
  const essential = essentialTypes(problem, 0);
  if (essential.problem.types.count !== 2) return undefined;
  const low = high === 0 ? 1 : 0;
  const served = Float64Array.from([...virtualValues[0], ...virtualValues[1]], (value) => Math.max(0, value));
  return certifiedMenu(problem, essential, {
    flows: {
      from: Int32Array.of(high),
      to: Int32Array.of(low),
      amount: Float64Array.of(lambda * buyers.types[low]!.mass),
    },
    rents: Float64Array.from(rents),
    served: profilesTaskByTask(served, finite.tasks.weights.length),
    iterations: 1,
    expectedGap: 0,
  }).certificate;
};

/** The largest gain of any type from another's item. */
const incentiveViolation = (
  items: readonly ProfileItem[],
  worth: (n: number, point: ProfilePoint) => number,
): number => {
  let worst = 0;
  items.forEach((own, n) => {
    const utility = worth(n, own.point) - own.transfer;
    items.forEach((other, k) => {
      const gain = k === n ? 0 : worth(n, other.point) - other.transfer - utility;
      if (!(gain <= worst)) worst = gain;
    });
  });
  return worst;
};

const solveTwo = (
  { types, tasks }: ProfileBuyers,
  supply: ProfileSupply,
): { menu: TwoTypesMenu; items: ProfileItem[] } => {
  const menu = twoTypesMenu({
    values: [types[0]!.values, types[1]!.values],
    masses: [types[0]!.mass, types[1]!.mass],
    weights: tasks.weights,
    supply,
  });
  const items = ([0, 1] as const).map((n) => ({
    point: menu.items[n],
    transfer: menu.transfers[n],
    virtual: menu.virtualValues[n],
  }));
  return { menu, items };
};

const twoTypesResult = (
  study: Study,
  { types, tasks: { weights } }: ProfileBuyers,
  menu: TwoTypesMenu,
): TwoTypesResult => {
  const { high, lambda, regime, firstBest } = menu;
  const low = high === 0 ? 1 : 0;
  const [wHigh, wLow] = [types[high]!.values, types[low]!.values];
  const difference = wHigh.map((w, m) => w - wLow[m]!);
  const degree = degreeOf(study.technology);
  const theta = (n: 0 | 1): number => profileIndex(types[n]!.values, weights, degree!);
  const power = (degree ?? 0) / (1 - (degree ?? 0));
  return {
    regime,
    high,
    highName: types[high]!.name ?? null,
    lambda,
    massRatio: types[high]!.mass / types[low]!.mass,
    temptation: inner(weights, difference, firstBest[low].quality),
    ...(degree === undefined
      ? {}
      : {
          ranking: {
            thetas: [theta(0), theta(1)],
            test: inner(
              weights,
              difference,
              wLow.map((w) => w ** power),
            ),
          },
        }),
  };
};

const profileQuote = (
  study: Study,
  { types, tasks: { weights } }: ProfileBuyers,
  { inputs }: ProfileSupply,
  n: number,
  { point, transfer, virtual }: ProfileItem,
  grossValue: number,
  threshold: { readonly thetaHat?: number | null },
): TypeResult => {
  const { name, mass, values } = types[n]!;
  const isEfficient = study.contract === 'efficient';
  const excluded = !point.quality.some((q) => q > 0);
  const task = inputs.filter(({ scope }) => scope === 'task');
  const perTask = Object.fromEntries(
    task.map((input, j) => [
      input.name,
      Array.from(weights, (_, m) => point.inputs.task[m * task.length + j]!),
    ]),
  );
  const totals = inputs.map((input, i): [string, number] => [
    input.name,
    i < task.length
      ? weights.reduce((sum, weight, m) => sum + weight * point.inputs.task[m * task.length + i]!, 0)
      : point.inputs.shared[i - task.length]!,
  ]);
  const degree = degreeOf(study.technology);
  const theta = degree === undefined ? undefined : profileIndex(values, weights, degree);
  return {
    ...(name === undefined ? {} : { name }),
    mass,
    excluded,
    quality: weights.reduce((sum, weight, m) => sum + weight * point.quality[m]!, 0),
    profile: Array.from(point.quality),
    ...(isEfficient ? {} : { virtualProfile: Array.from(virtual) }),
    surplus: grossValue - point.cost,
    transfer: isEfficient ? null : transfer,
    rent: isEfficient ? null : grossValue - transfer,
    virtualValue: null,
    ironedVirtualValue: null,
    // With other values in the item's place than her own, ∫ w q is not θ Q: the index speaks of the efficient item only.
    ...(theta === undefined
      ? {}
      : { index: { theta, quality: isEfficient && theta > 0 ? grossValue / theta : null, ...threshold } }),
    inputs: Object.fromEntries(totals),
    perTask,
    tariff: null,
  };
};
