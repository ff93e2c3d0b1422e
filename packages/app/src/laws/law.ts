/** What a law found: whether it holds and, in numbers, how well and where it is tightest. */
export interface Verdict {
  readonly holds: boolean;
  readonly detail: string;
}

/** A property that every plugin entry of a kind must have, checked on one thing that the entry created. */
export interface Law<Subject> {
  /** The sentence that is claimed. */
  readonly name: string;
  check(subject: Subject): Verdict;
}

/** The verdict on one law; an exception counts as a violation. */
export const verdictOn = <Subject>(law: Law<Subject>, subject: Subject): Verdict => {
  try {
    return law.check(subject);
  } catch (thrown) {
    return { holds: false, detail: `threw ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
};

/** Keeps the tightest of many comparisons of an error with what is allowed. An error that is NaN violates. */
export class Tightest {
  private holds = true;
  private share = -1;
  private detail = 'holds: there was nothing to compare';

  /** Records |error| ≤ allowed; `where` describes the point. */
  compare(error: number, allowed: number, where: () => string): void {
    const size = Math.abs(error);
    const within = size <= allowed;
    const share = within ? (allowed > 0 ? size / allowed : 0) : 1 + size / (size + Math.max(allowed, 1e-300));
    if (!within) this.holds = false;
    if (share <= this.share) return;
    this.share = Number.isNaN(share) ? Number.POSITIVE_INFINITY : share;
    this.detail = `off by ${size.toExponential(2)}, allowed ${allowed.toExponential(2)}, at ${where()}`;
  }

  /** Records lower ≤ upper, up to `allowed`. */
  order(lower: number, upper: number, allowed: number, where: () => string): void {
    this.compare(lower <= upper ? 0 : lower - upper, allowed, where);
  }

  verdict(): Verdict {
    return { holds: this.holds, detail: this.detail };
  }
}
