import { printedThreshold } from './efficiency.ts';
import { efficient, plain, tuned } from './efficient-profiles.ts';
import { indexOf, supplyByShares } from './expenditure-shares.ts';
import type { Case, Statement } from './statement.ts';
import {
  asymmetric,
  numericOf,
  type Profile,
  supplied,
  suppliedTo,
  supplyOnTasks,
  taskTechnology,
  totalTokens,
} from './technology.ts';

const { α, β, γ, cx, cy, cz, b } = asymmetric;
const σ = α + β;
const setting = asymmetric.name;

const proofPlace = 'Appendix, Proof of Proposition 1' as const;

/** A formula of the proof that holds for any fixed z. */
const atFixedTuning = (
  id: string,
  covers: readonly string[],
  quantity: string,
  printed: (z: number, w: number, total: number) => number,
  read: (found: ReturnType<typeof fixedTuning>) => number,
): Statement => ({
  id: `A1.${id}`,
  kind: 'formula',
  place: proofPlace,
  covers,
  quantity,
  setting,
  cases: () =>
    [0, 0.9].map((z) => {
      const total = plain.weights.reduce(
        (sum, weight, m) => sum + weight * plain.values[m]! ** (1 / (1 - α - β)),
        0,
      );
      return { at: `z = ${z}`, printed: printed(z, plain.values[1]!, total), numeric: read(fixedTuning(z)) };
    }),
});

/** The best input and output tokens with z held fixed: tasks worth w(b + z)^γ under x^α y^β alone. */
const fixedTuning = (z: number) => {
  const supply = supplyOnTasks(taskTechnology(asymmetric), plain.weights);
  const values = plain.values.map((w) => w * (b + z) ** γ);
  const point = suppliedTo(supply, values);
  const [x, y] = [point.inputs.task[2]!, point.inputs.task[3]!];
  const [X, Y] = totalTokens(supply, point);
  return { x, y, u: values[1]! * point.quality[1]! - cx * x - cy * y, X, Y, U: point.surplus };
};

const perTask = (total: number) => total ** (1 / (1 - α - β));

/** Printed (46), (47), (49), (50): the same in x and y but for the first factor. */
const printedPlain = (w: number, first: number): number =>
  perTask(w) * first * (α / cx) ** (α / (1 - α - β)) * (β / cy) ** (β / (1 - α - β)) * b ** (γ / (1 - α - β));

const κ = α + β + γ;
const printedTuned = (w: number, θ: number, first: number): number =>
  perTask(w) *
  θ ** (γ / ((1 - α - β) * (1 - α - β - γ))) *
  first *
  (α / cx) ** (α / (1 - α - β - γ)) *
  (β / cy) ** (β / (1 - α - β - γ)) *
  (γ / cz) ** (γ / (1 - α - β - γ));
const printedTuning = (θ: number): number =>
  θ ** (1 / (1 - α - β - γ)) *
    (γ / cz) *
    (α / cx) ** (α / (1 - α - β - γ)) *
    (β / cy) ** (β / (1 - α - β - γ)) *
    (γ / cz) ** (γ / (1 - α - β - γ)) -
  b;

const several = (base: Profile): readonly Profile[] => [
  base,
  { values: base.values.map((w) => 1.15 * w), weights: base.weights },
  { values: [0.9 * base.values[0]!], weights: [1] },
];

type Allocated = { readonly x: number; readonly y: number; readonly z: number };

/** A formula for the efficient tokens of task 1, at several types of one regime. */
const efficientTokens = (
  number: string,
  token: keyof Allocated,
  base: Profile,
  printed: (w: number, θ: number) => number,
  more: Partial<Statement> & { readonly corrected?: (w: number, θ: number) => number } = {},
): Statement => {
  const { corrected, ...rest } = more;
  return {
    id: `A1.${number}`,
    kind: 'formula',
    place: proofPlace,
    covers: [`(${number})`],
    quantity: `${token}${token === 'z' ? '' : '_i'}*, ${base === plain ? 'θ ≤ θ̂' : 'θ > θ̂'}`,
    setting,
    cases: () =>
      several(base).map((profile): Case => {
        const θ = indexOf(profile, σ);
        const w = profile.values[0]!;
        const { task, shared } = efficient(profile).point.inputs;
        const numeric: Allocated = { x: task[0]!, y: task[1]!, z: shared[0]! };
        const whole = supplyByShares(θ, 1, asymmetric);
        const share = (w / θ) ** (1 / (1 - σ));
        const shares: Allocated = { x: share * whole.x, y: share * whole.y, z: whole.z };
        return {
          at: `θ = ${Number(θ.toPrecision(3))}`,
          printed: printed(w, θ),
          ...(corrected && { corrected: corrected(w, θ) }),
          closedForm: shares[token],
          numeric: numeric[token],
        };
      }),
    ...rest,
  };
};

