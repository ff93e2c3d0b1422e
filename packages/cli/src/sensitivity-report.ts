import {
  amountUnit,
  formatAlignedPercent,
  formatMoney,
  formatNumber,
  formatPercent,
  type MenuOutcome,
  moneyUnit,
  type Outcome,
  type ParameterSensitivity,
  quoted,
  type SensitivityResult,
  type Units,
  withUnit,
  worthOf,
} from '@menusmith/app';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

const MOST = 30;
const NAME = 26;

/** What a menu earns if numbers are off, for people, at most eighty columns wide. */
export const sensitivityReport = (found: SensitivityResult, units?: Units): string => {
  const result = quoted(found, units);
  const blocks = [
    headline(result, units),
    ...(result.parameters.length === 0 ? [] : [table(result)]),
    ...Object.keys(result.capacity ?? {}).map((name) => useTable(result, name, units)),
    ...(result.parameters.length === 0 && result.stopped === true ? [] : [verdict(result, units)]),
    ...result.notes.map(paragraph),
  ];
  return blocks.filter((text) => text !== '').join('\n');
};

/** Before a number that is made of more of an input than there is, or leaves somebody less than is promised. */
const OVER = '!';

const mark = ({ exceeded = [], brokenBy }: MenuOutcome, name?: string): string =>
  (name === undefined ? exceeded.length > 0 || brokenBy !== undefined : exceeded.includes(name)) ? OVER : '';

const noun = ({ objective }: MenuOutcome): string => (objective === undefined ? 'profit' : 'objective');

const headline = (result: SensitivityResult, units: Units | undefined): string => {
  const { name, kind, count, scale, by, profit, objective, served } = result;
  const unit = moneyUnit(units);
  const sold = { bundle: 'bundle', 'two-part-tariff': 'two-part tariff', plans: 'plan' }[kind];
  const what = `${count} ${sold}${count === 1 ? '' : 's'}`;
  const of = scale === null ? '' : `, buyers of scale ${formatNumber(scale)}`;
  return (
    `${name}\nsensitivity: ${what}${of}, every number ${formatPercent(by)} off\n${unit === '' ? '' : `money in ${unit}\n`}` +
    `if all numbers are right: ${objective === undefined ? '' : `objective ${mark(result)}${formatNumber(objective)}, `}` +
    `profit ${mark(result)}${formatNumber(profit)},${objective === undefined ? ' ' : '\n'}${formatPercent(served)} of the buyers served\n`
  );
};

const shortName = (name: string): string => (name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name);

const table = (result: SensitivityResult): string => {
  const { parameters, by } = result;
  const made = worthOf(result);
  const shown = parameters.slice(0, MOST);
  const change = (outcome: Outcome | null): string =>
    outcome === null ? '–' : mark(outcome) + signed(outcome.change / (made > 0 ? made : 1), made > 0);
  const swing = ({ swing, down, up }: ParameterSensitivity): string =>
    ([result, down, up].some((own) => own !== null && mark(own) !== '') ? OVER : '') + formatNumber(swing, 4);
  const regret = (x: number | null): string =>
    x === null ? '–' : made > 0 ? formatAlignedPercent(x / made) : formatNumber(x);
  const percent = formatPercent(by);
  const more = parameters.length - shown.length;
  return (
    textTable({
      head: ['number', 'is', `−${percent}`, `+${percent}`, 'swing', 'regret, most'],
      rows: shown.map((parameter) => [
        shortName(parameter.name),
        parameter.value === null ? '' : formatNumber(parameter.value, 5),
        change(parameter.down),
        change(parameter.up),
        swing(parameter),
        regret(parameter.largestRegret),
      ]),
      align: ['left', 'right', 'right', 'right', 'right', 'right'],
    }) + (more > 0 ? `  and ${more} that move it less; --json and --out have all\n` : '')
  );
};

/** The menu's use of a capped input, and how much of it there is, under every number as it then is. */
const useTable = (result: SensitivityResult, name: string, units: Units | undefined): string => {
  const percent = formatPercent(result.by);
  const use = (of: MenuOutcome | null): string =>
    of === null
      ? '–'
      : `${mark(of, name)}${formatNumber(of.used![name]!, 4)} of ${formatNumber(of.capacity![name]!, 4)}`;
  return textTable({
    head: [withUnit(`use of ${name}`, amountUnit(units, name)), `−${percent}`, `+${percent}`],
    rows: [
      ['all numbers right', use(result), ''],
      ...result.parameters
        .slice(0, MOST)
        .map(({ name: number, down, up }) => [shortName(number), use(down), use(up)]),
    ],
    align: ['left', 'right', 'right'],
  });
};

const signed = (share: number, isShare: boolean): string => {
  const text = isShare ? formatAlignedPercent(Math.abs(share)) : formatNumber(Math.abs(share));
  return `${share < 0 ? '−' : '+'}${text}`;
};

const verdict = (result: SensitivityResult, units: Units | undefined): string => {
  const { parameters } = result;
  const made = worthOf(result);
  const what = noun(result);
  const [first] = parameters;
  if (first === undefined || !(first.swing > 0)) return '  No number matters to this menu.\n';
  const most = `${what[0]!.toUpperCase()}${what.slice(1)} depends most on ${first.name}.`;
  const [worst] = parameters
    .filter(({ largestRegret }) => largestRegret !== null)
    .sort((a, b) => b.largestRegret! - a.largestRegret!);
  const measure = `Changes and regrets are ${made > 0 ? `shares of the ${what}` : `in ${moneyUnit(units) || 'money'}, as there is no ${what} to compare with`}; buyers choose freely.`;
  if (worst === undefined) return paragraph(`${most} ${measure}`);
  const regret =
    made > 0
      ? `${formatPercent(worst.largestRegret! / made, 3)} of the ${what}`
      : formatMoney(worst.largestRegret, units);
  return paragraph(
    `${most} Choosing anew would help most for ${worst.name}: the best menu for the number as it then is ${what === 'profit' ? 'earns' : 'makes'} up to ` +
      `${regret} more. ${measure}`,
  );
};
