import {
  changeFor,
  changeSums,
  InputError,
  integrateTypes,
  NO_SALE,
  type Plan,
  type PlanChanges,
  type PlanMove,
  type PlanSale,
  type PlanSales,
  piecesBetween,
  planChangesInPopulation,
  planTotals,
} from '@menusmith/core';
import type { ListedBuyer } from '../problem/finite-buyers.ts';
import { type PlanBuyers, planBuyers } from '../problem/plan-buyers.ts';
import type { ContinuousChain, ListedChain } from '../problem/screening-problem.ts';
import { outsideOfChain } from '../solve/outside/outside-along.ts';
import { outsideOfBuyers } from '../solve/outside/outside-of-buyers.ts';
import { outsideOfLine } from '../solve/outside/outside-worth.ts';
import type { Study } from '../study/study.ts';
import { evaluatePlans } from './evaluate-plans.ts';
import { goodsMarket } from './goods-market.ts';
import { type BuyerChoice, choicesAlongLine, planChoices } from './plan-choices.ts';
import { NO_INPUTS, planOffers } from './plan-offers.ts';

/** The buyers of a study as plans are sold to them: they choose plan, model and inputs freely, or nothing. */
export interface PlanMarket {
  /** Whether buyers are a continuous population, or each is one of a list. */
  readonly of: 'population' | 'list';
  /** What a menu of plans earns. Throws InputError, its field within the menu, where a plan has no answer. */
  sales(plans: readonly Plan[]): PlanSales;
  /** What buyers do and have where `after` takes the place of `before`. */
  changes(before: readonly Plan[], after: readonly Plan[]): PlanChanges;
}

/** The market of a study's buyers; `isCapped` where one of the plans caps tasks, `scale` where all buyers have one that is asked for. */
export const planMarket = (
  study: Study,
  asked: { readonly isCapped?: boolean; readonly scale?: number | undefined } = {},
): PlanMarket => {
  if (study.technology.kind === 'cost') throw new InputError('cost', NO_INPUTS, ['cost']);
  const buyers = planBuyers(study, asked);
  if (buyers.kind === 'scales') return scalesMarket(study, buyers);
  if (buyers.kind !== 'list') return lineMarket(study, buyers);
  const { listed, tasks, goods } = buyers;
  const marketOf = (types: readonly ListedBuyer[]): PlanMarket =>
    listMarket(
      types.map(({ mass }) => mass),
      (plans) => planChoices(plans, study, types, tasks, outsideOfBuyers(study, types, tasks)),
    );
  // What is listed of what they have outside is of these cells alone.
  return goods && study.terms.outside?.kind !== 'listed'
    ? { ...goodsMarket(goods, marketOf), of: 'population' }
    : marketOf(listed);
};

const lineMarket = (study: Study, line: ContinuousChain | ListedChain): PlanMarket => {
  const sales = (plans: readonly Plan[]) => evaluatePlans(plans, study, line);
  if (line.kind === 'listed-chain') {
    const { value, mass } = line.types;
    const outside = outsideOfLine(study, line);
    const choose = (plans: readonly Plan[]) => choicesAlongLine(plans, study, line, value, outside);
    return { of: 'list', sales, changes: (before, after) => changesOf(choose(before), choose(after), mass) };
  }
  const { types } = line;
  const outside = outsideOfChain(study, line);
  const offersOf = (plans: readonly Plan[]) => planOffers(plans, study, { ...line, highest: types.max });
  return {
    of: 'population',
    sales,
    changes: (before, after) => planChangesInPopulation(offersOf(before), offersOf(after), types, outside),
  };
};

const listMarket = (
  mass: readonly number[],
  choose: (plans: readonly Plan[]) => readonly BuyerChoice[],
): PlanMarket => ({
  of: 'list',
  sales: (plans) => salesOf(choose(plans), mass, plans.length),
  changes: (before, after) => changesOf(choose(before), choose(after), mass),
});

type Sums = { -readonly [K in keyof PlanSale]: PlanSale[K] } & { inputs: Record<string, number> };

