/** Follows from the numbers alone. 'not printed': the paper gives no number, and the numeric one is right. */
export type ReplicationVerdict =
  | 'right as printed'
  | 'misprint, corrected'
  | 'misprint, not corrected'
  | 'false, corrected'
  | 'false, not corrected'
  | 'numeric differs'
  | 'not printed'
  | 'no number';

/** How a number is stated: equal to a bound, or on one side of it. */
export type Relation = '=' | '<' | '≤' | '>' | '≥';

/** The numbers of one row. null where there is none. */
export interface JudgedNumbers {
  readonly printed: number | null;
  readonly corrected: number | null;
  readonly closedForm: number | null;
  readonly numeric: number | null;
}

/** How a row's numbers are to be read. */
export interface StatedAs {
  /** A formula is misprinted, a claim is false. */
  readonly kind: 'formula' | 'claim';
  readonly printedRelation: Relation;
  readonly correctedRelation: Relation;
  /** Decimals given where the paper, or the errata, round. */
  readonly printedDecimals?: number;
  readonly correctedDecimals?: number;
}

/** Two numbers are the same up to this difference, relative where they are above 1 in size. */
const sameNumber = 1e-9;

const rounding = (decimals: number | undefined): number =>
  decimals === undefined ? sameNumber : 10 ** -decimals / 2;

/** |value − right|, relative where `right` is above 1 in size. */
export const errorOf = (value: number | null, right: number | null): number | null =>
  value === null || right === null ? null : Math.abs(value - right) / Math.max(1, Math.abs(right));

/** What a row's numeric value has to equal: the closed form, else what is stated as an equality; null where only a side is stated. */
export const rightNumber = (row: JudgedNumbers, stated: StatedAs): number | null =>
  row.closedForm ??
  (stated.correctedRelation === '=' ? row.corrected : null) ??
  (row.corrected === null && stated.printedRelation === '=' ? row.printed : null);

/** True where `value` stands in this relation to `bound`. NaN and null fail. */
const stands = (value: number | null, relation: Relation, bound: number | null, within: number): boolean => {
  if (value === null || bound === null) return false;
  switch (relation) {
    case '=':
      return (errorOf(value, bound) ?? Number.NaN) <= within;
    case '<':
      return value < bound;
    case '≤':
      return value <= bound + within;
    case '>':
      return value > bound;
    case '≥':
      return value >= bound - within;
  }
};

/** One verdict for all points of a formula or claim. Comparisons are written so that NaN and null fail. */
export const replicationVerdict = (rows: readonly JudgedNumbers[], stated: StatedAs): ReplicationVerdict => {
  const { kind, printedRelation, correctedRelation } = stated;
  const isFound = rows.every((row) => {
    const right = rightNumber(row, stated);
    if (right === null) return row.numeric !== null && Number.isFinite(row.numeric);
    const within = row.closedForm === null ? rounding(stated.correctedDecimals) : sameNumber;
    return stands(row.numeric, '=', right, within);
  });
  if (!isFound) return 'numeric differs';
  const truth = (row: JudgedNumbers): number | null => rightNumber(row, stated) ?? row.numeric;
  const isCorrected = rows.every(
    (row) =>
      row.corrected !== null &&
      stands(truth(row), correctedRelation, row.corrected, rounding(stated.correctedDecimals)),
  );
  if (rows.every((row) => row.printed === null)) {
    const isStated = rows.some((row) => row.corrected !== null);
    return isStated && !isCorrected ? 'numeric differs' : 'not printed';
  }
  const isPrintedRight = rows.every((row) =>
    stands(truth(row), printedRelation, row.printed, rounding(stated.printedDecimals)),
  );
  if (isPrintedRight) return 'right as printed';
  const what = kind === 'formula' ? 'misprint' : 'false';
  return isCorrected ? `${what}, corrected` : `${what}, not corrected`;
};
