import {
  createRegistry,
  type EntryLaws,
  type EntryOf,
  entriesNamed,
  entryLaws,
  type RegistryKind,
  registeredEntries,
  registryKinds,
  standardPlugin,
} from '@menusmith/app';
import {
  type Copula,
  type Distribution,
  type EfficientSupply,
  type FiniteProblem,
  type FiniteSolver,
  InputError,
  independence,
  type Minimizer,
  type ProductionFunction,
} from '@menusmith/core';
import { clayton, cobbDouglas, interiorPointSolver, quadratic, uniform } from '@menusmith/plugins';
import { describe, expect, it } from 'vitest';
import { smallPlugin } from './small-plugin.ts';

const brokenLaws = ({ laws }: EntryLaws): string[] =>
  laws.filter(({ holds }) => !holds).map(({ name }) => name);
const lawOf = ({ laws }: EntryLaws, name: string) => laws.find((law) => law.name === name)!;

describe('the laws of each kind', () => {
  const registry = createRegistry([standardPlugin]);

  it('have names of their own and statements of one sentence', async () => {
    for (const kind of registryKinds) {
      const [first] = registry[kind].list();
      const { laws, kind: word } = await entryLaws(kind, first as EntryOf<typeof kind>);
      expect(new Set(laws.map(({ name }) => name)).size, word).toBe(laws.length);
      for (const { name, statement } of laws) {
        expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(statement).toMatch(/^\S.*\.$/);
      }
    }
  });

  it('say of every law that holds what has least to spare, at which example and point', async () => {
    const tried = await entryLaws('copulas', registry.copulas.get('clayton'));
    expect(tried).toMatchObject({ kind: 'copula', name: 'clayton', holds: true });
    expect(tried.examples.map(({ parameters }) => parameters)).toEqual(clayton.examples);
    for (const law of tried.laws.slice(1)) {
      const { tightest, margin, example } = law;
      expect(law).toMatchObject({ holds: true, claimed: true, brokenBy: [] });
      expect(tightest!.error).toBeLessThanOrEqual(tightest!.allowed);
      if (tightest!.relation !== '>') expect(margin).toBe(tightest!.allowed - tightest!.error);
      expect(example).toBeGreaterThanOrEqual(1);
    }
  });

  it('tell before each law how many are done', async () => {
    const seen: string[] = [];
    const { laws } = await entryLaws('copulas', registry.copulas.get('independent'), {
      progress: (done, total) => seen.push(`${done}/${total}`),
    });
    expect(seen).toEqual(laws.map((_, done) => `${done}/${laws.length}`));
  });

  it('try a production function with and without a cap on shared inputs', async () => {
    const { examples } = await entryLaws('productionFunctions', {
      ...cobbDouglas,
      examples: cobbDouglas.examples!.slice(0, 1),
    });
    expect(examples.map(({ cap }) => cap)).toEqual([undefined, 2.5]);
  });
});

describe('entries by name', () => {
  it('are found in every kind that has the name', () => {
    const asCopula = { ...smallPlugin.copulas![0]!, name: 'uniform' };
    const registry = createRegistry([smallPlugin, { name: 'other', copulas: [asCopula] }]);
    expect(entriesNamed(registry, 'uniform').map(({ kind }) => kind)).toEqual(['distributions', 'copulas']);
  });

  it('are all listed kind by kind', () => {
    const kinds = registeredEntries(createRegistry([smallPlugin])).map(({ kind }) => kind);
    expect(kinds).toEqual([...kinds].sort((a, b) => registryKinds.indexOf(a) - registryKinds.indexOf(b)));
  });

  it('that are unknown are refused with the nearest name', () => {
    const registry = createRegistry([standardPlugin]);
    expect(() => entriesNamed(registry, 'claytn')).toThrow(
      'no entry called "claytn"; did you mean clayton? (`menusmith plugins` lists all)',
    );
  });
});

/** The laws of an entry whose `create` answers with `made`. */
const lawsOfMade = <Kind extends RegistryKind>(
  kind: Kind,
  made: unknown,
  change: object = {},
): Promise<EntryLaws> =>
  entryLaws(kind, {
    name: 'broken',
    doc: 'Broken.',
    parameters: {},
    create: () => made,
    ...change,
  } as unknown as EntryOf<Kind>);

