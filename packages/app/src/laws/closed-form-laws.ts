import { type EfficientSupply, numericSupply, technology } from '@menusmith/core';
import { efficientSupplyLaws, samples, slopesAt } from './efficient-supply-laws.ts';
import { type Law, notClaimed, Tightest } from './law.ts';
import { inTotal, type ProductionSubject } from './production-subject.ts';

/** The laws of the closed form that a production function may declare: it is efficient supply, and the one that v makes. */
export const closedFormLaws: readonly Law<ProductionSubject>[] = [
  {
    name: 'closed-form-quality',
    statement: 'The closed form delivers the quality that its inputs make: q = s·v(x, z).',
    check(subject) {
      const closed = closedForm(subject);
      if (closed === undefined) return noClosedForm;
      const { v } = inTotal(subject);
      const tightest = new Tightest();
      for (const [value, scale] of [...samples(), ...atKinks(closed)]) {
        const { quality, inputs } = slopesAt(closed, value, scale);
        tightest.equal('quality', quality, scale * v([...inputs]), 1e-11 * quality, { value, scale });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'first-order-conditions',
    statement:
      'The closed form satisfies the first-order conditions and names what is at zero, free and at its cap.',
    check(subject) {
      const closed = closedForm(subject);
      if (closed === undefined) return noClosedForm;
      if (subject.production.gradient === undefined) return notClaimed('no gradient is declared');
      const { gradient, task } = inTotal(subject);
      const tightest = new Tightest();
      for (const [value, scale] of [...samples(), ...atKinks(closed)]) {
        const at = { value, scale };
        const { inputs, regime } = slopesAt(closed, value, scale);
        const slopes = gradient([...inputs]);
        closed.inputs.forEach(({ name, cost, max }, j) => {
          const gain = (j < task ? value : scale * value) * slopes[j]!;
          const digit = j < task ? Math.sign(inputs[j]!) : Math.floor(regime / 3 ** (j - task)) % 3;
          const allowed = 1e-11 * (cost + Math.abs(gain - cost));
          const marginal = `marginal gain from ${name}`;
          if (digit === 0 && max > 0) tightest.atMost(marginal, gain, cost, allowed, at);
          else if (digit === 1) tightest.equal(marginal, gain, cost, allowed, at);
          else if (digit === 2) tightest.atLeast(marginal, gain, cost, allowed, at);
          const amount = inputs[j]!;
          tightest.atLeast(name, amount, 0, 0, at);
          tightest.atMost(name, amount, max, 0, at);
          if (digit === 0) tightest.equal(`${name} at zero`, amount, 0, 0, at);
          else if (digit === 2) tightest.atLeast(`${name} at its cap`, amount, max, 0, at);
        });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'numeric-supply',
    statement: 'The closed form agrees with what the core finds from v and its gradient alone.',
    check(subject) {
      const closed = closedForm(subject);
      if (closed === undefined) return noClosedForm;
      const numeric = numericSupply(technology(subject.production, subject.inputs));
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const [own, found] = [slopesAt(closed, value, scale), slopesAt(numeric, value, scale)];
        tightest.equal('quality', own.quality, found.quality, 1e-9 * own.quality, at);
        tightest.equal('cost', own.cost, found.cost, 1e-9 * own.cost, at);
      }
      return tightest.verdict();
    },
  },
  ...efficientSupplyLaws.map(
    (law): Law<ProductionSubject> => ({
      name: `closed-form-${law.name}`,
      statement: `In closed form: ${law.statement}`,
      check(subject) {
        const closed = closedForm(subject);
        return closed === undefined ? noClosedForm : law.check(closed);
      },
    }),
  ),
];

const noClosedForm = notClaimed('no closed form is declared');

const closedForm = ({ production, inputs }: ProductionSubject): EfficientSupply | undefined =>
  production.closedForm?.(inputs);

/** Values just below, at and just above the kinks of a supply. */
const atKinks = (supply: EfficientSupply): readonly (readonly [number, number])[] =>
  [0.1, 1, 2].flatMap((scale) =>
    supply
      .kinks(scale, 1e6)
      .flatMap((kink) => [1 - 1e-9, 1, 1 + 1e-9].map((factor) => [kink * factor, scale] as const)),
  );
