import type { ConditionResult, PoolResult } from '../result.ts';
import { moneyTitle, type Units } from '../study/units.ts';
import {
  axisAt,
  firstBestStroke,
  kindEncoding,
  lastCurve,
  lineOf,
  type MenuDrawing,
  optimalStroke,
  poolLayers,
  poolRows,
  rowsOf,
  typeAxis,
} from './curve-picture.ts';
import type { CurvePoint, MenuCurves } from './menu-curves.ts';
import { colours, type Picture, panel, pictureOf, type Row } from './picture.ts';

/** Markups beyond are left out of the picture: they have no bound where service begins. */
const MOST_MARKUP = 5;

/** The place at which a condition fails most, if it is in the picture. */
const failuresOf = (
  conditions: readonly ConditionResult[],
  name: ConditionResult['name'],
  { from, to }: MenuCurves,
): Row[] =>
  conditions
    .filter((condition) => condition.name === name && !condition.holds)
    .flatMap(({ at: { value } }) =>
      value !== undefined && value >= from && value <= to ? [{ at: value }] : [],
    );

/** Where a condition fails most: a dashed line, with a word on it. */
const failureLayers = (curves: MenuCurves, text: string) => [
  {
    data: { name: 'failures' },
    mark: { type: 'rule', color: colours.vermillion, strokeDash: [5, 3], strokeWidth: 1.5 },
    encoding: { x: axisAt(curves, 'at') },
  },
  {
    data: { name: 'failures' },
    mark: {
      type: 'text',
      text,
      color: '#b04a00',
      fontSize: 10,
      align: 'right',
      baseline: 'bottom',
      dx: -2,
      // Over the uppermost number of the axis, which it reaches where the place is far to the left.
      dy: -9,
    },
    encoding: { x: axisAt(curves, 'at'), y: { value: 0 } },
  },
];

/**
 * The curves where `above` is not negative, and a point with the number `cut` where it passes through zero between two of theirs. What is not drawn
 * has no number, so that the range of the numbers is that of the picture. Between listed types there is nothing that could end.
 */
const cutCurves = (
  curves: MenuCurves,
  field: 'virtualValue' | 'servedValue' | 'markup',
  cut: number,
  above: (point: CurvePoint) => number | null,
): MenuCurves => {
  const cutPoints = (points: readonly CurvePoint[]): CurvePoint[] => {
    const drawn: CurvePoint[] = [];
    let last: { readonly point: CurvePoint; readonly height: number } | undefined;
    for (const point of points) {
      const height = above(point);
      if (height === null) {
        last = undefined;
        continue;
      }
      if (last !== undefined && height < 0 !== last.height < 0 && !curves.isListed) {
        const inside = height < 0 ? last.point : point;
        const share = last.height / (last.height - height);
        const type = last.point.type + share * (point.type - last.point.type);
        if (inside[field] !== null) drawn.push({ ...inside, type, [field]: cut });
      }
      if (height >= 0) drawn.push(point);
      last = { point, height };
    }
    return drawn;
  };
  return { ...curves, curves: curves.curves.map((curve) => ({ ...curve, points: cutPoints(curve.points) })) };
};

