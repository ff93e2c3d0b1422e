import { thrownWords } from './thrown-words.ts';
import type { TimeLimit } from './time-limit.ts';

/** Where a law was tried: numbers by their names, as { x: 0.3 } or { value: 1, scale: 0.5 }. */
export type LawPoint = Readonly<Record<string, number>>;

/** A number that a law computed, and what it must be. */
export interface Comparison {
  /** What was computed: `F(x)`. */
  readonly quantity: string;
  readonly at: LawPoint;
  readonly got: number;
  readonly relation: '=' | '≤' | '≥' | '>';
  readonly expected: number;
  /** By how much the relation is missed; 0 where it is met. */
  readonly error: number;
  /** The largest error that is put down to rounding. */
  readonly allowed: number;
}

/** What a law found on one subject. */
export interface Verdict {
  readonly holds: boolean;
  /** False where the law speaks of something that the subject does not declare, and holds for want of it. */
  readonly isClaimed: boolean;
  /** The comparison that has the least to spare; absent where there was none. */
  readonly tightest?: Comparison;
  /** What numbers do not say: an exception, a missing answer, why nothing is claimed. */
  readonly remark?: string;
}

/** A property that every plugin entry of a kind must have, checked on one thing that the entry created. */
export interface Law<Subject> {
  /** The field's term, in kebab-case. */
  readonly name: string;
  /** The sentence that is claimed. */
  readonly statement: string;
  check(subject: Subject): Verdict;
}

/**
 * The verdict on one law; an exception counts as a violation, and so does a call that does not return within the limit, where there is one. The remark names
 * the call.
 */
export const verdictOn = <Subject extends object>(
  law: Law<Subject>,
  subject: Subject,
  limit?: TimeLimit,
): Verdict => {
  if (limit?.isOver()) return notClaimed('it was not tried, as the time was up');
  try {
    return limit === undefined ? law.check(subject) : limit.run(() => law.check(subject));
  } catch (thrown) {
    return violated(thrownWords(thrown));
  }
};

/** A violation that is no matter of numbers. */
export const violated = (remark: string): Verdict => ({ holds: false, isClaimed: true, remark });

export const notClaimed = (remark: string): Verdict => ({ holds: true, isClaimed: false, remark });

/** error ÷ allowed: above 1 in violation, ∞ where the error is not a number. */
export const strain = ({ relation, got, expected, error, allowed }: Comparison): number => {
  if (relation === '>') return got > expected ? 0 : Number.POSITIVE_INFINITY;
  if (Number.isNaN(error)) return Number.POSITIVE_INFINITY;
  if (error <= allowed) return error === 0 ? 0 : error / allowed;
  return Math.max(1 + Number.EPSILON, error / Math.max(allowed, Number.MIN_VALUE));
};

/** Keeps the tightest of many comparisons. */
export class Tightest {
  private tightest: Comparison | undefined;
  private strain = -1;

  /** got = expected, up to `allowed`. */
  equal(quantity: string, got: number, expected: number, allowed: number, at: LawPoint): void {
    const error = Math.abs(got - expected);
    this.keep({ quantity, at, got, relation: '=', expected, error, allowed });
  }

  /** got ≥ expected, up to `allowed`. */
  atLeast(quantity: string, got: number, expected: number, allowed: number, at: LawPoint): void {
    const error = got >= expected ? 0 : Math.abs(expected - got);
    this.keep({ quantity, at, got, relation: '≥', expected, error, allowed });
  }

  /** got ≤ expected, up to `allowed`. */
  atMost(quantity: string, got: number, expected: number, allowed: number, at: LawPoint): void {
    const error = got <= expected ? 0 : Math.abs(got - expected);
    this.keep({ quantity, at, got, relation: '≤', expected, error, allowed });
  }

  /** got > expected. */
  above(quantity: string, got: number, expected: number, at: LawPoint): void {
    const error = got > expected ? 0 : Math.abs(expected - got);
    this.keep({ quantity, at, got, relation: '>', expected, error, allowed: 0 });
  }

  verdict(): Verdict {
    if (this.tightest === undefined) return notClaimed('there is nothing to compare');
    return { holds: this.strain <= 1, isClaimed: true, tightest: this.tightest };
  }

  private keep(comparison: Comparison): void {
    const own = strain(comparison);
    if (!(own > this.strain)) return;
    this.strain = own;
    this.tightest = comparison;
  }
}
