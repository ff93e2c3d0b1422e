import type { Solution } from '../solution.ts';
import type { SolveProgress } from '../solve/solve-study.ts';
import type { GivenStudy } from './given-study.ts';
import type { RequestParams } from './request-params.ts';

/** So many; each may hold a menu of many types. */
const MOST = 4;

type Solving = Generator<SolveProgress<Solution>, Solution, boolean | undefined>;
type Asked = Pick<RequestParams<'solve'>, 'study' | 'set' | 'supply'>;

/** Solutions of the studies that were asked for last, by what was given. One that was stopped is not kept, nor one that rests on files, as these may change. */
export const recentSolutions = () => {
  const known = new Map<string, Solution>();
  return {
    *solution({ study, set, supply }: Asked, { readsFiles }: GivenStudy, solve: () => Solving): Solving {
      const key = JSON.stringify([study, set, supply]);
      const before = known.get(key);
      known.delete(key);
      if (before !== undefined) {
        known.set(key, before);
        return before;
      }
      const solving = solve();
      let [step, isStopped] = [solving.next(), false];
      while (step.done !== true) {
        isStopped = (yield step.value) === true || isStopped;
        step = solving.next(isStopped);
      }
      if (!isStopped && !readsFiles) known.set(key, step.value);
      for (const oldest of known.keys()) if (known.size > MOST) known.delete(oldest);
      return step.value;
    },
  };
};
