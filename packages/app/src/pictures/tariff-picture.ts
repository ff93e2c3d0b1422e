import { quoted } from '../report/quoted.ts';
import type { Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import { moneySentence, moneyTitle, type Units } from '../study/units.ts';
import { lineOf, scaleColour, seriesNames } from './curve-picture.ts';
import { itemCost } from './finite-pictures.ts';
import { typeName } from './finite-types.ts';
import type { CurvePoint, MenuCurves } from './menu-curves.ts';
import { colours, type Picture, panel, pictureOf, type Row } from './picture.ts';
import { inPixels, neededPoints } from './simplified-line.ts';

/** An item of a small menu, as `menusmith tiers` tells it. */
export interface TierItem {
  readonly transfer: number;
  /** What the item costs to make. */
  readonly cost: number;
  readonly name?: string;
}

/** The tariff T against cost, with the items of a small menu on it. */
export const tariffPicture = (curves: MenuCurves, tiers: readonly TierItem[]): Picture[] => {
  const names = seriesNames(curves.curves);
  const lines = curves.curves.map(({ points }) => points.filter(isPriced));
  const across = inPixels(lines, ({ cost }) => cost, panel.width);
  const up = inPixels(lines, ({ transfer }) => transfer, panel.height);
  const rows = lines.flatMap((line, k): Row[] => {
    const needed = neededPoints(across[k]!, up[k]!);
    return line
      .filter((_, i) => curves.isListed || needed[i])
      .map(({ cost, transfer, type }) => ({ scale: names[k]!, cost, transfer, type }));
  });
  return drawn(
    rows,
    tiers,
    curves.units,
    `Every point of a line is an item of the menu: ${meaning}${
      curves.curves.length > 1 ? ' Each line is one scale s, the share of all tasks that a buyer has.' : ''
    }`,
    [
      {
        data: { name: 'menu' },
        mark: lineOf(curves),
        encoding: {
          ...axesOf(curves.units),
          order: { field: 'type', type: 'quantitative' },
          ...scaleColour(curves),
        },
      },
    ],
  );
};

/** Items of listed types without an order, as points with the names of those they are for. */
export const pricesOfTypes = (study: Study, { types }: Result, tiers: readonly TierItem[]): Picture[] => {
  const isNamed = types.length <= MOST_NAMES;
  const rows = types.flatMap((type, n): Row[] => {
    const cost = itemCost(study, type);
    return type.excluded || cost === null || type.transfer === null
      ? []
      : [
          {
            ...quoted({ cost, transfer: type.transfer }, study.units),
            name: isNamed ? typeName(type, n) : '',
          },
        ];
  });
  return drawn(rows, tiers, study.units, `Every blue dot is an item of the menu: ${meaning}`, [
    {
      data: { name: 'menu' },
      mark: { type: 'point', filled: true, opacity: 1, size: isNamed ? 60 : 20, color: colours.blue },
      encoding: axesOf(study.units),
    },
    {
      data: { name: 'menu' },
      mark: { type: 'text', align: 'right', dx: -9, dy: -5, fontSize: 10, color: 'black' },
      encoding: { ...axesOf(study.units), text: { field: 'name' } },
    },
  ]);
};
const MOST_NAMES = 8;

const meaning =
  'how much it costs the seller and what she charges for it. The height above the dashed line is her profit on it.';

const axisOf = (field: string, title: string) => ({
  field,
  type: 'quantitative',
  axis: { title, tickCount: 5, ...(field === 'cost' ? { grid: false, labelFlush: false } : {}) },
});
const axesOf = (units: Units | undefined) => ({
  x: axisOf('cost', `cost of the item C, ${moneyTitle(units)}`),
  y: axisOf('transfer', `transfer T, ${moneyTitle(units)}`),
});

/** Nothing where no item of the menu is known to cost anything. */
const drawn = (
  rows: readonly Row[],
  items: readonly TierItem[],
  units: Units | undefined,
  caption: string,
  layers: readonly object[],
): Picture[] => {
  const axes = axesOf(units);
  const tiers = quoted(items, units);
  const most = [...rows, ...tiers].reduce((largest, { cost }) => Math.max(largest, Number(cost)), 0);
  if (rows.length === 0 || !(most > 0)) return [];
  const picture = pictureOf(
    {
      name: 'tariff',
      title: 'Price of an item against its cost',
      caption: `${caption}${tierWords(tiers.length)}${moneySentence(units)}`,
    },
    {
      menu: rows,
      'at-cost': [
        { cost: 0, transfer: 0 },
        { cost: most, transfer: most },
      ],
      tiers: tiers.map(({ cost, transfer, name }, k) => ({ cost, transfer, label: name ?? String(k + 1) })),
    },
    {
      ...panel,
      layer: [
        {
          data: { name: 'at-cost' },
          mark: { type: 'line', color: colours.grey, strokeDash: [4, 3], strokeWidth: 1 },
          encoding: axes,
        },
        ...layers,
        {
          data: { name: 'tiers' },
          mark: { type: 'point', filled: true, opacity: 1, size: 190, color: colours.vermillion },
          encoding: axes,
        },
        {
          data: { name: 'tiers' },
          mark: { type: 'text', color: 'white', fontSize: 10, fontWeight: 'bold' },
          encoding: { ...axes, text: { field: 'label' } },
        },
      ],
    },
  );
  return [picture];
};

const tierWords = (count: number): string => {
  if (count === 0) return '';
  return count === 1
    ? ' The numbered dot is the item of the best menu of one.'
    : ` The numbered dots are the ${count} items of a small menu.`;
};

const isPriced = (
  point: CurvePoint,
): point is CurvePoint & { readonly cost: number; readonly transfer: number } =>
  point.cost !== null && point.transfer !== null;
