/** Every study whose result is recorded: the examples, and the cases of refs-public.json, as study files have them. */
import { readdirSync, readFileSync } from 'node:fs';
import references from './refs-public.json' with { type: 'json' };

export interface ReferenceStudy {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

const examples = (): readonly ReferenceStudy[] =>
  readdirSync('examples')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({
      name,
      file: `examples/${name}`,
      text: readFileSync(`examples/${name}`, 'utf8'),
    }));

const uniform = { use: 'uniform', min: 0, max: 1 };

/** A distribution by its name in the references: `0.85Beta(4,10)+0.15Beta(8,2)`. */
const distribution = (name: string): object => {
  const parts = name.split('+').map((part) => {
    const [, weight, kind, shapes = ''] = /^([\d.]*)(U|Beta|TruncNormal)(?:[([]([^;)\]]*).*)?$/.exec(part)!;
    const [a, b] = shapes.split(',').map(Number);
    const of =
      kind === 'U'
        ? uniform
        : kind === 'Beta'
          ? { use: 'beta', a, b }
          : { use: 'truncated-normal', mean: a, sd: b, min: 0, max: 1 };
    return { weight: weight === '' ? 1 : Number(weight), of };
  });
  return parts.length === 1 ? parts[0]!.of : { use: 'mixture', parts };
};

/** α, β, γ, c_x, c_y, c_z, b, in this order. */
const cobbDouglas = ([alpha, beta, gamma, cx, cy, cz, base]: readonly number[]): object => ({
  production: {
    use: 'cobb-douglas',
    exponents: { input: alpha, output: beta, fineTuning: gamma },
    base: { fineTuning: base },
  },
  inputs: {
    input: { scope: 'task', cost: cx },
    output: { scope: 'task', cost: cy },
    fineTuning: { scope: 'shared', cost: cz },
  },
});

const technology = (name: string): object => {
  const t = references.meta.techs[name as keyof typeof references.meta.techs];
  return cobbDouglas([t.alpha, t.beta, t.gamma, t.cx, t.cy, t.cz, t.b].map(Number));
};

const independent = (value: object, scale: object): object => ({ kind: 'value-scale', value, scale });

const uniformSymmetric = (contract: 'allocations' | 'packages'): readonly (readonly [string, object])[] =>
  references.a_uniform_symmetric.table.map(({ rho: rhoText, c: costText }) => {
    const [rho, c] = [Number(rhoText), Number(costText)];
    const study = {
      ...cobbDouglas([rho, rho, rho, c, c, c, 1]),
      buyers: independent(uniform, uniform),
      contract,
    };
    return [`uniform symmetric, rho ${rho}, c ${c}, ${contract}`, study];
  });

const valueScale = (
  rows: readonly { readonly w: string; readonly s: string; readonly tech: string }[],
  contract: string,
): readonly (readonly [string, object])[] =>
  rows.map(({ w, s, tech }) => [
    `${contract}, w ~ ${w}, s ~ ${s}, ${tech}`,
    { ...technology(tech), buyers: independent(distribution(w), distribution(s)), contract },
  ]);

const stepProfiles = references.e_binary.cobb_douglas_step.map((row, k): readonly [string, object] => [
  `two step profiles, ${k}, ${row.tech}`,
  {
    ...technology(row.tech),
    buyers: {
      kind: 'profiles',
      tasks: { weights: row.mu.map(Number) },
      types: [
        { name: 'L', mass: 1 - Number(row.f_H), values: row.w_L.map(Number) },
        { name: 'H', mass: Number(row.f_H), values: row.w_H.map(Number) },
      ],
    },
  },
]);

/** [high, low], by the name of the pair in the references. */
const pairs: Readonly<Record<string, readonly [unknown, unknown]>> = {
  'nested: wH=1-0.5i, wL=0.7-0.5i': ['1 - 0.5*i', '0.7 - 0.5*i'],
  'nested proportional: wH=1-i^2, wL=0.6(1-i^2)': ['1 - i^2', '0.6*(1 - i^2)'],
  'crossing mild: wH=1-0.3i, wL=0.5+0.4i': ['1 - 0.3*i', '0.5 + 0.4*i'],
  'crossing strong: wH=1.1(1-i), wL=i': ['1.1*(1 - i)', 'i'],
  'crossing: wH=exp(-i), wL=0.2+0.6i': ['exp(-i)', '0.2 + 0.6*i'],
  'value-scale: (w,s)=(0.9,0.8) vs (0.7,0.5)': [
    [{ from: 0, to: 0.8, value: 0.9 }],
    [{ from: 0, to: 0.5, value: 0.7 }],
  ],
  'value-scale crossing: (0.95,0.4) vs (0.6,0.9)': [
    [{ from: 0, to: 0.4, value: 0.95 }],
    [{ from: 0, to: 0.9, value: 0.6 }],
  ],
};

