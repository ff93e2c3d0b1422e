import type { PoolResult } from '../result.ts';
import type { CurvePoint, MenuCurves } from './menu-curves.ts';
import { colours, type Layers, type Picture, panel, pictureOf, type Row, ramp } from './picture.ts';

/** What is drawn of the menus of continuous buyers: their curves, and the intervals of types that are pooled. */
export interface MenuDrawing {
  readonly curves: MenuCurves;
  readonly pools: readonly PoolResult[];
  readonly isEfficient: boolean;
}

/** How the types across a picture are called. */
export const typeTitle = ({ axis }: Pick<MenuCurves, 'axis'>): string =>
  axis === 'value' ? 'value w of a task' : 'type θ';

const seriesName = (scale: number | undefined): string =>
  scale === undefined ? 'all' : String(Number(scale.toPrecision(3)));

/** One row a point of every curve, where all the fields have a number. */
const rowsOf = (
  { curves }: MenuCurves,
  fields: Readonly<Record<string, (point: CurvePoint) => number | null>>,
): Row[] =>
  curves.flatMap(({ scale, points }) =>
    points.flatMap((point) => {
      const row: Record<string, number | string> = { type: point.type, scale: seriesName(scale) };
      for (const [name, read] of Object.entries(fields)) {
        const number = read(point);
        if (number === null) return [];
        row[name] = number;
      }
      return [row];
    }),
  );

const hasMany = ({ curves }: MenuCurves): boolean => curves.length > 1;

/** The colour of a scale; one curve alone is blue and needs no legend. */
const scaleColour = (curves: MenuCurves) =>
  hasMany(curves)
    ? {
        color: {
          field: 'scale',
          type: 'nominal',
          sort: null,
          scale: { range: ramp },
          legend: { title: 'scale s', symbolType: 'stroke', symbolStrokeWidth: 3 },
        },
      }
    : { color: { value: colours.blue } };

export const typeAxis = (curves: Pick<MenuCurves, 'axis'>) => ({
  field: 'type',
  type: 'quantitative',
  scale: { zero: false, nice: false },
  axis: { title: typeTitle(curves), grid: false },
});

/** Grey bands over the pooled types, in the background. */
const poolRows = (pools: readonly PoolResult[]): Row[] => {
  const widest = pools.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  return pools
    .filter(({ ironedVirtualValue }) => ironedVirtualValue > 0)
    .map(({ from, to }) => ({
      from,
      to,
      middle: (from + to) / 2,
      label: to - from === widest ? 'pooled' : '',
    }));
};

const poolLayers = (curves: Pick<MenuCurves, 'axis'>): Layers => {
  const { field: _, ...axis } = typeAxis(curves);
  return [
    {
      data: { name: 'pools' },
      mark: { type: 'rect', color: '#bdbdbd', opacity: 0.4, clip: true },
      encoding: { x: { field: 'from', ...axis }, x2: { field: 'to' } },
    },
    {
      data: { name: 'pools' },
      mark: { type: 'text', baseline: 'bottom', dy: -3, fontSize: 10, color: 'black' },
      encoding: { x: { field: 'middle', ...axis }, y: { value: 0 }, text: { field: 'label' } },
    },
  ] as unknown as Layers;
};

const line = { type: 'line', strokeWidth: 1.8, clip: true } as const;

interface CurvePicture {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** Of the vertical axis, with its unit. */
  readonly measure: string;
  readonly read: (point: CurvePoint) => number | null;
  readonly zero?: boolean;
}

/** Lines of one number against the type, one a scale. */
const curvePicture = (
  { curves, pools }: MenuDrawing,
  { name, title, caption, measure, read, zero = true }: CurvePicture,
): Picture =>
  pictureOf(
    { name, title, caption },
    { menu: rowsOf(curves, { y: read }), pools: poolRows(pools) },
    {
      ...panel,
      layer: [
        ...poolLayers(curves),
        {
          data: { name: 'menu' },
          mark: line,
          encoding: {
            x: typeAxis(curves),
            y: { field: 'y', type: 'quantitative', scale: { zero }, axis: { title: measure, tickCount: 5 } },
            ...scaleColour(curves),
          },
        },
      ],
    },
  );

const byScale = (curves: MenuCurves): string =>
  hasMany(curves) ? ' Each line is one scale s, the share of tasks that a buyer has.' : '';

const bunched = (pools: readonly PoolResult[]): string =>
  poolRows(pools).length > 0
    ? ' In the grey bands different types are pooled: they get one and the same item.'
    : '';

/** Everything that is drawn against the type of a continuous buyer. */
export const menuPictures = (drawing: MenuDrawing): Picture[] => {
  const { curves, pools } = drawing;
  const pictures = [
    curvePicture(drawing, {
      name: 'quality',
      title: 'Quality delivered',
      caption: `How much quality the menu gives to a buyer, in total over her tasks; where the line is at zero she buys nothing.${byScale(curves)}${bunched(pools)}`,
      measure: 'quality ∫ q(i) di',
      read: ({ quality }) => quality,
    }),
  ];
  if (drawing.isEfficient) return pictures;
  return [
    ...pictures,
    curvePicture(drawing, {
      name: 'transfer',
      title: 'What buyers pay',
      caption: `The price that a buyer pays in total for her item.${byScale(curves)} Buyers who value quality more choose larger items and pay more.`,
      measure: 'transfer T, money',
      read: ({ transfer }) => transfer,
    }),
  ];
};