const unitUniform: Distribution = uniform.create({ min: 0, max: 1 });

describe('a distribution', () => {
  it.each<[string, readonly string[], Partial<Distribution>]>([
    [
      'a density that is off by a millionth',
      ['support', 'density', 'upper-tail'],
      {
        density: () => 1 + 1e-6,
      },
    ],
    [
      'a survival function that is flat where F rises',
      ['survival-function'],
      { survival: (x) => (x > 0.4 && x < 0.6 ? 0.5 : unitUniform.survival(x)) },
    ],
    [
      'a distribution function that stops short of 1',
      ['distribution-function'],
      { cdf: (x) => 0.999 * unitUniform.cdf(x) },
    ],
    ['a quantile function that is off in its tail', ['small-quantiles'], { quantile: (u) => u * (1 + 1e-9) }],
    ['a quantile function that is off', ['quantile-function'], { quantile: (u) => u + 1e-9 * u * (1 - u) }],
    ['breakpoints out of order', ['breakpoints'], { breakpoints: [0.5, 0.2] }],
    ['a cdf that is not a number', ['survival-function', 'distribution-function'], { cdf: () => Number.NaN }],
  ])('with %s breaks %s', async (_, expected, change) => {
    const tried = await lawsOfMade('distributions', { ...unitUniform, ...change });
    expect(tried.holds).toBe(false);
    expect(brokenLaws(tried)).toEqual(expect.arrayContaining([...expected]));
  });

  it('that takes an empty support is told so', async () => {
    const tried = await entryLaws('distributions', {
      ...uniform,
      examples: [{ min: 0, max: 1 }],
      create: () => unitUniform,
    });
    expect(brokenLaws(tried)).toEqual(['empty-support']);
    expect(lawOf(tried, 'empty-support').remark).toBe('create accepts min = 1, max = 0');
  });

  it('of which one example breaks a law is told which, where, what was expected and what came', async () => {
    const tried = await entryLaws('distributions', {
      ...uniform,
      examples: [
        { min: 0, max: 1 },
        { min: 2, max: 4 },
      ],
      create(parameters) {
        const made = uniform.create(parameters);
        return parameters.min === 2 ? { ...made, survival: (x) => made.survival(x) + 0.25 } : made;
      },
    });
    const law = lawOf(tried, 'survival-function');
    expect(law).toMatchObject({ holds: false, brokenBy: [2], example: 2, remark: null });
    expect(law.tightest).toMatchObject({
      quantity: 'cdf + survival',
      relation: '=',
      expected: 1,
      got: 1.25,
      error: 0.25,
      allowed: 1e-13,
    });
    expect(law.tightest!.at.x).toBeGreaterThanOrEqual(2);
    expect(law.margin).toBeCloseTo(-0.25, 12);
  });
});

describe('a copula', () => {
  const made: Copula = clayton.create({ theta: 2 });
  it.each<[string, readonly string[], Copula]>([
    ['margins that are not uniform', ['uniform-margins'], { ...made, cdf: (u, v) => made.cdf(u, v) * 0.99 }],
    [
      'a rectangle of negative mass',
      ['2-increasing'],
      {
        ...independence,
        cdf: (u, v) => u * v * (1 + 3 * (1 - u) * (1 - v)),
      },
    ],
    [
      'a conditional distribution that falls',
      ['conditional-distribution'],
      {
        ...made,
        conditional: (u, v) => made.conditional(u, v) + 0.3 * Math.sin(20 * Math.PI * u),
      },
    ],
    [
      'a survival function that does not fit',
      ['conditional-survival'],
      {
        ...made,
        conditionalSurvival: (u, v) => made.conditionalSurvival(u, v) + 1e-9,
      },
    ],
    [
      'a conditional distribution that is no derivative',
      ['partial-derivatives'],
      {
        ...made,
        conditional: (u) => u,
        conditionalSurvival: (u) => 1 - u,
      },
    ],
    [
      '1 − ∂C/∂v with its cancellation',
      ['tail-accuracy'],
      {
        ...made,
        conditionalSurvival: (u, v) => 1 - made.conditional(u, v),
      },
    ],
    ['a false claim of independence', ['independence'], { ...made, independent: true }],
    ['independence unsaid', ['independence'], { ...independence, independent: false }],
  ])('with %s breaks %s', async (_, expected, broken) => {
    expect(brokenLaws(await lawsOfMade('copulas', broken))).toEqual(expect.arrayContaining([...expected]));
  });
});