/** φ and φ̄ beside the type herself. */
export const virtualValuePicture = ({ curves, pools, conditions }: MenuDrawing): Picture => {
  const last = lastCurve(curves);
  const lowest = -Math.abs(curves.to);
  const bands = poolRows(pools);
  const isIroned =
    pools.length > 0 ||
    (curves.isListed &&
      last.curves.some(({ points }) =>
        points.some(({ virtualValue, servedValue, quality }) => quality > 0 && virtualValue !== servedValue),
      ));
  const own = curves.axis === 'value' ? 'value w' : 'type θ';
  const above = (y: number | null): number | null => (y === null ? null : y - lowest);
  const kinds: [string, MenuCurves, (point: CurvePoint) => number | null][] = [
    [own, last, ({ type }) => type],
    [
      'virtual value φ',
      cutCurves(last, 'virtualValue', lowest, ({ virtualValue }) => above(virtualValue)),
      ({ virtualValue }) => virtualValue,
    ],
  ];
  if (isIroned)
    kinds.push([
      'ironed, φ̄',
      cutCurves(last, 'servedValue', lowest, ({ servedValue }) => above(servedValue)),
      ({ servedValue }) => servedValue,
    ]);
  const rows = kinds.flatMap(([kind, line, read]) =>
    rowsOf(line, { y: read }).map((row) => ({ ...row, kind })),
  );
  return pictureOf(
    {
      name: 'virtual-value',
      title: 'What a buyer is worth to the seller',
      caption:
        'The virtual value φ is a buyer’s value less the rents that serving her forces the seller to leave to all higher types. Buyers are served as ' +
        'if φ were their value, and not at all where it is too low.' +
        (isIroned ? ` Where φ falls it is ironed: ${ironedWords(pools, bands.length)}` : ''),
    },
    {
      menu: rows,
      pools: bands,
      zero: [{ y: 0 }],
      failures: bands.length > 0 ? [] : failuresOf(conditions, 'increasing-virtual-value', curves),
    },
    {
      ...panel,
      layer: [
        ...poolLayers(curves),
        {
          data: { name: 'zero' },
          mark: { type: 'rule', color: colours.grey, strokeWidth: 0.8 },
          encoding: { y: { field: 'y', type: 'quantitative' } },
        },
        {
          data: { name: 'menu' },
          mark: lineOf(curves),
          encoding: {
            x: typeAxis(curves),
            y: {
              field: 'y',
              type: 'quantitative',
              axis: { title: `${valueUnit(curves.units)} a unit of quality`, tickCount: 5 },
            },
            ...kindEncoding([[colours.grey, [2, 2]], firstBestStroke, optimalStroke]),
          },
        },
        ...failureLayers(curves, 'φ falls'),
      ],
    },
  );
};

/** Values stay in the study's own money, as buyers are asked for by them. */
const valueUnit = (units: Units | undefined): string =>
  units === undefined || units.money === 1 ? moneyTitle(units) : 'the study’s money,';

const ironedWords = (pools: readonly PoolResult[], bands: number): string =>
  bands > 0
    ? 'types in the grey band are served alike.'
    : pools.length > 0
      ? 'here among types who are not served.'
      : 'types of one φ̄ are served alike.';

/** The markup m = θ/φ̄ of two-part tariffs, and where it rises. */
export const markupPicture = ({ curves, pools, conditions }: MenuDrawing): Picture => {
  // φ̄ is nearer to a straight line than the markup, which has no bound where φ̄ begins.
  const drawn = cutCurves(lastCurve(curves), 'markup', MOST_MARKUP, ({ type, servedValue }) =>
    servedValue === null ? null : MOST_MARKUP * servedValue - type,
  );
  const rows = rowsOf(drawn, { y: ({ markup }) => markup });
  return pictureOf(
    {
      name: 'markup',
      title: 'Markups of two-part tariffs',
      caption:
        `How many times its cost an input is sold for, ${curves.axis === 'value' ? 'w' : 'θ'}/φ̄, if the menu is told as two-part tariffs (markups above ${MOST_MARKUP} are not drawn). ` +
        'Where the markup rises with the type, buyers would take a neighbour’s tariff, and such tariffs cannot do what the menu does.',
    },
    { menu: rows, pools: poolRows(pools), failures: failuresOf(conditions, 'nonincreasing-markup', curves) },
    {
      ...panel,
      layer: [
        ...poolLayers(curves),
        {
          data: { name: 'menu' },
          mark: { ...lineOf(curves), color: colours.blue },
          encoding: {
            x: typeAxis(curves),
            y: {
              field: 'y',
              type: 'quantitative',
              scale: { zero: false },
              axis: { title: 'markup, price ÷ cost', tickCount: 5 },
            },
          },
        },
        ...failureLayers(curves, 'markup rises'),
      ],
    },
  );
};
