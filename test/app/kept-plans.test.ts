/*
 * What today's plans give to every type, against choice by hand: each plan's inputs found by golden section within golden section, the best plan or none taken.
 */
import {
  createRegistry,
  keptAlongLine,
  keptChoices,
  keptUtility,
  parseStudy,
  planMarket,
  type Study,
  screeningProblem,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { maximizer } from '@menusmith/core';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const parse = (text: string): Study => parseStudy(text, { file: 'test.yaml', registry });
const close = (got: number, expected: number, tolerance: number): void =>
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

const plans = [
  { name: 'small', fee: 0.02, prices: { input: 0.5, output: 0.4 } },
  { name: 'bundle', fee: 0.2, included: { input: 0.3, output: 0.4 } },
  { name: 'large', fee: 0.3, included: { input: 0.1 }, prices: { input: 0.2, output: 0.25 } },
];
const base = `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.3 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.2 } }
keep: { menu: ${JSON.stringify({ plans })}, share: 0.9 }
`;

/** max over plans and inputs (in total) of θ X^¼ Y^0.3 − payment, or nothing; and what is then made and paid. */
const byHand = (theta: number) => {
  let best = { plan: -1, utility: 0, payment: 0, cost: 0, quality: 0 };
  plans.forEach(({ fee, included, prices }, plan) => {
    const free = { input: 0, output: 0, ...included };
    const most = (name: 'input' | 'output'): number => (prices === undefined ? 0 : 40 / prices[name]);
    const quality = (x: number, y: number): number => (free.input + x) ** 0.25 * (free.output + y) ** 0.3;
    const paid = (x: number, y: number): number => fee + (prices?.input ?? 0) * x + (prices?.output ?? 0) * y;
    const utility = (x: number, y: number): number => theta * quality(x, y) - paid(x, y);
    const yAt = (x: number): number => maximizer((y) => utility(x, y), 0, most('output') / 20, 80);
    const x = maximizer((own) => utility(own, yAt(own)), 0, most('input') / 20, 80);
    const y = yAt(x);
    if (!(utility(x, y) > best.utility)) return;
    const cost = 0.125 * (free.input + x) + 0.2 * (free.output + y);
    best = { plan, utility: utility(x, y), payment: paid(x, y), cost, quality: quality(x, y) };
  });
  return best;
};

describe('along a line', () => {
  const study = parse(
    `${base}buyers: { kind: representative, type: { use: uniform, min: 0, max: 2 } }\ncontract: packages`,
  );
  const problem = screeningProblem(study);
  if (problem.kind !== 'continuous-chain') throw new Error(problem.kind);
  const kept = keptUtility(study.terms.keep!, study, problem);

  test('u and u′ are those of free choice', () => {
    for (const theta of [0.1, 0.35, 0.6, 0.9, 1.3, 2]) {
      const expected = byHand(theta);
      close(kept.utility(theta), expected.utility, 1e-8);
      close(kept.slope(theta), expected.quality, 1e-5);
    }
  });

  test('u is convex with slope u′, which jumps at breakpoints only', () => {
    const { breakpoints } = kept;
    expect(breakpoints.length).toBeGreaterThanOrEqual(2);
    const ends = [0, ...breakpoints, 2];
    for (let i = 0; i + 1 < ends.length; i++) {
      const [from, to] = [ends[i]!, ends[i + 1]!];
      let before = -1e-9;
      for (let t = 0.05; t < 1; t += 0.1) {
        const [theta, h] = [from + t * (to - from), 0.01 * (to - from)];
        close((kept.utility(theta + h) - kept.utility(theta - h)) / (2 * h), kept.slope(theta), 1e-3);
        expect(kept.slope(theta)).toBeGreaterThanOrEqual(before - 1e-9);
        before = kept.slope(theta);
      }
    }
    const [jump] = breakpoints.filter((at) => kept.slope(at + 1e-7) > kept.slope(at - 1e-7) + 0.01);
    expect(jump).toBeDefined();
  });

  test('listed types choose as continuous ones do', () => {
    const listed = parse(
      `${base}buyers: { kind: representative, types: [{ value: 0.3, mass: 1 }, { value: 0.8, mass: 1 }, { value: 1.7, mass: 1 }] }\ncontract: packages`,
    );
    const of = screeningProblem(listed);
    if (of.kind !== 'listed-chain') throw new Error(of.kind);
    keptAlongLine(listed.terms.keep!, listed, of).forEach((choice, n) => {
      const expected = byHand([0.3, 0.8, 1.7][n]!);
      expect(choice.plan).toBe(expected.plan);
      for (const field of ['utility', 'payment', 'cost'] as const)
        close(choice[field], expected[field], 1e-4);
    });
  });
});

test('types of value and scale choose as their index θ = w s^{1−σ} does', () => {
  const study = parse(
    `${base}buyers: { kind: value-scale-grid, values: [0.5, 1.5], scales: [0.4, 1], mass: [[1, 1], [1, 1]] }\ncontract: allocations`,
  );
  const problem = screeningProblem(study);
  if (problem.kind !== 'space') throw new Error(problem.kind);
  keptChoices(study.terms.keep!, study, problem).forEach((choice, n) => {
    const { value, scale } = problem.listed[n]!;
    const theta = value! * scale! ** 0.45;
    const expected = byHand(theta);
    expect(choice.plan).toBe(expected.plan);
    close(choice.utility, expected.utility, 1e-8);
    close(choice.worth, theta * expected.quality, 1e-4);
    close(choice.cost, expected.cost, 1e-4);
  });
});

describe('profiles', () => {
  const profiles = `buyers: { kind: profiles, tasks: { weights: [0.4, 0.6] }, types: [{ mass: 1, values: [1.6, 0.3] }, { mass: 1, values: [0.4, 0.9] }, { mass: 1, values: [0.05, 0.02] }] }\ncontract: allocations`;

  test('spread a plan’s tokens over tasks: utility ⟨w, q⟩ − payment by hand', () => {
    const study = parse(`${base}${profiles}`);
    const problem = screeningProblem(study);
    if (problem.kind !== 'space') throw new Error(problem.kind);
    const [first] = keptChoices(study.terms.keep!, study, problem);
    // A share a of all tokens goes to the first task: Σ ω w (a X/ω)^¼ (a Y/ω)^0.3 = X^¼ Y^0.3 Σ ω^0.45 w a^0.55.
    const split = (a: number): number => 0.4 ** 0.45 * 1.6 * a ** 0.55 + 0.6 ** 0.45 * 0.3 * (1 - a) ** 0.55;
    const expected = byHand(split(maximizer(split, 0, 1)));
    expect(first!.plan).toBe(expected.plan);
    close(first!.utility, expected.utility, 1e-7);
    close(first!.payment, expected.payment, 1e-4);
  });

  test('without an index they buy at a plan’s prices on all tasks at once, and what a plan includes is refused', () => {
    const expression = (menu: readonly object[]): Study =>
      parse(`
production: { use: expression, formula: "(input + 0.1)^0.5 * (1 + tuning)^0.2 - 0.1^0.5" }
inputs: { input: { scope: task, cost: 0.125 }, tuning: { scope: shared, cost: 0.2 } }
keep: { menu: ${JSON.stringify({ plans: menu })} }
${profiles}`);
    const study = expression([{ name: 'only', fee: 0.05, prices: { input: 0.4, tuning: 0.3 } }]);
    const problem = screeningProblem(study);
    if (problem.kind !== 'space') throw new Error(problem.kind);
    const choices = keptChoices(study.terms.keep!, study, problem);
    const [w1, w2] = [1.6, 0.3];
    const utility = (z: number): number => {
      const own = (w: number): number => {
        const value = (x: number): number => w * ((x + 0.1) ** 0.5 * (1 + z) ** 0.2 - 0.1 ** 0.5) - 0.4 * x;
        return value(maximizer(value, 0, 20, 80));
      };
      return 0.4 * own(w1) + 0.6 * own(w2) - 0.3 * z - 0.05;
    };
    close(choices[0]!.utility, utility(maximizer(utility, 0, 20, 80)), 1e-7);
    expect(choices[0]!.plan).toBe(0);
    expect(choices[2]).toMatchObject({ plan: -1, utility: 0, payment: 0, cost: 0 });
    const bundle = expression([{ name: 'bundle', fee: 0.1, included: { input: 1, tuning: 1 } }]);
    expect(() => keptChoices(bundle.terms.keep!, bundle, problem)).toThrow(
      /today’s plans: plans\.0: .*included/,
    );
  });
});

test('profiles choose among the models of every plan, each on all tasks, and are promised the best of them', () => {
  const weights = [0.4, 0.6];
  const values = [
    [1.6, 0.3],
    [0.4, 1.2],
    [0.2, 0.1],
  ];
  const models = [
    { name: 'a', exponent: 'x^0.5', make: (x: number) => x ** 0.5, cost: 0.3 },
    { name: 'b', exponent: '1.2*x/(1 + x)', make: (x: number) => (1.2 * x) / (1 + x), cost: 0.2 },
  ];
  const menu = [
    { name: 'both', prices: { 'a.x': 0.6, 'b.x': 0.45 } },
    { name: 'second', fee: 0.05, prices: { x: 0.3 }, models: ['b'] },
  ];
  const study = parse(
    JSON.stringify({
      models: models.map(({ name, exponent, cost }) => ({
        name,
        production: { use: 'expression', formula: exponent },
        inputs: { x: { scope: 'task', cost } },
      })),
      keep: { menu: { plans: menu }, share: 0.8 },
      buyers: {
        kind: 'profiles',
        tasks: { weights },
        types: values.map((own, n) => ({ name: `${n}`, mass: 1, values: own })),
      },
    }),
  );
  const under = (
    own: readonly number[],
    model: (typeof models)[number],
    price: number,
    fee: number,
  ): number =>
    own.reduce((sum, w, m) => {
      const left = (x: number): number => w * model.make(x) - price * x;
      return sum + weights[m]! * Math.max(0, left(maximizer(left, 0, 20, 80)));
    }, -fee);
  const [a, b] = models as [(typeof models)[0], (typeof models)[0]];
  const promised = values.map((own) =>
    Math.max(0, under(own, a, 0.6, 0), under(own, b, 0.45, 0), under(own, b, 0.3, 0.05)),
  );
  const problem = screeningProblem(study);
  if (problem.kind !== 'space') throw new Error(problem.kind);
  keptChoices(study.terms.keep!, study, problem).forEach(({ utility }, n) => {
    close(utility, promised[n]!, 1e-7);
  });
  const { result } = solveStudy(study);
  expect(result.status).toBe('optimal');
  result.types.forEach(({ rent }, n) => {
    expect(rent!).toBeGreaterThanOrEqual(0.8 * promised[n]! - 1e-7);
  });
});

describe('types without an order, who are to have a share of what today’s plans give them', () => {
  const [values, mass, weights] = [
    [
      [1.6, 0.3],
      [0.4, 0.9],
    ],
    [0.4, 0.6],
    [0.4, 0.6],
  ] as const;
  const studyAt = (share: number | undefined): Study =>
    parse(`
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.3 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.2 } }
${share === undefined ? '' : `keep: { menu: ${JSON.stringify({ plans })}, share: ${share} }`}
buyers: { kind: profiles, tasks: { weights: [0.4, 0.6] }, types: [{ mass: 0.4, values: [1.6, 0.3] }, { mass: 0.6, values: [0.4, 0.9] }] }
contract: allocations`);
  const indexOf = (w: readonly number[]): number =>
    w.reduce((sum, own, m) => sum + weights[m]! * Math.max(0, own) ** (1 / 0.45), 0) ** 0.45;
  const today = values.map((w) => byHand(indexOf(w)));

  /** S(φ) = (1 − S) θ Q, Q = (Sθ/κ)^{S/(1−S)}, κ = S (0.125/0.25)^{0.25/S} (0.2/0.3)^{0.3/S}, S = 0.55, θ the index of φ₊. */
  const surplus = (phi: readonly number[]): number => {
    const kappa = 0.55 * 0.5 ** (0.25 / 0.55) * (2 / 3) ** (0.3 / 0.55);
    const theta = indexOf(phi);
    return 0.45 * theta * ((0.55 * theta) / kappa) ** (0.55 / 0.45);
  };
  /** min over flows λ₁₂, λ₂₁ ≥ 0 of Σ f S(φ) − Σ μ u, μ₁ = f₁ − λ₁₂ + λ₂₁ ≥ 0, μ₂ alike. */
  const bound = (share: number): number => {
    const at = (a: number, b: number): number => {
      const mu = [mass[0] - a + b, mass[1] + a - b];
      if (mu.some((own) => own < 0)) return Number.POSITIVE_INFINITY;
      const phi = [0, 1].map((n) =>
        [0, 1].map((m) => {
          const jump = (n === 0 ? b : a) / mass[n]!;
          return values[n]![m]! - jump * (values[1 - n]![m]! - values[n]![m]!);
        }),
      );
      return [0, 1].reduce(
        (sum, n) => sum + mass[n]! * surplus(phi[n]!) - mu[n]! * share * today[n]!.utility,
        0,
      );
    };
    const least = (f: (x: number) => number, from: number, to: number): number =>
      f(maximizer((x) => -f(x), from, to, 80));
    return least((a) => least((b) => at(a, b), Math.max(0, a - mass[0]), a + mass[1]), 0, 3);
  };

  test.each([0, 0.5, 0.9, 1])(
    'share %d: the optimum is the least bound by brute force in the flows',
    (share) => {
      const { result } = solveStudy(studyAt(share));
      expect(result.status).toBe('optimal');
      close(result.profit!, bound(share), 1e-6);
      result.types.forEach(({ rent }, n) => {
        expect(rent!).toBeGreaterThanOrEqual(share * today[n]!.utility - 1e-7);
      });
      // Today's plans alone are one of the menus allowed.
      const plansAlone = today.reduce((sum, { payment, cost }, n) => sum + mass[n]! * (payment - cost), 0);
      expect(result.profit!).toBeGreaterThanOrEqual(plansAlone - 1e-6);
      expect(result.keptShare).toBeGreaterThanOrEqual(0);
    },
  );

  test('a share of nothing is no promise', () => {
    close(solveStudy(studyAt(0)).result.profit!, solveStudy(studyAt(undefined)).result.profit!, 1e-7);
  });

  test('plans at the efficient prices c with a fee are kept by whom the seller can do nothing better for', () => {
    // At cost and for nothing, both types have all there is: every item that leaves them as much is what they take already.
    const free = { plans: [{ name: 'at cost', prices: { input: 0.125, output: 0.2 } }] };
    const study = studyAt(1);
    const kept = parse(
      `production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.3 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.2 } }
keep: { menu: ${JSON.stringify(free)} }
buyers: { kind: profiles, tasks: { weights: [0.4, 0.6] }, types: [{ mass: 0.4, values: [1.6, 0.3] }, { mass: 0.6, values: [0.4, 0.9] }] }
contract: allocations`,
    );
    const { result } = solveStudy(kept);
    close(result.profit!, 0, 1e-6);
    close(result.keptShare!, 1, 1e-12);
    expect(result.types.map(({ takes }) => takes)).toEqual(['kept', 'kept']);
    close(result.consumerSurplus!, result.efficientWelfare!, 1e-6);
    expect(solveStudy(study).result.types.every(({ takes }) => takes !== undefined)).toBe(true);
  });
});

describe('listed types along a line', () => {
  const list = [
    { value: 0.5, mass: 0.5 },
    { value: 0.8, mass: 0.3 },
    { value: 1.2, mass: 0.2 },
  ];
  const studyAt = (share: number | undefined): Study =>
    parse(`
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.3 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.2 } }
${share === undefined ? '' : `keep: { menu: ${JSON.stringify({ plans })}, share: ${share} }`}
buyers: { kind: representative, types: ${JSON.stringify(list)} }
contract: packages`);
  const today = list.map(({ value }) => byHand(value));

  /** C(Q) = κ Q^{1/S} and its inverse slope, as above with one index. */
  const kappa = 0.55 * 0.5 ** (0.25 / 0.55) * (2 / 3) ** (0.3 / 0.55);
  /**
   * The optimum by hand: rents U₁ ≤ U₂ ≤ U₃, slopes (U_{n+1} − U_n)/Δθ between neighbours' qualities, Q_n as large as is worth it within
   * [slope below, slope above]; rents by golden section one within another.
   */
  const optimum = (share: number): number => {
    const promised = today.map(({ utility }) => share * utility);
    const earned = (n: number, least: number, most: number, rent: number): number => {
      const { value, mass } = list[n]!;
      const free = ((0.55 * value) / kappa) ** (0.55 / 0.45);
      const quality = Math.min(most, Math.max(least, free));
      return mass * (value * quality - kappa * quality ** (1 / 0.55) - rent);
    };
    const slope = (n: number, low: number, high: number): number =>
      (high - low) / (list[n + 1]!.value - list[n]!.value);
    const profit = (a: number, b: number, c: number): number => {
      const [first, second] = [slope(0, a, b), slope(1, b, c)];
      if (first < -1e-12 || second < first - 1e-12) return -1e3 * (1 + Math.max(-first, first - second));
      return (
        earned(0, 0, first, a) + earned(1, first, Math.max(first, second), b) + earned(2, second, 1e9, c)
      );
    };
    const best = (f: (x: number) => number, from: number, to: number): number =>
      f(maximizer(f, from, to, 60));
    return best(
      (a) =>
        best((b) => best((c) => profit(a, b, c), Math.max(promised[2]!, b), 2), Math.max(promised[1]!, a), 1),
      promised[0]!,
      0.5,
    );
  };

  test.each([0.6, 1])('share %d: the optimum is that of rents by brute force', (share) => {
    const { result } = solveStudy(studyAt(share));
    expect(result.status).toBe('optimal');
    close(result.profit!, optimum(share), 1e-5);
    result.types.forEach(({ rent, takes }, n) => {
      expect(rent!).toBeGreaterThanOrEqual(share * today[n]!.utility - 1e-7);
      expect(takes).toBeDefined();
    });
    const sum = (term: (type: (typeof result.types)[number]) => number): number =>
      result.types.reduce((total, type) => total + type.mass! * term(type), 0);
    close(
      result.profit!,
      sum(({ transfer, inputs }) => transfer! - 0.125 * inputs.input! - 0.2 * inputs.output!),
      1e-6,
    );
  });

  test('a share of nothing is no promise, and a promise costs profit', () => {
    const [none, free, half, all] = [0, undefined, 0.5, 1].map((share) => solveStudy(studyAt(share)).result);
    close(none!.profit!, free!.profit!, 1e-7);
    expect(half!.profit!).toBeLessThanOrEqual(free!.profit! + 1e-9);
    expect(all!.profit!).toBeLessThanOrEqual(half!.profit! + 1e-9);
    expect(all!.consumerSurplus!).toBeGreaterThanOrEqual(
      today.reduce((sum, { utility }, n) => sum + list[n]!.mass * utility, 0) - 1e-7,
    );
  });
});

describe('continuous types along a line', () => {
  const studyOf = (menu: readonly object[], share: number | undefined, buyers: string): Study =>
    parse(`
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.3 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.2 } }
${share === undefined ? '' : `keep: { menu: ${JSON.stringify({ plans: menu })}, share: ${share} }`}
${buyers}
contract: packages`);
  const uniform = 'buyers: { kind: representative, type: { use: uniform, min: 0, max: 2 } }';
  /** ∫ dF over [0, 2] by midpoints. */
  const mean = (of: (theta: number) => number, count = 600): number => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += of((2 * (k + 0.5)) / count);
    return sum / count;
  };

  test.each([0.5, 1])(
    'share %d: certified, nobody has less than her share, and profit is that of what is quoted',
    (share) => {
      const study = studyOf(plans, share, uniform);
      const { result, quote } = solveStudy(study);
      expect(result.status).toBe('optimal');
      for (const theta of [0.2, 0.5, 0.8, 1.1, 1.9])
        expect(quote({ value: theta }).rent!).toBeGreaterThanOrEqual(share * byHand(theta).utility - 1e-8);
      const earned = mean((value) => {
        const { transfer, inputs } = quote({ value });
        return transfer! - 0.125 * inputs.input! - 0.2 * inputs.output!;
      });
      close(earned, result.profit!, 1e-3);
      close(
        mean((value) => quote({ value }).rent!),
        result.consumerSurplus!,
        1e-3,
      );
      expect(result.profit!).toBeGreaterThan(planMarket(study).sales(study.terms.keep!.plans).profit);
      expect(result.profit!).toBeLessThan(solveStudy(studyOf(plans, undefined, uniform)).result.profit!);
    },
  );

  test('a share of nothing is no promise', () => {
    const [none, free] = [0, undefined].map((share) => solveStudy(studyOf(plans, share, uniform)).result);
    close(none!.profit!, free!.profit!, 1e-10);
  });

  // Types U[0, 2] have φ = 2θ − 2γ (Jullien 2000). At twice the cost they are served for θ/2, so that γ = ¾θ ≤ 1 up to θ = 4/3: they keep the plan,
  // and above they are served for φ = 2θ − 2, beginning at the plan's own quality.
  test('tokens at twice their cost are kept by all types up to 4/3', () => {
    const { result, quote } = solveStudy(
      studyOf([{ name: 'list', prices: { input: 0.25, output: 0.4 } }], 1, uniform),
    );
    expect(result.status).toBe('optimal');
    close(result.keptShare!, 2 / 3, 2e-3);
    expect(quote({ value: 1.2 }).takes).toBe('kept');
    expect(quote({ value: 1.5 }).takes).toBe('menu');
    close(quote({ value: 1.5 }).ironedVirtualValue!, 1, 1e-8);
    // u(θ) = 2 S(θ/2), of degree 1/(1 − 0.55).
    const kappa = 0.55 * 0.5 ** (0.25 / 0.55) * (2 / 3) ** (0.3 / 0.55);
    const surplus = (psi: number): number => 0.45 * psi * ((0.55 * psi) / kappa) ** (0.55 / 0.45);
    close(quote({ value: 1.2 }).rent!, 2 * surplus(0.6), 1e-9);
  });

  test('packages to values and scales are promised what the index has of them', () => {
    const { result, quote } = solveStudy(
      studyOf(
        plans,
        0.9,
        'buyers: { kind: value-scale, value: { use: uniform, min: 0, max: 2 }, scale: { use: uniform, min: 0, max: 1 } }',
      ),
    );
    expect(result.status).toBe('optimal');
    for (const [value, scale] of [
      [1.8, 0.9],
      [1, 0.5],
    ] as const)
      expect(quote({ value, scale }).rent!).toBeGreaterThanOrEqual(
        0.9 * byHand(value * scale ** 0.45).utility - 1e-8,
      );
  });

  test('a cost of quality has no inputs to plan, whatever sells tiers of it', () => {
    const study = {
      cost: { use: 'quadratic' },
      buyers: { kind: 'representative', type: { use: 'uniform' } },
    };
    const text = JSON.stringify({ ...study, keep: { menu: { plans: [{ name: 'old', fee: 0.1 }] } } });
    expect(() => parseStudy(text, { file: 'study.json', registry })).toThrow(
      /keep: today’s plans sell inputs, .*; expected production with inputs/,
    );
  });
});
