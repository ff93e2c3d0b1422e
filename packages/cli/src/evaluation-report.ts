import {
  type ChangeBand,
  type CustomerChanges,
  type Evaluation,
  formatAlignedPercent,
  formatNumber,
  formatPercent,
  type MenuTotals,
  quoted,
  quotedWords,
  type SoldPlan,
  type Units,
} from '@menusmith/app';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

const NAME = 22;
const MOST_MOVES = 12;
const NOBODY = '(nothing)';

/** What a menu earns, and what changes against another, for people, at most eighty columns wide. */
export const evaluationReport = (found: Evaluation, units?: Units): string => {
  const evaluation = quoted(found, units);
  const { plans, against, notes, solved, customers } = evaluation;
  const blocks = [
    headline(evaluation, units),
    totals(evaluation),
    ...(evaluation.band === undefined ? [] : [bandWords(evaluation.band)]),
    plansBlock('plans', plans),
    ...(against === undefined ? [] : [plansBlock('the other menu’s', against.plans)]),
    winners(evaluation),
    moves(evaluation),
    customers === undefined ? '' : customersBlock(customers, against !== undefined),
    ...(solved ? [] : [paragraph(UNSOLVED)]),
    ...notes.map(paragraph),
  ];
  return blocks.filter((text) => text !== '').join('\n');
};

const UNSOLVED =
  'What some buyers take at these prices could not be solved for surely: these numbers are a best effort.';

const headline = ({ name, of, plans, against, scale }: Evaluation, units: Units | undefined): string => {
  const count = (n: number): string => `${n} plan${n === 1 ? '' : 's'}`;
  const what = `${count(plans.length)}${against === undefined ? '' : ` in place of ${count(against.plans.length)}`}`;
  const who = of === 'population' ? 'a continuous population' : 'the types listed';
  const at = scale === null ? '' : ` of scale ${formatNumber(scale)}`;
  const unit = units === undefined ? '' : `; ${quotedWords(units)}`;
  return `${name}\n${paragraph(`evaluate: ${what}; means over ${who}${at}${unit}`)}`;
};

const rows = [
  ['profit', 'profit'],
  ['revenue', 'revenue'],
  ['cost', 'cost'],
  ['consumer surplus', 'consumerSurplus'],
  ['welfare', 'welfare'],
  ['objective', 'objective'],
] as const satisfies readonly (readonly [string, keyof MenuTotals])[];

const totals = (evaluation: Evaluation): string => {
  const { against, servedShare } = evaluation;
  const line = (
    label: string,
    now: number,
    before: number | undefined,
    format: (x: number) => string,
  ): string[] => [
    label,
    format(now),
    ...(before === undefined ? [] : [format(before), signed(now - before, format)]),
    ...(before === undefined || !(Math.abs(before) > 0)
      ? []
      : [signed(now / before - 1, formatAlignedPercent)]),
  ];
  const shown = rows.filter(([, field]) => evaluation[field] !== undefined);
  const lines = [
    ...shown.map(([label, field]) => line(label, evaluation[field]!, against?.[field], formatNumber)),
    line('buyers served', servedShare, against?.servedShare, formatAlignedPercent).slice(0, 4),
  ];
  const columns = against === undefined ? 2 : 5;
  return textTable({
    ...(against === undefined ? {} : { head: ['', 'this menu', 'the other', 'change', 'in %'] }),
    rows: lines.map((cells) => [...cells, ...Array<string>(columns - cells.length).fill('')]),
    align: ['left', ...Array<'right'>(columns - 1).fill('right')],
  });
};

const bandWords = ({ level, draws, asked, low, high }: ChangeBand): string => {
  const share = (x: number): string => signed(x, (y) => formatPercent(y, 3));
  const relative =
    low.relative === null || high.relative === null
      ? ''
      : ` (${share(low.relative)} to ${share(high.relative)})`;
  const of = draws < asked ? `${draws} of ${asked}` : `${draws}`;
  return paragraph(
    `The change of profit is ${signed(low.profit, four)} to ${signed(high.profit, four)}${relative} in ${formatPercent(level)} of ${of} draws of customers. That is how far it hangs on who is in the log, and not whether the model is right.`,
  );
};

const four = (x: number): string => formatNumber(x, 4);

const signed = (x: number, format: (x: number) => string): string =>
  `${x < 0 ? '−' : '+'}${format(Math.abs(x))}`;

const shortName = (name: string): string => (name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name);

const plansBlock = (title: string, plans: readonly SoldPlan[]): string => {
  const inputs = [...new Set(plans.flatMap(({ inputs }) => Object.keys(inputs)))].slice(0, 3);
  const a = (share: number, x: number): string => (share > 0 ? formatNumber(x / share, 4) : '–');
  return textTable({
    head: [title, 'of buyers', 'profit', 'bill', ...inputs],
    rows: plans.map(({ name, share, profit, revenue, inputs: used }) => [
      shortName(name),
      formatAlignedPercent(share),
      a(share, profit),
      a(share, revenue),
      ...inputs.map((input) => a(share, used[input] ?? 0)),
    ]),
    align: ['left', 'right', 'right', 'right', ...inputs.map(() => 'right' as const)],
  });
};

const winners = ({ betterOff, worseOff }: Evaluation): string => {
  if (betterOff === undefined || worseOff === undefined) return '';
  return paragraph(
    `${formatPercent(betterOff)} of the buyers are better off than under the other menu, ${formatPercent(worseOff)} are worse off. Profit, bill and amounts of a plan are those of a buyer who takes it.`,
  );
};

const moves = ({ moves: found }: Evaluation): string => {
  if (found === undefined) return '';
  const shown = [...found].sort((a, b) => b.share - a.share).slice(0, MOST_MOVES);
  const more = found.length - shown.length;
  return (
    textTable({
      head: ['from', 'to', 'of buyers'],
      rows: shown.map(({ from, to, share }) => [
        shortName(from ?? NOBODY),
        shortName(to ?? NOBODY),
        formatAlignedPercent(share),
      ]),
      align: ['left', 'left', 'right'],
    }) + (more > 0 ? `  and ${more} more; --json has all\n` : '')
  );
};

const customersBlock = (
  { count, bill, profit, consumerSurplus, change, betterOff, worseOff }: CustomerChanges,
  hasOther: boolean,
): string => {
  const by = (x: number): string => (hasOther ? ` (${signed(x, formatNumber)})` : '');
  return paragraph(
    `Of the ${formatNumber(count)} customers given, each pays ${formatNumber(bill)}${by(change.bill)}, brings ${formatNumber(profit)}${by(change.profit)} and has ${formatNumber(consumerSurplus)}${by(change.consumerSurplus)} of surplus on average.${hasOther ? ` ${formatPercent(betterOff)} are better off, ${formatPercent(worseOff)} worse off.` : ''}`,
  );
};
