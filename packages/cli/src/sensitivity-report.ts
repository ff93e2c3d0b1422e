import {
  formatAlignedPercent,
  formatMoney,
  formatNumber,
  formatPercent,
  moneyUnit,
  type Outcome,
  quoted,
  type SensitivityResult,
  type Units,
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
    table(result),
    verdict(result, units),
    ...result.notes.map(paragraph),
  ];
  return blocks.filter((text) => text !== '').join('\n');
};

const headline = (
  { name, kind, count, scale, by, profit, served }: SensitivityResult,
  units: Units | undefined,
): string => {
  const unit = moneyUnit(units);
  const noun = { bundle: 'bundle', 'two-part-tariff': 'two-part tariff', plans: 'plan' }[kind];
  const what = `${count} ${noun}${count === 1 ? '' : 's'}`;
  const of = scale === null ? '' : `, buyers of scale ${formatNumber(scale)}`;
  return (
    `${name}\nsensitivity: ${what}${of}, every number ${formatPercent(by)} off\n${unit === '' ? '' : `money in ${unit}\n`}` +
    `if all numbers are right: profit ${formatNumber(profit)}, ${formatPercent(served)} of the buyers served\n`
  );
};

const table = ({ parameters, profit, by }: SensitivityResult): string => {
  const shown = parameters.slice(0, MOST);
  const change = (outcome: Outcome | null): string =>
    outcome === null ? '–' : signed(outcome.change / (profit > 0 ? profit : 1), profit > 0);
  const regret = (x: number | null): string =>
    x === null ? '–' : profit > 0 ? formatAlignedPercent(x / profit) : formatNumber(x);
  const percent = formatPercent(by);
  const more = parameters.length - shown.length;
  return (
    textTable({
      head: ['number', 'is', `−${percent}`, `+${percent}`, 'swing', 'regret, most'],
      rows: shown.map(({ name, value, down, up, swing, largestRegret }) => [
        name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name,
        value === null ? '' : formatNumber(value, 5),
        change(down),
        change(up),
        formatNumber(swing, 4),
        regret(largestRegret),
      ]),
      align: ['left', 'right', 'right', 'right', 'right', 'right'],
    }) + (more > 0 ? `  and ${more} that move profit less; --json and --out have all\n` : '')
  );
};

const signed = (share: number, isShare: boolean): string => {
  const text = isShare ? formatAlignedPercent(Math.abs(share)) : formatNumber(Math.abs(share));
  return `${share < 0 ? '−' : '+'}${text}`;
};

const verdict = ({ parameters, profit }: SensitivityResult, units: Units | undefined): string => {
  const [first] = parameters;
  if (first === undefined || !(first.swing > 0)) return '  No number matters to this menu.\n';
  const most = `Profit depends most on ${first.name}.`;
  const [worst] = parameters
    .filter(({ largestRegret }) => largestRegret !== null)
    .sort((a, b) => b.largestRegret! - a.largestRegret!);
  const measure = `Changes and regrets are ${profit > 0 ? 'shares of the profit' : `in ${moneyUnit(units) || 'money'}, as there is no profit to compare with`}; buyers choose freely.`;
  if (worst === undefined) return paragraph(`${most} ${measure}`);
  const regret =
    profit > 0
      ? `${formatPercent(worst.largestRegret! / profit, 3)} of the profit`
      : formatMoney(worst.largestRegret, units);
  return paragraph(
    `${most} Choosing anew would help most for ${worst.name}: the best menu for the number as it then is earns up to ` +
      `${regret} more. ${measure}`,
  );
};
