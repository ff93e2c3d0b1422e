import {
  certifiedMenu,
  essentialTypes,
  type ProfileSupply,
  profileIndex,
  type TwoTypesMenu,
  twoTypesMenu,
  twoTypesProposal,
} from '@menusmith/core';
import { finiteBuyersOf } from '../../problem/finite-buyers.ts';
import type { TwoTypesResult, TypeResult } from '../../result.ts';
import { degreeOf } from '../../study/degree.ts';
import type { ProfileBuyers, Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { bindingConstraints, bindingResult } from '../binding-constraints.ts';
import { implementOnSpace } from '../offers/space-implementation.ts';
import type { Solved } from '../solved.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { listedUse } from '../supply/input-use.ts';
import { profileSupplyOf, type StudyProfileSupply } from '../supply/profile-supply-of.ts';
import { problemOf } from './finite-problem-of.ts';
import { inner, type ProfileItem, profileQuote, totalsOfItems, worthTo } from './profile-items.ts';

/** Places on [0, 1] that differ by rounding alone. */
const SAME_PLACE = 1e-14;

/**
 * Two types with value profiles: Prop. 2 with its missing regime, on nodes split where the low type's service starts. It proposes a menu and one flow, which
 * are certified as any finite solver's are.
 */
export const solveTwoTypes = (
  study: Study,
  given: ProfileBuyers,
): { readonly solved: Solved; readonly supply: StudyProfileSupply } => {
  const surplusWeight = surplusWeightOf(study.terms);
  const buyers = splitWhereServiceStarts(study, given);
  const supply = profileSupplyOf(study, buyers.tasks);
  const menu = solveTwo(buyers, supply.supply, surplusWeight);
  const finite = finiteBuyersOf(buyers);
  const problem = problemOf(study, finite, supply.supply);
  const essential = essentialTypes(problem, 0);
  const certified = certifiedMenu(problem, essential, twoTypesProposal(essential, menu));
  const items = ([0, 1] as const).map(
    (n): ProfileItem => ({
      point: menu.items[n],
      transfer: menu.transfers[n],
      virtual: menu.virtualValues[n],
    }),
  );
  const totals = totalsOfItems(buyers, items);
  const threshold = indexThreshold(study);
  const quoted = items.map((item, n) =>
    profileQuote(study, buyers, supply.supply, n, item, worthTo(buyers, n, item.point), threshold()),
  );
  const profit = totals.grossValue - totals.rent - totals.cost;
  const implemented =
    study.implementation === 'direct'
      ? undefined
      : implementOnSpace(
          study.implementation,
          { profit, consumerSurplus: totals.rent, objective: study.terms.objective },
          finite,
          supply.supply,
          (n) => {
            const { point, transfer } = items[n]!;
            return quoted[n]!.excluded ? undefined : { quality: point.quality, cost: point.cost, transfer };
          },
        );
  const types = quoted.map(
    (type, n): TypeResult => (implemented ? { ...type, tariff: implemented.tariffs[n]! } : type),
  );
  const solved: Solved = {
    method: 'two-types',
    totals,
    efficient: () => ({ ...totals, grossValue: essential.firstBest, cost: 0, rent: 0 }),
    certificate: certified.certificate,
    money: certified.money,
    conditions: [],
    pools: [],
    types,
    quote: () => types[0]!,
    use: () => listedUse(types),
    ...(implemented ? { implementation: implemented.implementation } : {}),
    twoTypes: twoTypesResult(study, buyers, menu),
    binding: bindingResult(bindingConstraints(finite.mass, certified, essential, (n) => types[n]!.excluded)),
    proved: { study, problem, essential, menu: certified, tasks: buyers.tasks },
  };
  return { solved, supply };
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
    const { supply } = profileSupplyOf(study, buyers.tasks);
    const menu = solveTwo(buyers, supply, surplusWeightOf(study.terms));
    const places = signChanges(menu.virtualValues[menu.high === 0 ? 1 : 0], buyers);
    const isSettled =
      places.length === last.length && places.every((place, k) => Math.abs(place - last[k]!) < SAME_PLACE);
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

const solveTwo = (
  { types, tasks }: ProfileBuyers,
  supply: ProfileSupply,
  surplusWeight: number,
): TwoTypesMenu =>
  twoTypesMenu({
    values: [types[0]!.values, types[1]!.values],
    masses: [types[0]!.mass, types[1]!.mass],
    weights: tasks.weights,
    supply,
    surplusWeight,
  });

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
