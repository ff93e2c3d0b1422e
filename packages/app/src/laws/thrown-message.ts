import { OutOfTime, withinSeconds } from './time-limit.ts';
import { callText, type WatchedCall, watchedCalls } from './watched-calls.ts';

/**
 * `density(0.3) threw: no luck`: what was thrown, and in which call of the subject's functions.
 *
 * `run` is done once more on a subject that notes its calls; where it does not throw again, the exception has to do.
 */
export const thrownMessage = <Subject extends object>(
  subject: Subject,
  run: (watched: Subject) => void,
  thrown: unknown,
): string => {
  let call: string | undefined;
  let cause = thrown;
  const watched = watchedCalls(subject, (own, answer) => {
    try {
      return answer();
    } catch (error) {
      call ??= callText(own);
      cause = error;
      throw error;
    }
  });
  try {
    run(watched);
  } catch {
    // It is what `cause` says.
  }
  return `${call === undefined ? 'threw' : `${call} threw`}: ${messageOf(cause)}`;
};

/** Seconds for finding once more the call that does not return. */
const AGAIN = 2;

/**
 * `no answer within 60 s: quantile(0.3) did not return`: which call of the subject's functions work was in when the time was up, as far as it is found again in
 * less than the time that there was.
 */
export const endlessMessage = <Subject extends object>(
  subject: Subject,
  run: (watched: Subject) => void,
  late: OutOfTime,
  seconds: number,
): string => {
  let open: WatchedCall | undefined;
  const watched = watchedCalls(subject, (own, answer) => {
    const outer = open;
    open ??= own;
    const answered = answer();
    open = outer;
    return answered;
  });
  try {
    withinSeconds(Math.min(AGAIN, seconds), () => run(watched));
  } catch (error) {
    // The loop ends with the time, and leaves the call that it was in.
    if (!(error instanceof OutOfTime)) open = undefined;
  }
  return open === undefined ? late.message : `${late.message}: ${callText(open)} did not return`;
};

export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);
