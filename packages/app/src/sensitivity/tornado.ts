import { colours, type Picture, pictureOf, type Row } from '../pictures/picture.ts';
import { formatPercent } from '../report/numbers.ts';
import type { Outcome, ParameterSensitivity, SensitivityResult } from './sensitivity-result.ts';

/** Parameters beyond this move profit too little to be read. */
const MOST = 20;
const ROW = 34;

/** The profit of a fixed menu if one number is off, as bars from the profit if all are right; the parameter that matters most on top. */
export const tornadoPicture = (result: SensitivityResult, moneyUnit = '', money = 1): Picture => {
  const shown = result.parameters
    .filter(({ down, up, swing }) => (down !== null || up !== null) && swing > 0)
    .slice(0, MOST);
  const percent = formatPercent(result.by, 3);
  const rows = shown.flatMap((parameter): Row[] => [
    ...row(parameter, parameter.down, `${percent} lower`, result.profit, money),
    ...row(parameter, parameter.up, `${percent} higher`, result.profit, money),
  ]);
  const order = shown.map(({ name }) => name);
  const directions = [`${percent} lower`, `${percent} higher`];
  const y = {
    field: 'parameter',
    type: 'nominal',
    sort: order,
    title: null,
    axis: { labelLimit: 340, ticks: false, domain: false },
  };
  const offset = { yOffset: { field: 'direction', sort: directions } };
  const title = `profit${moneyUnit === '' ? '' : `, ${moneyUnit}`}`;
  const x = { type: 'quantitative', title, scale: { zero: false, nice: true } };
  const tiers = `${result.count} ${result.kind === 'bundle' ? 'bundle' : 'two-part tariff'}${result.count === 1 ? '' : 's'}`;
  return pictureOf(
    {
      name: 'tornado',
      title: `Profit of ${tiers} if a number is off by ${percent}`,
      caption:
        'Every bar goes from the profit if all numbers are right (the line) to what the same menu earns if one of them is off, with buyers choosing freely. ' +
        'The ring is what the best menu for the number as it then is would earn: its distance from the bar is the regret.',
    },
    { outcomes: rows, base: [{ profit: money * result.profit }] },
    {
      title: {
        text: `Profit of ${tiers} if a number is off by ${percent}`,
        subtitle: 'Rings: the best menu for the number as it then is. Line: all numbers right.',
      },
      height: { step: ROW / 2 },
      width: 420,
      layer: [
        {
          data: { name: 'outcomes' },
          mark: { type: 'bar' },
          encoding: {
            y,
            ...offset,
            x: { ...x, field: 'base' },
            x2: { field: 'profit' },
            color: {
              field: 'direction',
              type: 'nominal',
              sort: directions,
              title: null,
              scale: { domain: directions, range: [colours.skyBlue, colours.orange] },
            },
          },
        },
        {
          data: { name: 'outcomes' },
          transform: [{ filter: 'isValid(datum.best)' }],
          mark: { type: 'point', size: 40, color: colours.black, filled: false, strokeWidth: 1.2 },
          encoding: { y, ...offset, x: { ...x, field: 'best' } },
        },
        {
          data: { name: 'base' },
          mark: { type: 'rule', color: colours.black, strokeWidth: 1.2 },
          encoding: { x: { ...x, field: 'profit' } },
        },
      ],
    },
  );
};

const row = (
  { name }: ParameterSensitivity,
  outcome: Outcome | null,
  direction: string,
  base: number,
  money: number,
): Row[] =>
  outcome === null || !Number.isFinite(outcome.profit)
    ? []
    : [
        {
          parameter: name,
          direction,
          base: money * base,
          profit: money * outcome.profit,
          ...(outcome.reoptimized === null ? {} : { best: money * outcome.reoptimized }),
        },
      ];
