import { type JudgedNumbers, type Relation, replicationVerdict } from '@menusmith/replication';
import { describe, expect, it } from 'vitest';

const row = (numbers: Partial<JudgedNumbers>): JudgedNumbers => ({
  printed: null,
  corrected: null,
  closedForm: null,
  numeric: null,
  ...numbers,
});
const formula = { kind: 'formula', printedRelation: '=', correctedRelation: '=' } as const;
const claim = (printedRelation: Relation, correctedRelation: Relation = '=') =>
  ({ kind: 'claim', printedRelation, correctedRelation }) as const;

describe('the verdict', () => {
  it('is one for all points of a formula', () => {
    const right = row({ printed: 2, closedForm: 2, numeric: 2 });
    expect(replicationVerdict([right, right], formula)).toBe('right as printed');
    expect(replicationVerdict([right, row({ printed: 3, closedForm: 2, numeric: 2 })], formula)).toBe(
      'misprint, not corrected',
    );
    expect(replicationVerdict([right, row({ printed: 2, closedForm: 2, numeric: 2.1 })], formula)).toBe(
      'numeric differs',
    );
  });

  it('does not believe a correction that the numbers do not bear out', () => {
    expect(
      replicationVerdict([row({ printed: 3, corrected: 2.1, closedForm: 2, numeric: 2 })], formula),
    ).toBe('misprint, not corrected');
    expect(replicationVerdict([row({ printed: 3, corrected: 2.1, numeric: 2 })], formula)).toBe(
      'numeric differs',
    );
    expect(replicationVerdict([row({ corrected: 0, numeric: 1 })], claim('=', '<'))).toBe('numeric differs');
  });

  it('calls a claim false by its sign, and corrected by the other', () => {
    expect(replicationVerdict([row({ printed: 0, numeric: 1 })], claim('>'))).toBe('right as printed');
    expect(replicationVerdict([row({ printed: 0, numeric: 0 })], claim('>'))).toBe('false, not corrected');
    expect(replicationVerdict([row({ printed: 0, corrected: 0, numeric: -1 })], claim('>', '<'))).toBe(
      'false, corrected',
    );
    expect(replicationVerdict([row({ printed: 0, corrected: 0, numeric: 0 })], claim('>', '='))).toBe(
      'false, corrected',
    );
  });

  it('takes rounding into account in ≤ and ≥ alone', () => {
    expect(replicationVerdict([row({ printed: 0, numeric: 1e-12 })], claim('≤'))).toBe('right as printed');
    expect(replicationVerdict([row({ printed: 0, numeric: 1e-12 })], claim('<'))).toBe(
      'false, not corrected',
    );
    expect(replicationVerdict([row({ printed: 0, numeric: 1e-6 })], claim('≤'))).toBe('false, not corrected');
  });

  it('compares to the decimals that are given', () => {
    const given = row({ corrected: 0.16, numeric: 0.1617 });
    expect(replicationVerdict([given], { ...formula, correctedDecimals: 2 })).toBe('not printed');
    expect(replicationVerdict([given], { ...formula, correctedDecimals: 3 })).toBe('numeric differs');
  });

  it('fails without a number', () => {
    expect(replicationVerdict([row({ printed: 1 })], formula)).toBe('numeric differs');
    expect(replicationVerdict([row({ printed: 0, numeric: Number.NaN })], claim('≤'))).toBe(
      'numeric differs',
    );
    expect(replicationVerdict([row({ printed: 0, numeric: Number.POSITIVE_INFINITY })], claim('>'))).toBe(
      'numeric differs',
    );
  });
});
