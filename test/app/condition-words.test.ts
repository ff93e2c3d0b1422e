import { describe, expect, it } from 'vitest';
import { checkStudy } from '../../packages/app/src/check-study.ts';
import {
  createRegistry,
  parseStudy,
  type Result,
  solveStudy,
  standardPlugin,
} from '../../packages/app/src/index.ts';
import { conditionWords, poolWords } from '../../packages/app/src/report/condition-words.ts';

const registry = createRegistry([standardPlugin]);
const studyOf = (text: string) => parseStudy(text, { file: 'study.yaml', registry });
const solved = (text: string): Result => solveStudy(studyOf(text)).result;

/** Two humps of types, the lower one of which a seller leaves out where it is light, or far below the other. */
const humps = (weight: number, mean: number): string => `
cost: { use: quadratic }
buyers:
  kind: representative
  type:
    use: mixture
    parts:
      - { weight: ${weight}, of: { use: truncated-normal, mean: ${mean}, sd: 0.07, min: 0, max: 1 } }
      - { weight: ${1 - weight}, of: { use: truncated-normal, mean: 0.72, sd: 0.09, min: 0, max: 1 } }
`;
/** The density falls at 0.6, and φ with it, from 0.45 to 0.2. */
const step = (cost = '{ use: quadratic }'): string => `
cost: ${cost}
buyers:
  kind: representative
  type:
    use: mixture
    parts:
      - { weight: 1, of: { use: uniform, min: 0, max: 0.6 } }
      - { weight: 1, of: { use: uniform, min: 0, max: 1 } }
`;
const uniform = '{ cost: { use: quadratic }, buyers: { kind: representative, type: { use: uniform } } }';
const list = (...types: readonly (readonly [value: number, mass: number])[]): string =>
  `{ cost: { use: quadratic }, buyers: { kind: representative, types: [${types
    .map(([value, mass]) => `{ value: ${value}, mass: ${mass} }`)
    .join(', ')}] } }`;

const wordsOf = (result: Result, name: Result['conditions'][number]['name']): string =>
  conditionWords(result.conditions.find((condition) => condition.name === name)!, result);

describe('what a condition on virtual values says', () => {
  it('is of the types with a positive ironed one, and names the pool below whose types are not served', () => {
    const result = solved(humps(0.55, 0.28));
    expect(result.pools.map(({ item }) => item.excluded)).toEqual([true]);
    const words = wordsOf(result, 'increasing-virtual-value');
    expect(words).toContain('φ̄ > 0');
    expect(words).toContain('none of them has to be pooled');
    expect(words).toContain('The types pooled from 0.2349 to 0.5821 have φ̄ ≤ 0 and are not served');
    expect(poolWords(result.pools)).toContain('none of them is served');
    expect(checkStudy(studyOf(humps(0.55, 0.28))).notes.join(' ')).toContain(words);
  });

  it('says where types that are served are pooled', () => {
    const result = solved(step());
    expect(result.pools.map(({ item }) => item.excluded)).toEqual([false]);
    const { from, to } = result.pools[0]!;
    const words = wordsOf(result, 'increasing-virtual-value');
    expect(words).toContain(
      `types from ${Number(from.toPrecision(4))} to ${Number(to.toPrecision(4))} are pooled, and get one item`,
    );
    expect(words).not.toContain('none of them');
    expect(poolWords(result.pools)).toBe('Types in a pool get one and the same item.');
  });

  it('says that a pool whose φ̄ does not pay for an item gets nothing', () => {
    const { pools } = solved(step());
    const rate = (pools[0]!.ironedVirtualValue + 0.02).toFixed(6);
    const result = solved(step(`{ use: linear, rate: ${rate}, max: 1 }`));
    expect(result.pools[0]!.item.excluded).toBe(true);
    expect(wordsOf(result, 'increasing-virtual-value')).toContain(
      'get nothing, as their φ̄ does not pay for an item',
    );
  });

  it('speaks of no pool where there is none', () => {
    const result = solved(uniform);
    expect(wordsOf(result, 'increasing-virtual-value')).toMatch(/none of them has to be pooled\.$/);
    expect(poolWords(result.pools)).toBe('');
  });

  it('compares nobody where nobody, or one type only, can be served', () => {
    expect(wordsOf(solved(list([1, 1])), 'increasing-virtual-value')).toContain('no two types');
  });
});

it('a markup that does not rise is enough between continuous types, and not in a list', () => {
  expect(wordsOf(solved(uniform), 'nonincreasing-markup')).toContain(
    'two-part tariffs can do all that the menu does',
  );
  expect(wordsOf(solved(list([1, 0.7], [2, 0.3])), 'nonincreasing-markup')).toContain(
    'a buyer may still gain',
  );
});

it('what is not the seller’s need not be left to buyers and lost as well', () => {
  expect(wordsOf(solved(uniform), 'full-extraction')).toContain('is left to buyers, or is not made');
});
