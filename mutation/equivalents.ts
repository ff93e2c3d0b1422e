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

const limit = 'It is a limit to work where rents would not settle in time: below it nothing depends on it.';
const withinRounding = 'Of two that differ by what is within rounding either will do.';

const audit = 'packages/core/src/screening/audit.ts';
const freeChoice = 'packages/core/src/screening/free-choice.ts';
const finite = 'packages/core/src/finite';
const rebate = `${finite}/rebate.ts`;
const lists = 'packages/app/src/solve/line/finite-types-solution.ts';
const finiteResult = 'packages/app/src/solve/space/finite-result.ts';

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
    file: rebate,
    text: 'const place = cycle.reduce((a, { item }, i) => (profit(item) > profit(cycle[a]!.item) ? i : a), 0);',
    changes: ['profit(item) >= profit(cycle[a]!.item)'],
    reason: 'Of items that bring as much either may be shared.',
  },
  {
    file: rebate,
    text: 'const everyone = Int32Array.from(rents, (_, k) => k).sort((a, b) => given[a]! - given[b]!);',
    changes: ['Int32Array.from(rents, (_, k) => k)', '() => undefined', 'given[a]! + given[b]!'],
    reason: 'Rents become the same in whatever order they are settled; this one is quick.',
  },
  {
    file: rebate,
    text: 'for (let k = 0; k < n; k++) transfers[k] = members[k]! > 0 ? own[k]! - rents[k]! : prohibitive;',
    changes: ['k <= n'],
    reason: 'A write beyond the end of an array is none.',
  },
  {
    file: rebate,
    text: 'for (let look = 0; look < MOST_LOOKS && cycle.length === 0; look++) {',
    changes: ['look <= MOST_LOOKS', 'look--'],
    reason: limit,
  },
  {
    file: rebate,
    text: 'const tempted = everyone.filter((t) => utilities[t]! - rents[meant[t]!]! - beyond[t]! > least);',
    changes: ['utilities[t]! - rents[meant[t]!]! - beyond[t]! >= least'],
    reason: withinRounding,
  },
  {
    file: rebate,
    text: 'const profit = (k: number): number => own[k]! - given[k]! - (sharing?.costs[k] ?? 0);',
    changes: ['sharing.costs'],
    reason: 'It is asked for only where types share.',
  },
  {
    file: rebate,
    text: 'const order = Int32Array.from(own, (_, k) => k).sort((a, b) => profit(b) - profit(a) || a - b);',
    changes: ['a + b'],
    reason: 'Of items that bring as much either may be shared.',
  },
  {
    file: rebate,
    text: 'const isAsGood = (k: number): boolean => given[k]! + gainOf(t, k) >= rent - AS_GOOD * enough;',
    changes: ['given[k]! + gainOf(t, k) > rent - AS_GOOD * enough'],
    reason: withinRounding,
  },
  {
    file: rebate,
    text: 'for (let round = 0; round < MOST_ROUNDS; round++) {',
    changes: ['round <= MOST_ROUNDS', 'round--'],
    reason: limit,
  },
  {
    file: rebate,
    text: 'if (prohibitive === 0) {',
    changes: ['true'],
    reason: 'It is the same each time, and computed once to save time.',
  },
  {
    file: rebate,
    text: 'for (let t = 0; t < n; t++) {',
    changes: ['t <= n'],
    reason: 'Beyond the end stands undefined, which is in no cycle.',
  },
  {
    file: rebate,
    text: 'if (k === shared || !inCycle.has(k)) continue;',
    changes: ['false'],
    reason: 'Who has the shared item loses nothing by it, and is given it once more.',
  },
  {
    file: rebate,
    text: 'if (t === before || loss <= AS_GOOD * enough) share(t, shared);',
    changes: ['loss < AS_GOOD * enough'],
    reason: withinRounding,
  },
  {
    file: rebate,
    text: 'const edges: Temptation[][] = Array.from({ length: n }, () => []);',
    changes: ['["Stryker was here"]'],
    reason: 'What is no pair raises no rent.',
  },
  {
    file: rebate,
    text: 'for (let left = 4 * MOST_RAISES * n; waiting > 0; left--) {',
    changes: ['waiting >= 0', 'left++'],
    reason: `${limit} One more look at the last that was looked at changes nothing.`,
  },
  {
    file: rebate,
    text: 'if (left === 0) return [{ item: k, type: k }];',
    changes: ['false', '[]', '{}'],
    reason: limit,
  },
  {
    file: rebate,
    text: 'if (!(rent - rents[to]! > least)) continue;',
    changes: ['rent - rents[to]! >= least'],
    reason: withinRounding,
  },
  {
    file: rebate,
    text: 'if (++raises[to]! > MOST_RAISES) {',
    changes: ['true', '++raises[to]! >= MOST_RAISES', '++raises[to]! <= MOST_RAISES', '--raises[to]!'],
    reason: 'It says when a cycle is looked for, which takes time, and not which there are.',
  },
  {
    file: rebate,
    text: 'for (let step = 0; step < via.length; step++) {',
    changes: ['step <= via.length'],
    reason: 'One more step along a cycle stays in it.',
  },
  {
    file: rebate,
    text: 'if (via[k]! < 0) return [from];',
    changes: ['false', '[]'],
    reason: 'A list of fewer than two is taken for no cycle.',
  },
  {
    file: lists,
    text: 'for (let i = 0; i + 1 < served.length; i++) {',
    changes: ['i + 1 <= served.length', 'i - 1'],
    reason: 'A step beyond the end is NaN, which is not the least.',
  },
  {
    file: lists,
    text: 'mass.reduce((total, m, k) => (m > 0 ? total + m * term(k) : total), 0);',
    changes: ['true', 'm >= 0'],
    reason: 'Who has no mass adds 0.',
  },
  {
    file: 'packages/app/src/solve/line/value-scale-solution.ts',
    text: 'if (menu === undefined) {',
    changes: ['true'],
    reason: 'The menu of a scale is the same each time, and kept to save time.',
  },
  {
    file: finiteResult,
    text: 'if (k < 0 || !(mass[n]! > 0)) return;',
    changes: ['false'],
    reason: 'Who takes nothing has no blocks of quality.',
  },
  {
    file: finiteResult,
    text: 'for (let b = items.offsets[k]!; b < items.offsets[k + 1]! && start < grid.types.reach[n]!; b++) {',
    changes: ['true', 'b <= items.offsets[k + 1]!'],
    reason: 'An item has blocks for all tasks of whoever takes it.',
  },
  {
    file: 'packages/app/src/solve/binding-constraints.ts',
    text: 'for (let n = mass.length - 1; n >= 0; n--) given.set(representative[n]!, n);',
    changes: ['mass.length + 1'],
    reason: 'Beyond the end stand no types.',
  },
  {
    file: 'packages/app/src/solve/binding-constraints.ts',
    text: 'for (let e = 0; e < flows.amount.length; e++) {',
    changes: ['e <= flows.amount.length'],
    reason: 'Beyond the end stands no flow, which is not above anything.',
  },
];