const continuousProfiles = references.e_binary.cobb_douglas_continuum.map(
  (row, k): readonly [string, object] => {
    const [high, low] = pairs[row.pair]!;
    const types = [
      { name: 'H', mass: Number(row.f_H), values: high },
      { name: 'L', mass: 1 - Number(row.f_H), values: low },
    ];
    return [
      `two profiles, ${k}, ${row.tech}, ${row.pair}`,
      { ...technology(row.tech), buyers: { kind: 'profiles', types } },
    ];
  },
);

const profiles: Readonly<Record<string, unknown>> = {
  'i^2': 'i^2',
  '1-i': '1 - i',
  'exp(-3i)': 'exp(-3*i)',
  '0.3*(i<0.4)+1.2*(i>=0.4)': [
    { from: 0, to: 0.4, value: 0.3 },
    { from: 0.4, to: 1, value: 1.2 },
  ],
};

const efficientProfiles = references.b_asymmetric_cd.efficient
  .filter(({ profile }) => profile in profiles)
  .map((row): readonly [string, object] => [
    `efficient, ${row.profile}, ${row.tech}`,
    {
      ...technology(row.tech),
      buyers: { kind: 'profiles', types: [{ mass: 1, values: profiles[row.profile] }] },
      contract: 'efficient',
    },
  ]);

const finiteTypes = references.f_finite_types.rows.map((row): readonly [string, object] => [
  `finite, ${row.name}`,
  {
    ...cobbDouglas(row.tech_params),
    buyers: {
      kind: 'profiles',
      tasks: { weights: row.mu },
      types: row.w.map((values, n) => ({ name: `${n}`, mass: row.f[n], values })),
    },
  },
]);

const grids = references.g_correlated.rows.map((row): readonly [string, object] => [
  `grid, ${row.n} by ${row.n}, ${row.copula} ${row.par}, ${row.tech}`,
  {
    ...cobbDouglas(row.tech_params),
    buyers: { kind: 'value-scale-grid', values: row.w, scales: row.s, mass: row.pmf },
  },
]);

const failingTariffs = ['0.05U+0.95Beta(6,9)', '0.02U+0.98Beta(2,7)'].map(
  (type): readonly [string, object] => [
    `failing tariffs, ${type}`,
    {
      ...technology('EX1'),
      buyers: { kind: 'representative', type: distribution(type) },
      contract: 'packages',
      implementation: 'two-part-tariff',
    },
  ],
);

/** Assumption 1 fails here, so that the menu of each scale is not incentive compatible. */
const { tech: unboundedTechnology } = references.assumption_failures.A1_fails;
const unboundedRent: readonly [string, object] = [
  'bounded rent fails',
  {
    ...cobbDouglas(unboundedTechnology.map(Number)),
    buyers: independent(distribution('0.02U+0.98Beta(4,9)'), uniform),
    contract: 'allocations',
  },
];

const numeric = ([name, study]: readonly [string, object]): readonly [string, object] => [
  `${name}, numeric supply`,
  { ...study, solver: { supply: 'numeric' } },
];

export const referenceStudies = (): readonly ReferenceStudy[] => {
  const closed = [
    ...uniformSymmetric('allocations'),
    ...uniformSymmetric('packages'),
    ...valueScale(references.c_value_scale.rows, 'allocations'),
    ...valueScale(references.d_token_packages.rows, 'packages'),
    ...stepProfiles,
    ...continuousProfiles,
    ...efficientProfiles,
  ];
  const cases = [
    ...closed,
    ...finiteTypes,
    ...grids,
    ...failingTariffs,
    unboundedRent,
    // The first of every table again from v and its gradient alone.
    ...[
      uniformSymmetric('allocations')[0]!,
      uniformSymmetric('packages')[0]!,
      valueScale(references.c_value_scale.rows, 'allocations')[0]!,
      valueScale(references.d_token_packages.rows, 'packages')[0]!,
      stepProfiles[0]!,
      continuousProfiles[0]!,
      efficientProfiles[0]!,
    ].map(numeric),
  ];
  return [
    ...examples(),
    ...cases.map(([name, study]) => ({ name, file: 'reference.json', text: JSON.stringify(study) })),
  ];
};
