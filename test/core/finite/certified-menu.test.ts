import {
  type CertifiedMenu,
  certifiedMenu,
  essentialTypes,
  type FiniteProblem,
  type Flows,
  type Proposal,
  profileTypes,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allWorths,
  anyNumber,
  anyNumbers,
  anyProblem,
  halfSquares,
  inWords,
  profileOf,
  solved,
  sum,
  suppliedAt,
} from './examples.ts';

const proposalOf = (flows: Flows, rents: Float64Array): Proposal => ({
  flows,
  rents,
  iterations: 0,
  expectedGap: 1,
});

/** Any flows among so many types: amounts up to several times the masses, and what a careless solver may send. */
const anyFlows = (count: number): fc.Arbitrary<Flows> =>
  fc
    .array(
      fc.record({
        from: fc.integer({ min: -1, max: count }),
        to: fc.integer({ min: -1, max: count }),
        amount: fc.oneof(
          { weight: 6, arbitrary: anyNumber(2).map((x) => x ** 3) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(
              Number.NaN,
              Number.POSITIVE_INFINITY,
              Number.NEGATIVE_INFINITY,
              -1,
              -1e-300,
              0,
            ),
          },
        ),
      }),
      { maxLength: 15 },
    )
    .map((drawn) => ({
      from: Int32Array.from(drawn, ({ from }) => from),
      to: Int32Array.from(drawn, ({ to }) => to),
      amount: Float64Array.from(drawn, ({ amount }) => amount),
    }));

/** A problem, and multipliers and rents for its essential types. */
const anyCase = fc.tuple(anyProblem, fc.constantFrom(0, 0.2)).chain(([problem, negligible]) => {
  const essential = essentialTypes(problem, negligible);
  const n = essential.problem.types.count;
  return fc.record({
    problem: fc.constant(problem),
    essential: fc.constant(essential),
    flows: anyFlows(n),
    rents: anyNumbers(n, 0.5, -0.1),
  });
});

const certified = ({
  problem,
  essential,
  flows,
  rents,
}: typeof anyCase extends fc.Arbitrary<infer T> ? T : never) =>
  certifiedMenu(problem, essential, proposalOf(flows, rents));

/** out − in, type by type. */
const netFlows = ({ from, to, amount }: Flows, count: number): Float64Array => {
  const net = new Float64Array(count);
  amount.forEach((each, e) => {
    net[from[e]!]! += each;
    net[to[e]!]! -= each;
  });
  return net;
};

describe('the upper bound', () => {
  /** Items made efficiently for any profiles and sold at cost and a margin: buyers choose freely, so it is a mechanism that is IC and IR. */
  const anyOffers = fc.array(fc.record({ profile: anyNumbers(4, 1, -0.2), margin: anyNumber(3) }), {
    minLength: 1,
    maxLength: 8,
  });
  const profitOf = (
    { types, mass, supply }: FiniteProblem,
    offers: readonly { readonly profile: Float64Array; readonly margin: number }[],
  ): number => {
    const tasks = types.weights.length;
    const made = offers.map(({ profile, margin }) => {
      const { quality, cost } = suppliedAt(supply, profile, types.weights, tasks);
      return { quality, margin: margin * cost, price: cost * (1 + margin) };
    });
    return sum(
      Array.from(mass, (f, n) => {
        let [best, earned] = [0, 0];
        for (const { quality, margin, price } of made) {
          let utility = -price;
          for (let m = 0; m < tasks; m++) utility += types.weights[m]! * types.valueAt(n, m) * quality[m]!;
          if (utility > best) [best, earned] = [utility, margin];
        }
        return f * earned;
      }),
    );
  };

  test('is passed by no menu from which buyers choose freely, whatever the flows (weak duality)', () => {
    fc.assert(
      fc.property(anyCase, fc.array(anyOffers, { minLength: 12, maxLength: 12 }), (drawn, menus) => {
        const { upperBound } = certified(drawn).certificate;
        for (const offers of menus)
          expect(profitOf(drawn.problem, offers)).toBeLessThanOrEqual(upperBound + 1e-13);
      }),
      { numRuns: 120, seed: 20261125 },
    );
  });

  test('is not below the optimum, whatever the flows', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        fc.pre(drawn.essential.problem.types.count > 1);
        const { attained } = solved(drawn.problem).menu.certificate;
        const { upperBound } = certified(drawn).certificate;
        expect(attained, inWords(drawn.problem)).toBeLessThanOrEqual(upperBound * (1 + 1e-12));
      }),
      { numRuns: 120, seed: 20261125 },
    );
  });

  test('comes from flows that are positive, between types that there are, and have out − in ≤ f', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const { mass } = drawn.essential.problem;
        const { flows } = certified(drawn);
        flows.amount.forEach((each, e) => {
          expect(each > 0 && each < Number.POSITIVE_INFINITY).toBe(true);
          for (const n of [flows.from[e]!, flows.to[e]!]) expect(n >= 0 && n < mass.length).toBe(true);
        });
        netFlows(flows, mass.length).forEach((net, k) => {
          // Amounts are up to 8: rounding of their sum.
          expect(net).toBeLessThanOrEqual(mass[k]! + 1e-14);
        });
      }),
      { numRuns: 120, seed: 20261125 },
    );
  });

  test('leaves flows that are feasible as they are; of others none grows, and some become less only where a type passes on too much', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const { mass } = drawn.essential.problem;
        const { from, to, amount } = drawn.flows;
        const usable = [...amount.keys()].filter(
          (e) =>
            amount[e]! > 0 &&
            Number.isFinite(amount[e]) &&
            from[e] !== to[e] &&
            [from[e]!, to[e]!].every((n) => n >= 0 && n < mass.length),
        );
        const { flows } = certified(drawn);
        expect([...flows.from]).toEqual(usable.map((e) => from[e]));
        expect([...flows.to]).toEqual(usable.map((e) => to[e]));
        const net = netFlows(
          {
            from: flows.from,
            to: flows.to,
            amount: Float64Array.from(usable, (e) => amount[e]!),
          },
          mass.length,
        );
        const isFeasible = net.every((each, k) => each <= mass[k]!);
        flows.amount.forEach((each, i) => {
          expect(each).toBeLessThanOrEqual(amount[usable[i]!]!);
          if (isFeasible) expect(each).toBe(amount[usable[i]!]);
        });
      }),
      { numRuns: 120, seed: 20261125 },
    );
  });
});

