import { type ProductionFunctionExample, productionAssumptions, technology } from '@menusmith/core';
import { closedFormLaws } from './closed-form-laws.ts';
import { type Law, notClaimed, Tightest } from './law.ts';
import { numericDerivative } from './numeric-derivative.ts';
import { inTotal, type ProductionSubject } from './production-subject.ts';
import { haltonPoints, logarithmic } from './sampling.ts';

/** The laws of a production function: the assumptions of the paper's Section 2, and what it declares of itself. */
export const productionFunctionLaws: readonly Law<ProductionSubject>[] = [
  {
    name: 'increasing',
    statement: 'v increases in every task input, and does not fall in a shared one.',
    check(subject) {
      if (isWithout(subject, 'increasing')) return exampleIsWithout;
      const { v, count, task, at } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        for (let j = 0; j < count; j++) {
          const more = scaled(point, j, 1.5);
          if (j < task) tightest.above('v', v(more), v(point), at(more));
          else tightest.atLeast('v', v(more), v(point), 0, at(more));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'essential-task-inputs',
    statement: 'v is zero where a task input is zero.',
    check(subject) {
      if (isWithout(subject, 'essential-task-inputs')) return exampleIsWithout;
      const { v, count, task, at } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        for (let j = 0; j < task; j++) {
          const none = scaled(point, j, 0);
          tightest.equal('v', v(none), 0, 0, at(none));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'concave',
    statement: 'v is concave: in the middle of a segment it is at least the mean of the ends.',
    check(subject) {
      const { v, count, at } = inTotal(subject);
      const tightest = new Tightest();
      const points = amounts(count);
      for (let m = 1; m < points.length; m++) {
        const [a, b] = [points[m - 1]!, points[m]!];
        const middle = a.map((amount, j) => (amount + b[j]!) / 2);
        tightest.atLeast('v', v(middle), (v(a) + v(b)) / 2, 1e-12 * v(middle), at(middle));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'positive-cross-partials',
    statement: 'Inputs are complements: no cross-partial derivative is negative.',
    check(subject) {
      if (isWithout(subject, 'positive-cross-partials')) return exampleIsWithout;
      const { v, count, at } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        for (let j = 0; j < count; j++) {
          for (let k = 0; k < j; k++) {
            const both = v(scaled(scaled(point, j, 1.5), k, 1.5));
            const gain = both - v(scaled(point, j, 1.5)) - v(scaled(point, k, 1.5)) + v(point);
            tightest.atLeast('cross difference of v', gain, 0, 1e-12 * both, at(point));
          }
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'declared-assumptions',
    statement: 'Of the assumptions of Section 2 just those fail that the example says it is without.',
    check(subject) {
      const { production, inputs } = subject;
      const tightest = new Tightest();
      for (const { name, holds, at } of productionAssumptions(technology(production, inputs))) {
        const isClaimed = !isWithout(subject, name);
        tightest.equal(`${name} holds`, Number(holds), Number(isClaimed), 0, at);
      }
      return tightest.verdict();
    },
  },
  {
    name: 'gradient',
    statement: 'The gradient agrees with numeric differentiation.',
    check(subject) {
      if (subject.production.gradient === undefined) return notClaimed('no gradient is declared');
      const { v, gradient, count, at } = inTotal(subject);
      const tightest = new Tightest();
      for (const point of amounts(count)) {
        const slopes = gradient(point);
        for (let j = 0; j < count; j++) {
          const numeric = numericDerivative((t) => v(scaled(point, j, Math.exp(t))), 0, 4e-3) / point[j]!;
          const allowed = 1e-7 * (Math.abs(numeric) + Math.abs(v(point)) / point[j]!);
          tightest.equal(`∂v/∂${subject.inputs[j]!.name}`, slopes[j]!, numeric, allowed, at(point));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'homogeneity',
    statement: 'The declared degree σ is in (0, 1) and true: v(t·x, z) = t^σ·v(x, z).',
    check(subject) {
      const { degree } = subject.production;
      if (degree === undefined) return notClaimed('no degree is declared');
      const { v, count, task, at } = inTotal(subject);
      const tightest = new Tightest();
      tightest.above('degree', degree, 0, {});
      tightest.above('1 − degree', 1 - degree, 0, {});
      for (const point of amounts(count)) {
        for (const t of [0.01, 0.7, 30]) {
          const multiplied = v(point.map((amount, j) => (j < task ? t * amount : amount)));
          const expected = Math.exp(degree * Math.log(t)) * v(point);
          tightest.equal('v(t·x, z)', multiplied, expected, 1e-12 * multiplied, { t, ...at(point) });
        }
      }
      return tightest.verdict();
    },
  },
  ...closedFormLaws,
];

type Assumption = NonNullable<ProductionFunctionExample['without']>[number];

const isWithout = ({ without = [] }: ProductionSubject, name: string): boolean =>
  without.includes(name as Assumption);

const exampleIsWithout = notClaimed('the example says that it is without');

const amounts = (count: number): readonly (readonly number[])[] =>
  haltonPoints(40, count).map((point) => point.map((u) => logarithmic(u, 0.01, 20)));

const scaled = (point: readonly number[], j: number, factor: number): readonly number[] =>
  point.map((amount, k) => (k === j ? factor * amount : amount));