describe('a production function', () => {
  const examples = cobbDouglas.examples!.slice(0, 1);
  const made = cobbDouglas.create(examples[0]!.parameters, examples[0]!.inputs);
  const { gradient, degree } = made;
  const lawsOf = (broken: Partial<ProductionFunction>) => {
    const { value } = made;
    return entryLaws('productionFunctions', {
      ...cobbDouglas,
      examples,
      create: () => ({ value, ...broken }),
    });
  };

  it.each<[string, readonly string[], Partial<ProductionFunction>]>([
    ['less from more', ['increasing'], { value: (x, z) => -made.value(x, z) }],
    ['increasing returns', ['concave'], { value: (x, z) => made.value(x, z) ** 4 }],
    [
      'something made of nothing',
      ['essential-task-inputs', 'declared-assumptions'],
      { value: (x, z) => 1 + made.value(x, z) },
    ],
    ['substitutes', ['positive-cross-partials'], { value: (x, z) => Math.sqrt(x[0]! + x[1]! + z[0]!) }],
    [
      'a false gradient',
      ['gradient'],
      {
        gradient(x, z, out) {
          gradient!(x, z, out);
          out[1]! *= 1 + 1e-5;
        },
      },
    ],
    ['a false degree', ['homogeneity'], { degree: degree! + 1e-6 }],
    [
      'a closed form for dearer inputs',
      ['closed-form-surplus', 'numeric-supply'],
      {
        gradient: gradient!,
        closedForm(inputs) {
          const dearer = made.closedForm!(inputs.map((input) => ({ ...input, cost: 1.1 * input.cost })));
          return { ...dearer, inputs };
        },
      },
    ],
  ])('with %s breaks %s', async (_, expected, broken) => {
    const tried = await lawsOf(broken);
    expect(brokenLaws(tried)).toEqual(expect.arrayContaining([...expected]));
  });

  it('of value alone keeps the laws, and those of what it does not declare do not apply', async () => {
    const tried = await lawsOf({});
    expect(brokenLaws(tried)).toEqual([]);
    expect(lawOf(tried, 'gradient')).toMatchObject({
      holds: true,
      claimed: false,
      remark: 'no gradient is declared',
    });
  });

  it('names the inputs in the point where it breaks', async () => {
    const tried = await lawsOf({ value: (x, z) => -made.value(x, z) });
    expect(Object.keys(lawOf(tried, 'increasing').tightest!.at)).toEqual(['input', 'output', 'fineTuning']);
  });

  it('whose example lacks inputs, or is nothing, is told what one looks like', async () => {
    for (const example of [{ parameters: {} }, null, 'x']) {
      const tried = await lawsOfMade('productionFunctions', made, { examples: [example] });
      expect(lawOf(tried, 'valid-examples').remark).toMatch(
        /^expected an example as \{ parameters: \{ .*\}, inputs: \{ task: \[names\], shared: \[names\] \} \}$/,
      );
    }
  });
});

describe('a cost function', () => {
  const made = quadratic.create({});
  /** With `change` done to every point of supply. */
  const changed = (
    change: (out: Parameters<EfficientSupply['slopes']>[2], value: number, scale: number) => void,
  ): EfficientSupply => {
    const slopes: EfficientSupply['slopes'] = (value, scale, out) => {
      made.slopes(value, scale, out);
      change(out, value, scale);
    };
    return { ...made, slopes, supply: slopes };
  };

  it.each<[string, readonly string[], EfficientSupply]>([
    [
      'supply of the worthless',
      ['no-supply-below-zero'],
      changed((out) => {
        out.quality += 1e-3;
      }),
    ],
    [
      'a surplus that is not φq − C',
      ['surplus', 'hotelling-lemma'],
      changed((out) => {
        out.surplus *= 1.001;
      }),
    ],
    [
      'a concave cost, C = 2√q',
      ['convex-cost'],
      changed((out, value) => {
        // φ = C′ = 1/√q: the higher the value, the less is supplied.
        if (!(value > 0)) return;
        out.quality = 1 / value ** 2;
        out.cost = 2 / value;
        out.surplus = value * out.quality - out.cost;
      }),
    ],
    [
      'a false derivative',
      ['supply-derivatives'],
      changed((out) => {
        out.qualityByValue *= 1.001;
      }),
    ],
    [
      'a jump that is no kink',
      ['kinks'],
      changed((out, value, scale) => {
        if (value > 7) out.quality += scale;
      }),
    ],
    [
      'tasks that disturb each other',
      ['additive-cost'],
      changed((out, _, scale) => {
        out.quality *= scale;
      }),
    ],
    ['a false form', ['cost-form'], { ...made, form: { tasks: [[{ rate: 0.1, curvature: 0, length: 1 }]] } }],
  ])('with %s breaks %s', async (_, expected, broken) => {
    expect(brokenLaws(await lawsOfMade('costFunctions', broken))).toEqual(
      expect.arrayContaining([...expected]),
    );
  });
});