/** What buyers earn the seller by taking, of all that is sold and nothing, what is best; where it is as good, what is meant for them. */
const freeChoice = (
  { types, mass }: FiniteProblem,
  { items, transfers, costs, money, choices }: CertifiedMenu,
) => {
  const isSold = (k: number): boolean =>
    items.quality.subarray(items.offsets[k]!, items.offsets[k + 1]!).some((q) => q > 0);
  let [profit, worst] = [0, 0];
  allWorths(types, items).forEach((worths, t) => {
    const utilities = worths.map((worth, k) =>
      isSold(k) ? worth - transfers[k]! : Number.NEGATIVE_INFINITY,
    );
    const best = Math.max(0, ...utilities);
    const own = choices[t]!;
    const ownUtility = own >= 0 && isSold(own) ? utilities[own]! : 0;
    let taken = own >= 0 && isSold(own) ? own : -1;
    if (ownUtility < best - 1e-12 * money) taken = best > 0 ? utilities.indexOf(best) : -1;
    else worst = Math.max(worst, best - ownUtility);
    if (taken >= 0) profit += mass[t]! * (transfers[taken]! - costs[taken]!);
  });
  return { profit, worst };
};

test('items are the efficient supply to the virtual values that the flows make, at its cost, and D is what they are worth', () => {
  fc.assert(
    fc.property(anyCase, (drawn) => {
      const { problem, leftOut } = drawn.essential;
      const { types, mass, supply } = problem;
      const tasks = types.weights.length;
      const { items, costs, flows, certificate } = certified(drawn);
      let bound = leftOut;
      for (let k = 0; k < types.count; k++) {
        // φ_k = w_k − (1/f_k) Σ λ_nk (w_n − w_k), task by task.
        const virtual = Float64Array.from({ length: tasks }, (_, m) => {
          let value = types.valueAt(k, m);
          flows.amount.forEach((flow, e) => {
            if (flows.to[e] === k)
              value -= (flow / mass[k]!) * (types.valueAt(flows.from[e]!, m) - types.valueAt(k, m));
          });
          return value;
        });
        const { quality, cost, surplus } = suppliedAt(supply, virtual, types.weights);
        const most = Math.max(...quality, 1e-6);
        profileOf(items, k, tasks).forEach((q, m) => {
          // An item is not told on tasks that its type does not have: the surplus is then below that of φ < 0 there, which is 0.
          expect(Math.abs(q - quality[m]!)).toBeLessThan(1e-9 * most);
        });
        expect(Math.abs(costs[k]! - cost)).toBeLessThan(1e-9 * (most + cost));
        bound += mass[k]! * surplus;
      }
      expect(Math.abs(bound - certificate.upperBound)).toBeLessThan(1e-9 * (1 + bound));
    }),
    { numRuns: 120, seed: 20261125 },
  );
});