/** What buyers' choices add up to. */
const salesOf = (choices: readonly BuyerChoice[], mass: ArrayLike<number>, plans: number): PlanSales => {
  const sums = Array.from(
    { length: plans },
    () => ({ ...NO_SALE, inputs: {} as Record<string, number> }) as Sums,
  );
  let outside = 0;
  choices.forEach(({ plan, type, quality, payment, cost, utility, inputs, names }, n) => {
    const own = mass[n]!;
    const sum = sums[plan];
    if (!(own > 0)) return;
    if (sum === undefined) {
      outside += own * utility;
      return;
    }
    sum.share = Math.min(1, sum.share + own);
    sum.revenue += own * payment;
    sum.cost += own * cost;
    sum.consumerSurplus += own * utility;
    sum.quality += own * quality;
    if (type !== null) {
      const [from, to] = sum.range ?? [type, type];
      sum.range = [Math.min(type, from), Math.max(type, to)];
    }
    names.forEach((name, i) => {
      sum.inputs[name] = (sum.inputs[name] ?? 0) + own * inputs[i]!;
    });
  });
  return {
    ...planTotals(sums, outside),
    solved: choices.every(({ solved }) => solved),
    error: 0,
  };
};

/** What buyers' choices before and after come to. */
export const changesOf = (
  before: readonly BuyerChoice[],
  after: readonly BuyerChoice[],
  mass: ArrayLike<number>,
): PlanChanges => {
  const sums = changeSums();
  after.forEach((now, n) => {
    sums.add(before[n]!.plan, now.plan, changeFor(before[n]!, now), mass[n]!);
  });
  return sums.changes();
};

type ScaleBuyers = Extract<PlanBuyers, { kind: 'scales' }>;

/** Scales are integrated over to this, and no finer: where a plan's first buyer appears at a scale, sums have a kink there. */
const ACCURACY = { tolerance: 1e-7, maxSegments: 200 };

/** Continuous values and scales, scale by scale. */
const scalesMarket = (study: Study, { scales, at: lineAt }: ScaleBuyers): PlanMarket => {
  const marketAt = (scale: number): PlanMarket => lineMarket(study, lineAt(scale));
  const average = (components: number, write: (at: PlanMarket, out: Float64Array) => void) => {
    const own = new Float64Array(components);
    return integrateTypes(
      scales,
      (s, mass, _, out) => {
        if (!(s > 0 && mass > 0)) {
          out.fill(0);
          return;
        }
        write(marketAt(s), own);
        for (let c = 0; c < components; c++) out[c] = mass * own[c]!;
      },
      components,
      piecesBetween([scales.min, ...scales.breakpoints, scales.max], () => true),
      'mass',
      ACCURACY,
    );
  };
  return {
    of: 'population',
    sales: (plans) => {
      const names = plans.map((plan, k) => inputsOf(plan, k, study, scales.max));
      let solved = true;
      const components = names.reduce((sum, own) => sum + 5 + own.length, 1);
      const { values, error } = average(components, (at, out) => {
        const sales = at.sales(plans);
        solved &&= sales.solved;
        const served = sales.plans.reduce((sum, { consumerSurplus }) => sum + consumerSurplus, 0);
        out[0] = sales.consumerSurplus - served;
        let c = 1;
        sales.plans.forEach((sale, k) => {
          for (const x of [sale.share, sale.revenue, sale.cost, sale.consumerSurplus, sale.quality])
            out[c++] = x;
          for (const name of names[k]!) out[c++] = sale.inputs[name] ?? 0;
        });
      });
      let c = 1;
      const sales = names.map((own): PlanSale => {
        const [share = 0, revenue = 0, cost = 0, consumerSurplus = 0, quality = 0] = values.subarray(
          c,
          c + 5,
        );
        c += 5;
        const inputs = Object.fromEntries(own.map((name) => [name, values[c++]!]));
        return { ...NO_SALE, share, revenue, cost, consumerSurplus, quality, inputs };
      });
      return {
        ...planTotals(sales, values[0]!),
        solved,
        error,
      };
    },
    changes: (before, after) => {
      const columns = after.length + 1;
      const { values } = average((before.length + 1) * columns + 2, (at, out) => {
        out.fill(0);
        const { betterOff, worseOff, moves } = at.changes(before, after);
        out[0] = betterOff;
        out[1] = worseOff;
        for (const { from, to, share } of moves) out[2 + (from + 1) * columns + to + 1] = share;
      });
      const moves = Array.from(
        values.subarray(2),
        (share, n): PlanMove => ({
          from: Math.floor(n / columns) - 1,
          to: (n % columns) - 1,
          share,
        }),
      );
      return {
        betterOff: values[0]!,
        worseOff: values[1]!,
        moves: moves.filter(({ share }) => share > 0),
      };
    },
  };
};

/** Names of the inputs that a plan's buyers can use. */
const inputsOf = (plan: Plan, k: number, study: Study, scale: number): readonly string[] => {
  const offers = planOffers([plan], study, { scale, isScaleFixed: true, highest: 1 });
  if (offers.length === 0) throw new InputError('models', 'a plan without a model', ['plans', k]);
  return [...new Set(offers.flatMap(({ inputs }) => inputs.map(({ name }) => name)))];
};
