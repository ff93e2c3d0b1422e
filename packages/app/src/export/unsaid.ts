import { type BilledPlan, refused } from './billed-menu.ts';

/** What holds use back where no bill does: the system that it is exported to may have no words for it. */
interface Limitation {
  readonly field: 'included' | 'taskCap' | 'models';
  readonly words: string;
}

/** What a system can say beside what is paid. */
export interface Sayable {
  readonly system: string;
  readonly fields: readonly Limitation['field'][];
}

const limitations = ({ caps, taskCap, models }: BilledPlan): readonly Limitation[] => [
  ...caps.map(
    ({ input, most }): Limitation => ({ field: 'included', words: `at most ${most} ${input.name}` }),
  ),
  ...(taskCap === null ? [] : [{ field: 'taskCap', words: `at most ${taskCap} tasks` } as const]),
  ...(models === undefined ? [] : [{ field: 'models', words: `models ${models.join(', ')} alone` } as const]),
];

/**
 * Notes on what is left out of plans because the system cannot say it. Throws InputError that names the plan, unless something else `isEnforcing` it.
 */
export const leftOut = (
  plans: readonly BilledPlan[],
  { system, fields }: Sayable,
  isEnforcing: boolean,
): readonly string[] =>
  plans.flatMap((plan) =>
    limitations(plan)
      .filter(({ field }) => !fields.includes(field))
      .map(({ field, words }) => {
        if (!isEnforcing)
          throw refused(
            plan.name,
            `${system} cannot say “${words}”; expected a plan without it, or --caps-elsewhere where something else enforces it`,
            ['plans', plan.place, field],
          );
        return `Not in the files, and to be enforced elsewhere: ${plan.name}, ${words}.`;
      }),
  );
