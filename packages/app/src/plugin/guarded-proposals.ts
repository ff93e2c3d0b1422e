import type { Proposal, SolverStop } from '@menusmith/core';
import {
  faultOf,
  floats,
  integers,
  type Kind,
  number,
  objectOf,
  refused,
  takenAnswer,
} from './guarded-value.ts';
import type { Call } from './plugin-fault.ts';
import { beginCall, endCall, siteNumber } from './running-call.ts';

const profiles = objectOf('profiles of items', { offsets: integers, ends: integers, quality: floats });

const proposal = objectOf(
  'a proposal',
  {
    flows: objectOf('flows', { from: integers, to: integers, amount: floats }),
    rents: floats,
    iterations: number,
    expectedGap: number,
  },
  { served: profiles, floors: floats, quality: profiles, shares: floats },
);

const stops: readonly unknown[] = ['stuck', 'most-iterations', 'numerical'] satisfies SolverStop[];

const stop: Kind = {
  expected: 'a reason to stop or nothing',
  take(value) {
    if (value === undefined || stops.includes(value)) return value;
    throw refused(value, `${stops.join(', ')} or nothing at its end`);
  },
};

/** Proposals in a row that are no nearer by the solver's own word, after which it is stuck; and all that it may make. */
const [PATIENCE, MOST_PROPOSALS] = [10_000, 1_000_000];

/** What a solver proposes, step by step, and not for ever. */
export const guardedProposals: Kind = {
  expected: 'an iterable of proposals',
  take(value, from) {
    const iterable = value as Partial<Iterable<unknown>> | null | undefined;
    if (typeof iterable?.[Symbol.iterator] !== 'function') throw refused(value, 'an iterable of proposals');
    return steps(iterable as Iterable<unknown>, from);
  },
};

function* steps(iterable: Iterable<unknown>, call: Call): Generator<Proposal, SolverStop | undefined, void> {
  const site = siteNumber({ ...call, kind: 'step' });
  const during = <T>(work: () => T): T => {
    const outer = beginCall(site, call.given ?? []);
    try {
      return work();
    } catch (thrown) {
      throw faultOf(call, thrown);
    } finally {
      endCall(outer);
    }
  };
  const iterator = during(() => iterable[Symbol.iterator]());
  let [least, idle] = [Number.POSITIVE_INFINITY, 0];
  try {
    for (let count = 0; count < MOST_PROPOSALS; count++) {
      const { done, taken } = during(() => {
        const step = iterator.next();
        const done = step.done === true;
        return { done, taken: takenAnswer(done ? stop : proposal, step.value as unknown, call) };
      });
      if (done) return taken as SolverStop | undefined;
      const { expectedGap } = taken as Proposal;
      idle++;
      if (expectedGap < least) [least, idle] = [expectedGap, 0];
      if (idle > PATIENCE) return 'stuck';
      yield taken as Proposal;
    }
    return 'most-iterations';
  } finally {
    during(() => iterator.return?.());
  }
}