describe('a minimizer', () => {
  /** Steepest descent. */
  const descent: Minimizer = {
    usesGradient: true,
    propose({ gradient, start }) {
      let x = [...start];
      for (let n = 0; n < 400; n++) {
        const slopes = gradient(x);
        x = x.map((each, i) => each - 0.15 * slopes[i]!);
      }
      return x;
    },
  };

  it('that comes down keeps the laws', async () => {
    expect(brokenLaws(await lawsOfMade('minimizers', descent))).toEqual([]);
  });

  it.each<[string, readonly string[], Minimizer]>([
    ['stays where it is', ['convex-quadratic', 'smooth-convex'], smallPlugin.minimizers![0]!.create({})],
    ['does not say that it uses gradients', ['gradient-use'], { ...descent, usesGradient: false }],
    [
      'moves the start',
      ['start-unchanged'],
      {
        ...descent,
        propose(problem) {
          const x = descent.propose(problem);
          (problem.start as number[])[0] = 7;
          return x;
        },
      },
    ],
    [
      'proposes NaN',
      ['finite-proposal'],
      {
        ...descent,
        propose: (problem) => descent.propose(problem).map(() => Number.NaN),
      },
    ],
    [
      'never ends',
      ['convex-quadratic', 'finite-proposal'],
      {
        usesGradient: false,
        propose({ objective, start }) {
          for (;;) objective(start);
        },
      },
    ],
  ])('that %s breaks %s', async (_, expected, broken) => {
    expect(brokenLaws(await lawsOfMade('minimizers', broken))).toEqual(expect.arrayContaining([...expected]));
  });

  it('that throws breaks the law with its own message', async () => {
    const tried = await lawsOfMade('minimizers', {
      usesGradient: true,
      propose: () => {
        throw new Error('no luck');
      },
    });
    expect(lawOf(tried, 'convex-quadratic').remark).toBe('propose(…) threw: no luck');
  });
});

describe('a solver', () => {
  const made = interiorPointSolver.create({});
  /** With `change` done to every proposal. */
  const changed = (
    change: (proposal: ReturnType<FiniteSolver['proposals']> extends Iterable<infer P> ? P : never) => object,
  ): FiniteSolver => ({
    ...made,
    *proposals(problem: FiniteProblem, money: number) {
      for (const proposal of made.proposals(problem, money)) yield { ...proposal, ...change(proposal) };
    },
  });
  const everything = ['two-types', 'full-extraction', 'unit-invariance', 'certified-optimality'];
  /** A lone buyer is served right without multipliers. */
  const butOneBuyer = everything.filter((name) => name !== 'full-extraction');

  it.each<[string, readonly string[], FiniteSolver]>([
    ['refuses everything', ['stated-refusals'], { ...made, refuses: () => 'whatever it is' }],
    ['refuses without words', ['stated-refusals'], { ...made, refuses: () => '' }],
    ['has nothing to propose', everything, { ...made, proposals: () => [] }],
    [
      'proposes negative multipliers',
      butOneBuyer,
      changed(({ flows }) => ({
        flows: { ...flows, amount: flows.amount.map((amount) => -amount) },
      })),
    ],
    [
      'proposes rents that are not numbers',
      everything,
      changed(({ rents }) => ({ rents: rents.map(() => Number.NaN) })),
    ],
    ['proposes too few rents', everything, changed(() => ({ rents: new Float64Array(0) }))],
    [
      'leaves rents that need not be',
      butOneBuyer,
      changed(({ rents }) => ({ rents: rents.map((rent) => rent + 0.1) })),
    ],
    [
      'never ends',
      butOneBuyer,
      {
        ...made,
        *proposals(problem: FiniteProblem) {
          const flows = { from: new Int32Array(0), to: new Int32Array(0), amount: new Float64Array(0) };
          const rents = new Float64Array(problem.types.count);
          for (let iterations = 1; ; iterations++) yield { flows, rents, iterations, expectedGap: 1 };
        },
      },
    ],
  ])('that %s breaks %s', async (_, expected, broken) => {
    const tried = await lawsOfMade('solvers', broken);
    expect(brokenLaws(tried)).toEqual(expected);
  });

  it('that cannot be prepared is told why, and no law is tried', async () => {
    const tried = await lawsOfMade('solvers', {
      ...made,
      prepare: () => Promise.reject(new Error('no WASM')),
    });
    expect(brokenLaws(tried)).toEqual(['valid-examples']);
    expect(lawOf(tried, 'valid-examples').remark).toBe('prepare() threw: no WASM');
    expect(lawOf(tried, 'two-types')).toMatchObject({ claimed: false, remark: 'it could not be created' });
  });
});