describe('the attained profit', () => {
  test('is what the returned items earn at the returned transfers when all types, those left out included, choose freely', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const { problem } = drawn;
        const menu = certified(drawn);
        const { profit, worst } = freeChoice(problem, menu);
        // Choices that are tied to rounding fall on the item that is meant for the type.
        expect(Math.abs(menu.certificate.attained - profit), inWords(problem)).toBeLessThanOrEqual(
          1e-11 * (1 + menu.money),
        );
        expect(worst).toBeLessThanOrEqual(1e-12 * menu.money);
        expect(menu.certificate.maxIncentiveViolation).toBeLessThanOrEqual(2e-12 * menu.money);
      }),
      { numRuns: 200, seed: 20261125 },
    );
  });

  test('is what the choices say: each an item that is best to a rounding, or none where nothing is worth its price', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const { types, mass } = drawn.problem;
        const { items, transfers, costs, choices, rents, certificate, money } = certified(drawn);
        const worths = allWorths(types, items);
        const isEmpty = (k: number): boolean =>
          items.quality.subarray(items.offsets[k]!, items.offsets[k + 1]!).every((q) => q === 0);
        let profit = 0;
        choices.forEach((k, t) => {
          const utility = k < 0 ? 0 : worths[t]![k]! - transfers[k]!;
          if (k >= 0) profit += mass[t]! * (transfers[k]! - costs[k]!);
          expect(Math.abs(rents[t]! - utility)).toBeLessThanOrEqual(1e-14 * (1 + money));
          expect(utility).toBeGreaterThanOrEqual(-1e-12 * money);
          worths[t]!.forEach((worth, other) => {
            if (isEmpty(other)) return;
            expect(worth - transfers[other]!).toBeLessThanOrEqual(utility + 2e-12 * (1 + money));
          });
        });
        expect(Math.abs(profit - certificate.attained)).toBeLessThan(1e-13 * (1 + money));
      }),
      { numRuns: 120, seed: 20261125 },
    );
  });

  test('is not lost to near-ties: rents that are short by 10⁻⁶ are made up by a rebate', () => {
    // The high type’s rent is ½ (see below); with less she would take the low type’s item, and 3/4 would become 3/8.
    const problem: FiniteProblem = {
      types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
      mass: Float64Array.of(2 / 3, 1 / 3),
      supply: halfSquares(1),
    };
    const flows = { from: Int32Array.of(1), to: Int32Array.of(0), amount: Float64Array.of(1 / 3) };
    const short = proposalOf(flows, Float64Array.of(0, 0.5 - 1e-6));
    const menu = certifiedMenu(problem, essentialTypes(problem, 0), short);
    expect(menu.rebate).toBeCloseTo(1e-6 / 3, 14);
    expect(menu.certificate.attained).toBeCloseTo(0.75, 13);
    expect([...menu.choices]).toEqual([0, 1]);
  });

  test('of items that a solver gives outright is priced by the form of the cost', () => {
    // Two types, one task, C = q²/2: q = (½, 2), T = (½, 3.5) earns 2/3·(½ − ⅛) + 1/3·(3.5 − 2) = 3/4.
    const problem: FiniteProblem = {
      types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
      mass: Float64Array.of(2 / 3, 1 / 3),
      supply: halfSquares(1),
      cost: quadratic.create({}).form!,
    };
    const given: Proposal = {
      flows: { from: Int32Array.of(1), to: Int32Array.of(0), amount: Float64Array.of(1 / 3) },
      rents: Float64Array.of(0, 0.5),
      quality: {
        offsets: Int32Array.of(0, 1, 2),
        ends: Int32Array.of(1, 1),
        quality: Float64Array.of(0.5, 2),
      },
      iterations: 3,
      expectedGap: 0,
    };
    const essential = essentialTypes(problem, 0);
    const menu = certifiedMenu(problem, essential, given);
    expect(menu.certificate.attained).toBeCloseTo(0.75, 14);
    // φ = (1 − 1/2, 2): D = 2/3·⅛ + 1/3·2 = 3/4.
    expect(menu.certificate.upperBound).toBeCloseTo(0.75, 14);
    expect([...menu.transfers]).toEqual([0.5, 3.5]);
    expect([...menu.costs]).toEqual([0.125, 2]);
    expect(menu.rebate).toBe(0);
    const { cost: _, ...unpriced } = problem;
    const unknown = certifiedMenu(unpriced, essentialTypes(unpriced, 0), given);
    expect(unknown.certificate.attained).toBeNaN();
  });
});
