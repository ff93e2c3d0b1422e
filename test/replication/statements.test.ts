import {
  errata,
  type ReplicationRow,
  replicateStatements,
  replicationSettings,
  type Statement,
  statements,
} from '@menusmith/replication';
import { describe, expect, it } from 'vitest';

const rows = replicateStatements(statements);

/** The statements that are misprinted or false, by the entry of ERRATA that says so. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  S1: ['4.1.prop2.rent', '4.1.prop2.multiplier', '4.1.prop2.virtual', '4.1.prop2.profit', '4.1.prop2.share'],
  S2: ['F.G1.gain', 'F.G1.change', 'F.G2.gain', 'F.G2.change', 'F.G5.gain', 'F.G5.change'],
  S3: ['6.1.lemma3.convex'],
  S4: ['6.2.prop6.within', '6.2.assumption2.redundant'],
  S5: ['0.markups'],
  S6: ['3.everyTask', '4.2.lemma1.1.s6'],
  S7: ['5.prop5.increasing'],
  F5: ['4.1.prop3.fullSurplus', '4.1.prop3.wrong'],
  F6: ['A3.order'],
  F7: ['A2.output', 'A2.multiplier'],
  F14: ['6.3.payment'],
  F15: ['6.1.valuation'],
  F16: ['A4.linear'],
  T2: ['4.2.marginal'],
  T4: ['4.1.prop2.cost'],
  T9: ['3.thresholds'],
  T10: ['5.lemma2.range'],
  T11: ['4.2.wHat'],
  T13: ['4.2.order'],
  T14: ['4.2.lemma1.2.nothing'],
  T15: ['4.2.21.support'],
  'slides (50)': ['slides.50'],
  'slides (51)': ['slides.51'],
  'slides p. 26': ['slides.26'],
  'slides p. 28': ['slides.28'],
  'slides p. 19': ['slides.19'],
  'slides p. 3': ['slides.3'],
};

const definitions = ['2.2', '4.13', '5.22', '6.2.30', '6.3.40'];

const ids = (of: readonly ReplicationRow[]) => [...new Set(of.map(({ id }) => id))].sort();

describe('the statements of the paper', () => {
  it('are found misprinted or false exactly where the errata say so', () => {
    const found = rows.filter(({ verdict }) => /^(misprint|false)/.test(verdict));
    expect(ids(found)).toEqual(Object.values(wrong).flat().sort());
    for (const [erratum, named] of Object.entries(wrong)) {
      const own = found.filter((row) => row.erratum === erratum);
      expect(ids(own)).toEqual([...named].sort());
      expect(own.every(({ verdict }) => verdict.endsWith(', corrected'))).toBe(true);
    }
  });

  it('are right as printed everywhere else that the paper gives a number', () => {
    const known = new Set(Object.values(wrong).flat());
    const others = rows.filter(({ id, printed }) => printed !== null && !known.has(id));
    expect(others.length).toBeGreaterThan(150);
    expect(others.filter(({ verdict }) => verdict !== 'right as printed')).toEqual([]);
  });

  it('are all found numerically', () => {
    expect(rows.filter(({ verdict }) => verdict === 'numeric differs')).toEqual([]);
  });

  it('are found to nine digits, but for numbers given to fewer or found by differences', () => {
    for (const { id, at, error, correctedDecimals } of rows) {
      const within = correctedDecimals === null ? 1e-9 : 10 ** -correctedDecimals / 2;
      if (error !== null) expect(error, `${id} ${at}`).toBeLessThanOrEqual(within);
    }
  });

  it('have a name of their own', () => {
    const all = statements.map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });

  it('cover every numbered equation of the paper', () => {
    const covered = new Set(rows.flatMap(({ covers }) => covers));
    for (let n = 1; n <= 60; n++) expect(covered.has(`(${n})`), `(${n})`).toBe(true);
  });

  it('cover every proposition, lemma, corollary, assumption and remark, and the example', () => {
    const covered = new Set(rows.flatMap(({ covers }) => covers));
    const named = [
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `Prop. ${n}`),
      ...[1, 2, 3, 4].map((n) => `Lemma ${n}`),
      ...['Cor. 1', 'Cor. 2', 'Assumption 1', 'Assumption 2', 'Remark 1', 'Example 1', 'Abstract'],
    ];
    expect(named.filter((name) => !covered.has(name))).toEqual([]);
  });

  it('compute a number for everything but menus, the type, and slips of the pen', () => {
    const without = rows.filter(({ numeric }) => numeric === null);
    expect(ids(without.filter(({ kind }) => kind === 'definition'))).toEqual([...definitions].sort());
    expect(without.every(({ kind }) => kind === 'definition' || kind === 'wording')).toBe(true);
    expect(without.every(({ verdict }) => verdict === 'no number')).toBe(true);
  });

  it('bear out every entry of the errata, Example 1 and the uniform setting included', () => {
    const uniform = replicationSettings.flatMap(({ formulas }) => formulas.map(({ erratum }) => erratum));
    const used = new Set([...rows.map(({ erratum }) => erratum), ...uniform].filter((id) => id != null));
    expect([...used].sort()).toEqual(errata.map(({ id }) => id).sort());
  });

  it('have in the errata S1 to S7, F1 to F16 and T1 to T15', () => {
    const listed = new Set(errata.map(({ id }) => id));
    for (const [letter, count] of [
      ['S', 7],
      ['F', 16],
      ['T', 15],
    ] as const) {
      for (let n = 1; n <= count; n++) expect(listed.has(`${letter}${n}`), `${letter}${n}`).toBe(true);
    }
  });
});

/** The statement, each number found moved by `by` of its size. */
const moved = (statement: Statement, move: (numeric: number) => number): Statement => ({
  ...statement,
  cases: () => {
    const row = rows.filter(({ id }) => id === statement.id);
    return row.map(({ at, printed, corrected, closedForm, numeric }) => ({
      at,
      ...(printed !== null && { printed }),
      ...(corrected !== null && { corrected }),
      ...(closedForm !== null && { closedForm }),
      numeric: move(numeric!),
    }));
  },
});

const verdictAfter = (statement: Statement, move: (numeric: number) => number) =>
  replicateStatements([moved(statement, move)])[0]!.verdict;

const numbered = statements.filter(({ cases }) => cases !== undefined);
const hasRight = ({ id }: Statement) => rows.some((row) => row.id === id && row.error !== null);

describe('a wrong number', () => {
  it('is told from the right one where it is off by a ten-thousandth, or by the decimals given', () => {
    for (const statement of numbered.filter(hasRight)) {
      const by = Math.max(1e-4, 2 * 10 ** -(statement.correctedDecimals ?? 9));
      const off = (x: number) => x + by * Math.max(1, Math.abs(x));
      expect(verdictAfter(statement, off), statement.id).toBe('numeric differs');
    }
  });

  it('is told from the right one where it is not a number', () => {
    for (const statement of numbered) {
      expect(
        verdictAfter(statement, () => Number.NaN),
        statement.id,
      ).toBe('numeric differs');
    }
  });

  it('turns a sign that is stated', () => {
    const signs = numbered.filter(
      (statement) => !hasRight(statement) && statement.printedRelation && !statement.correctedRelation,
    );
    expect(signs.length).toBeGreaterThan(15);
    for (const statement of signs) {
      const bound = rows.find(({ id }) => id === statement.id)!.printed!;
      const below = statement.printedRelation === '<' || statement.printedRelation === '≤';
      const beyond = () => bound + (below ? 1 : -1);
      expect(verdictAfter(statement, beyond), statement.id).toBe('false, not corrected');
    }
  });
});