describe('an entry', () => {
  it('that throws breaks just the laws in which it does, and the call is named', async () => {
    const broken: Distribution = {
      ...unitUniform,
      density: (x) => {
        if (x === 0.5) throw new Error('no luck');
        return unitUniform.density(x);
      },
    };
    for (const made of [
      broken,
      Object.freeze(broken),
      Object.assign(Object.create({ density: broken.density }), broken),
    ]) {
      const tried = await lawsOfMade('distributions', made);
      expect(brokenLaws(tried)).toEqual(['support', 'density']);
      expect(lawOf(tried, 'support')).toMatchObject({ remark: 'density(0.5) threw: no luck', margin: null });
    }
  });

  it('that throws from within an object of its own has the inner call named', async () => {
    const examples = cobbDouglas.examples!.slice(0, 1);
    const tried = await entryLaws('productionFunctions', {
      ...cobbDouglas,
      examples,
      create: () => ({
        value: () => {
          throw 'a text';
        },
      }),
    });
    expect(lawOf(tried, 'concave').remark).toMatch(/^value\(\[[\d., ]+\], \[[\d., ]+\]\) threw: a text$/);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'create({}) answered with nothing; expected a copula'],
    ['a number', 3, 'create({}) answered with 3; expected a copula'],
  ])('that creates %s is told so', async (_, made, remark) => {
    const tried = await lawsOfMade('copulas', made);
    expect(brokenLaws(tried)).toEqual(['valid-examples']);
    expect(lawOf(tried, 'valid-examples').remark).toBe(remark);
  });

  it('whose example breaks its own declaration is told the field; the others are tried', async () => {
    const tried = await entryLaws('distributions', {
      ...uniform,
      parameters: { ...uniform.parameters, min: { kind: 'number', doc: 'least', above: 0 } },
      examples: [
        { min: 1, max: 2 },
        { min: -1, max: 2 },
      ],
    });
    expect(brokenLaws(tried)).toEqual(['valid-examples']);
    expect(lawOf(tried, 'valid-examples')).toMatchObject({ brokenBy: [2], example: 2 });
    expect(lawOf(tried, 'valid-examples').remark).toMatch(/^min: expected a number .*got -1$/);
  });

  it('without examples is tried on its defaults, or refused with the parameters that lack one', async () => {
    const { examples: _, ...bare } = uniform;
    const withDefaults = {
      min: { kind: 'number', doc: 'least', default: 0 },
      max: { kind: 'number', doc: 'most', default: 2 },
    } as const;
    expect(await entryLaws('distributions', { ...bare, parameters: withDefaults })).toMatchObject({
      holds: true,
    });
    const { min, max } = withDefaults;
    const { default: __, ...required } = max;
    const refused = () => entryLaws('distributions', { ...bare, parameters: { min, max: required } });
    await expect(async () => refused()).rejects.toThrow(InputError);
    await expect(async () => refused()).rejects.toThrow(
      'distribution "uniform": expected examples: [{ min, max }, …], on which the laws run, got none; ' +
        'its defaults will not do, as max must be given',
    );
  });
});
