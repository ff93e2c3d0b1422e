import type { Statement } from './statement.ts';

const wording = (
  erratum: string,
  place: Statement['place'],
  covers: readonly string[],
  quantity: string,
): Statement => ({ id: `wording.${erratum}`, kind: 'wording', place, covers, quantity, erratum });

/** Slips of the pen that no number hangs on. */
export const wordingStatements: readonly Statement[] = [
  wording('T3', 'Section 6.2', ['Assumption 2'], 'Assumption 2 carries Assumption 1’s title'),
  wording('T6', 'Section 5', ['Prop. 5', '(22)'], '‘types ω’ for types w (bold); t(w) in (22) for T'),
  wording('T7', 'Section 6.1', ['Lemma 3'], 'proof of Lemma 3: ‘type w’ for θ'),
  wording('T8', 'Section 6.2', ['(36)', 'Lemma 2'], '(36): dummy z, Lemma 2: multiplier γ clash with tokens'),
  wording('slides φ', 'Slides', ['slides'], '‘φ increasing’ for ‘m nonincreasing’, as in the paper (S2)'),
];
