import { InputError, type Plan } from '@menusmith/core';
import type { SensitivityStudy } from '../sensitivity/find-sensitivity.ts';
import { studyNumbers, withNumber } from '../sensitivity/study-numbers.ts';
import { studyFromText } from '../study/study-from-text.ts';
import type { StudyData } from '../study/study-schema.ts';
import { studySource } from '../study/study-source.ts';
import { planMarket } from './plan-market.ts';

/** What the change of profit is if one number of the study is off. */
export interface Overturning {
  readonly name: string;
  /** By which share of itself it is off, with its sign. */
  readonly by: number;
  readonly change: number;
}

/** What was found, and how many numbers were left untried. */
export interface Overturned {
  /** The smallest change first. */
  readonly changes: readonly Overturning[];
  readonly untried: number;
}

/**
 * What one menu earns more than another if any one number of the study is `by` of itself off, up or down, the smallest first; both are sold as they are.
 * Undefined where `isToStop` says so before all of it is found; `isEnough` leaves the rest untried.
 */
export const overturning = (
  source: SensitivityStudy,
  {
    menu,
    against,
    by = 0.1,
    isToStop = () => false,
    isEnough = () => false,
  }: {
    readonly menu: readonly Plan[];
    readonly against: readonly Plan[];
    readonly by?: number;
    readonly isToStop?: () => boolean;
    readonly isEnough?: () => boolean;
  },
): Overturned | undefined => {
  const data = studySource(source.text, source.file).data as StudyData;
  const isCapped = [...menu, ...against].some(({ taskCap }) => taskCap !== null);
  const changes: Overturning[] = [];
  const numbers = studyNumbers(data, source.registry).filter(({ value }) => value !== 0);
  let untried = 0;
  for (const { name, path, value } of numbers) {
    if (isEnough()) {
      untried++;
      continue;
    }
    for (const sign of [-1, 1]) {
      if (isToStop()) return undefined;
      try {
        const moved = JSON.stringify(withNumber(data, path, value * (1 + sign * by)));
        const market = planMarket(studyFromText(moved, source), { isCapped });
        changes.push({
          name,
          by: sign * by,
          change: market.sales(menu).profit - market.sales(against).profit,
        });
      } catch (error) {
        // A number that cannot be so overturns nothing.
        if (!(error instanceof InputError)) throw error;
      }
    }
  }
  return { changes: changes.sort((a, b) => a.change - b.change), untried };
};
