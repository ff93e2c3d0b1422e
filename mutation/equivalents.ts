/** Changes that no test could tell from the program, and why. */
export interface Equivalent {
  readonly file: string;
  /** The line in which the change begins. */
  readonly text: string;
  /** What is put in the place of a part of it. */
  readonly changes: readonly string[];
  readonly reason: string;
}

const beyondEnd = 'Beyond the end stands undefined, which no comparison finds larger.';
const indifferent =
  'She is indifferent: either of the two is a best choice, and what it loses the seller is one of two right answers.';
const replaced = 'What is put in its place is the same number.';

const audit = 'packages/core/src/screening/audit.ts';
const freeChoice = 'packages/core/src/screening/free-choice.ts';
const finite = 'packages/core/src/finite';

export const equivalents: readonly Equivalent[] = [
  {
    file: audit,
    text: 'const broken = offered.find((j) => !Number.isFinite(quality[j]! - transfers[j]!));',
    changes: ['quality[j]! + transfers[j]!'],
    reason: 'One is finite where the other is, short of numbers near 1e308.',
  },
  {
    file: audit,
    text: 'const order = offered.sort((a, b) => quality[a]! - quality[b]! || a - b);',
    changes: ['a + b'],
    reason: 'The envelope keeps the cheaper of two items of equal quality, in whichever order they come.',
  },
  {
    file: audit,
    text: 'if (worth * (quality[b]! - quality[a]!) > transfers[b]! - transfers[a]!) low = middle + 1;',
    changes: ['worth * (quality[b]! - quality[a]!) >= transfers[b]! - transfers[a]!'],
    reason: indifferent,
  },
  {
    file: audit,
    text: 'let bestProfit = rent >= outside ? Number.NaN : 0;',
    changes: ['false', 'rent > outside'],
    reason:
      'It is read only where something is better than the rent, and then it was set, or what is outside was better.',
  },
  {
    file: audit,
    text: 'if (utility <= best) continue;',
    changes: ['utility < best'],
    reason: indifferent,
  },
  {
    file: freeChoice,
    text: 'for (let k = 0; k < count; k++) if (utilities[k]! > best) best = utilities[k]!;',
    changes: ['k <= count'],
    reason: beyondEnd,
  },
  {
    file: freeChoice,
    text: 'for (let k = 0; k < count; k++) if (utilities[k]! > best) best = utilities[k]!;',
    changes: ['utilities[k]! >= best'],
    reason: replaced,
  },
  {
    file: freeChoice,
    text: 'for (let k = 0; k < count; k++) {',
    changes: ['k <= count'],
    reason: beyondEnd,
  },
  {
    file: `${finite}/feasible-flows.ts`,
    text: 'let isOver = false;',
    changes: ['true'],
    reason: 'Rounds in which nobody passes on too much change nothing.',
  },
  {
    file: `${finite}/rebate.ts`,
    text: 'const place = cycle.reduce((a, { item }, i) => (profit(item) > profit(cycle[a]!.item) ? i : a), 0);',
    changes: ['profit(item) >= profit(cycle[a]!.item)'],
    reason: 'Of items that bring as much either may be shared.',
  },
  {
    file: 'packages/app/src/solve/binding-constraints.ts',
    text: 'for (let e = 0; e < flows.amount.length; e++) {',
    changes: ['e <= flows.amount.length'],
    reason: 'Beyond the end stands no flow, which is not above anything.',
  },
];
