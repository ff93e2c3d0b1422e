import type { Relation } from '../verdict.ts';

/** One point at which a statement is evaluated. What is left out there is not stated, or has no closed form. */
export interface Case {
  /** 'θ = 0.7'; '' for a scalar. */
  readonly at?: string;
  readonly printed?: number;
  readonly corrected?: number;
  /** Derived from expenditure shares or exact polynomials, not from the paper's formula. */
  readonly closedForm?: number;
  /** From v and its gradient alone, or from the distribution by quadrature. */
  readonly numeric: number;
}

/** Parts of the paper, in its order, and what goes beyond it. */
export const places = [
  'Abstract',
  'Section 2',
  'Section 3',
  'Section 4.1',
  'Section 4.2',
  'Section 5',
  'Section 6.1',
  'Section 6.2',
  'Section 6.3',
  'Appendix, Proof of Proposition 1',
  'Appendix, Proof of Proposition 3',
  'Appendix, Proof of Lemma 2',
  'Appendix, Cost Minimization',
  'Slides',
  'Errata F, counterexamples',
  'Errata G, Assumptions 1 and 2',
  'Errata H, other findings',
] as const;

export type Place = (typeof places)[number];

/**
 * A numbered equation, proposition, lemma or claim, beside the number that it implies and the number that is found.
 *
 * A formula says what a number is. A claim says that a number has a sign, or that it is nought. A definition and a wording
 * (a slip of the pen) have no number, and no cases.
 */
export interface Statement {
  /** '4.2.lemma1.1': section, what, which. */
  readonly id: string;
  readonly kind: 'formula' | 'claim' | 'definition' | 'wording';
  readonly place: Place;
  /** What of the paper it covers: '(5)', 'Prop. 1', 'Lemma 2', 'Assumption 1', 'Remark 1'. */
  readonly covers: readonly string[];
  /** What the number is. */
  readonly quantity: string;
  /** What the paper says, where a number alone does not tell. */
  readonly text?: string;
  /** The technology or distribution at which it is evaluated. */
  readonly setting?: string;
  /** The entry of ERRATA that it is the evidence for. */
  readonly erratum?: string;
  readonly printedRelation?: Relation;
  readonly correctedRelation?: Relation;
  readonly printedDecimals?: number;
  readonly correctedDecimals?: number;
  readonly cases?: () => readonly Case[];
}