/** The proof of Proposition 1, and what the slides misprint of it. */
export const efficientTokenStatements: readonly Statement[] = [
  atFixedTuning(
    'x',
    ['Prop. 1'],
    'x_i*(z)',
    (z, w) => ((α * w * (b + z) ** γ) / cx) ** (1 / (1 - α - β)) * ((β * cx) / (α * cy)) ** (β / (1 - α - β)),
    ({ x }) => x,
  ),
  atFixedTuning(
    'y',
    ['Prop. 1'],
    'y_i*(z)',
    (z, w) => ((β * w * (b + z) ** γ) / cy) ** (1 / (1 - α - β)) * ((α * cy) / (β * cx)) ** (α / (1 - α - β)),
    ({ y }) => y,
  ),
  atFixedTuning(
    'U',
    ['Prop. 1'],
    'U_i*(z)',
    (z, w) =>
      (1 - α - β) *
      (b + z) ** (γ / (1 - α - β)) *
      (α / cx) ** (α / (1 - α - β)) *
      (β / cy) ** (β / (1 - α - β)) *
      w ** (1 / (1 - α - β)),
    ({ u }) => u,
  ),
  atFixedTuning(
    '41',
    ['(41)'],
    'X*(z)',
    (z, _w, total) =>
      ((α * (b + z) ** γ) / cx) ** (1 / (1 - α - β)) * ((β * cx) / (α * cy)) ** (β / (1 - α - β)) * total,
    ({ X }) => X,
  ),
  atFixedTuning(
    '42',
    ['(42)'],
    'Y*(z)',
    (z, _w, total) =>
      ((β * (b + z) ** γ) / cy) ** (1 / (1 - α - β)) * ((α * cy) / (β * cx)) ** (α / (1 - α - β)) * total,
    ({ Y }) => Y,
  ),
  atFixedTuning(
    '43',
    ['(43)'],
    'U*(z)',
    (z, _w, total) =>
      (1 - α - β) *
      (b + z) ** (γ / (1 - α - β)) *
      (α / cx) ** (α / (1 - α - β)) *
      (β / cy) ** (β / (1 - α - β)) *
      total,
    ({ U }) => U,
  ),
  efficientTokens('46', 'x', plain, (w) => printedPlain(w, α / cx)),
  efficientTokens('47', 'y', plain, (w) => printedPlain(w, β / cy)),
  efficientTokens('48', 'z', plain, () => 0),
  efficientTokens('49', 'x', tuned, (w, θ) => printedTuned(w, θ, α / cx)),
  efficientTokens('50', 'y', tuned, (w, θ) => printedTuned(w, θ, β / cy)),
  efficientTokens('51', 'z', tuned, (_w, θ) => printedTuning(θ)),
  {
    id: 'A1.continuous',
    kind: 'claim',
    place: proofPlace,
    covers: ['Prop. 1'],
    quantity: 'x and z just above θ̂ less just below it',
    text: 'The optimal token allocation is continuous in θ.',
    setting,
    cases: () => {
      const supply = numericOf(asymmetric);
      const [below, above] = [1 - 1e-12, 1 + 1e-12].map((t) => supplied(supply, t * printedThreshold).inputs);
      return [0, 2].map((j) => ({ at: j === 0 ? 'x' : 'z', printed: 0, numeric: above![j]! - below![j]! }));
    },
  },
  efficientTokens(
    '50',
    'y',
    tuned,
    (w, θ) =>
      perTask(w) *
      θ ** (γ / ((1 - α - β) * (1 - κ))) *
      (β / cy) *
      (α / cx) ** (α / (1 - α - γ)) *
      (β / cy) ** ((1 - α - β - γ) / (1 - α - β - γ)) *
      (γ / cz) ** (γ / (1 - α - β - γ)),
    {
      id: 'slides.50',
      place: 'Slides',
      covers: ['slides (50)'],
      erratum: 'slides (50)',
      corrected: (w, θ) => printedTuned(w, θ, β / cy),
    },
  ),
  efficientTokens(
    '51',
    'z',
    tuned,
    (_w, θ) =>
      θ ** (1 / (1 - κ)) *
        (γ / cz) *
        (α / cx) ** (γ / (1 - κ)) *
        (β / cy) ** (β / (1 - κ)) *
        (γ / cz) ** (γ / (1 - κ)) -
      b,
    {
      id: 'slides.51',
      place: 'Slides',
      covers: ['slides (51)'],
      erratum: 'slides (51)',
      corrected: (_w, θ) => printedTuning(θ),
    },
  ),
];
