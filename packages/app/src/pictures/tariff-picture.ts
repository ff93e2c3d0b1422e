import { lineOf, scaleColour, seriesNames } from './curve-picture.ts';
import type { CurvePoint, MenuCurves } from './menu-curves.ts';
import { colours, type Picture, panel, pictureOf, type Row } from './picture.ts';

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
  const rows = curves.curves.flatMap(({ points }, k): Row[] =>
    points.filter(isPriced).map(({ cost, transfer, type }) => ({
      scale: names[k]!,
      cost,
      transfer,
      type,
    })),
  );
  const most = rows.reduce((largest, { cost }) => Math.max(largest, Number(cost)), 0);
  if (!(most > 0)) return [];
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative',
    axis: { title, tickCount: 5, ...(field === 'cost' ? { grid: false, labelFlush: false } : {}) },
  });
  const x = axis('cost', 'cost of the item C, money');
  const y = axis('transfer', 'transfer T, money');
  const picture = pictureOf(
    {
      name: 'tariff',
      title: 'Price of an item against its cost',
      caption:
        'Every point of a line is an item of the menu: how much it costs the seller and what she charges for it. The height above the dashed line is her profit on it.' +
        (curves.curves.length > 1
          ? ' Each line is one scale s, the share of all tasks that a buyer has.'
          : '') +
        (tiers.length > 0 ? ` The numbered dots are the ${tiers.length} items of the best small menu.` : ''),
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
          encoding: { x, y },
        },
        {
          data: { name: 'menu' },
          mark: lineOf(curves),
          encoding: { x, y, order: { field: 'type', type: 'quantitative' }, ...scaleColour(curves) },
        },
        {
          data: { name: 'tiers' },
          mark: { type: 'point', filled: true, opacity: 1, size: 190, color: colours.vermillion },
          encoding: { x, y },
        },
        {
          data: { name: 'tiers' },
          mark: { type: 'text', color: 'white', fontSize: 10, fontWeight: 'bold' },
          encoding: { x, y, text: { field: 'label' } },
        },
      ],
    },
  );
  return [picture];
};

const isPriced = (
  point: CurvePoint,
): point is CurvePoint & { readonly cost: number; readonly transfer: number } =>
  point.cost !== null && point.transfer !== null;
