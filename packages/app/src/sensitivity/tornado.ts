import { colours, type Picture, pictureOf, type Row } from '../pictures/picture.ts';
import { formatPercent } from '../report/numbers.ts';
import { worthOf } from '../tiers/tiers-result.ts';
import type { Outcome, ParameterSensitivity, SensitivityResult } from './sensitivity-result.ts';

/** Parameters beyond this move profit too little to be read. */
const MOST = 20;
const ROW = 34;

/** The profit, or objective, of a fixed menu if one number is off, as bars from the profit if all are right; the parameter that matters most on top. */
export const tornadoPicture = (result: SensitivityResult, moneyUnit = '', money = 1): Picture => {
  const shown = result.parameters
    .filter(({ down, up, swing }) => (down !== null || up !== null) && swing > 0)
    .slice(0, MOST);
  const percent = formatPercent(result.by, 3);
  const rows = shown.flatMap((parameter): Row[] => [
    ...row(parameter, parameter.down, `${percent} lower`, worthOf(result), money),
    ...row(parameter, parameter.up, `${percent} higher`, worthOf(result), money),
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
  const made = result.objective === undefined ? 'profit' : 'objective';
  const isOver = rows.some(({ over }) => over === OVER);
  const title = `${made}${moneyUnit === '' ? '' : `, ${moneyUnit}`}`;
  const x = { type: 'quantitative', title, scale: { zero: false, nice: true } };
  const tiers = `${result.count} ${result.kind === 'bundle' ? 'bundle' : 'two-part tariff'}${result.count === 1 ? '' : 's'}`;
  const headline = `${made === 'profit' ? 'Profit' : 'Objective'} of ${tiers} if a number is off by ${percent}`;
  return pictureOf(
    {
      name: 'tornado',
      title: headline,
      caption:
        `Every bar goes from the ${made} if all numbers are right (the line) to what the same menu makes if one of them is off, with buyers choosing freely. ` +
        `The ring is what the best menu for the number as it then is would make: its distance from the bar is the regret.${isOver ? ` “${OVER}” marks bars of which the menu uses more than there is: what it would make if there were enough.` : ''}`,
    },
    { outcomes: rows, base: [{ profit: money * worthOf(result) }] },
    {
      title: {
        text: headline,
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
        ...(isOver
          ? [
              {
                data: { name: 'outcomes' },
                transform: [{ filter: 'isValid(datum.over)' }],
                mark: { type: 'text', align: 'left', dx: 4, fontSize: 9 },
                encoding: { y, ...offset, x: { ...x, field: 'profit' }, text: { field: 'over' } },
              },
            ]
          : []),
        {
          data: { name: 'base' },
          mark: { type: 'rule', color: colours.black, strokeWidth: 1.2 },
          encoding: { x: { ...x, field: 'profit' } },
        },
      ],
    },
  );
};

const OVER = 'over capacity';

const row = (
  { name }: ParameterSensitivity,
  outcome: Outcome | null,
  direction: string,
  base: number,
  money: number,
): Row[] =>
  outcome === null || !Number.isFinite(worthOf(outcome))
    ? []
    : [
        {
          parameter: name,
          direction,
          base: money * base,
          profit: money * worthOf(outcome),
          ...(outcome.exceeded?.length ? { over: OVER } : {}),
          ...(outcome.reoptimized === null ? {} : { best: money * outcome.reoptimized }),
        },
      ];
