import { formatNumber } from '../report/numbers.ts';
import type { ConditionResult, PoolResult } from '../result.ts';
import { type CurvePoint, type MenuCurves, typeTitle } from './menu-curves.ts';
import { colours, type Layers, type Picture, panel, pictureOf, type Row, ramp } from './picture.ts';
import { inPixels, neededPoints } from './simplified-line.ts';

/** What is drawn of the menus of continuous buyers: their curves, the intervals of types that are pooled, what holds and what fails. */
export interface MenuDrawing {
  readonly curves: MenuCurves;
  readonly pools: readonly PoolResult[];
  readonly conditions: readonly ConditionResult[];
  readonly isEfficient: boolean;
}

/** Names of the curves: their scales, in as many digits as tell them apart. */
export const seriesNames = (curves: MenuCurves['curves']): string[] => {
  const named = (digits: number): string[] =>
    curves.map(({ scale }) => (scale === undefined ? 'all' : formatNumber(scale, digits)));
  const digits = [3, 6, 9].find((count) => new Set(named(count)).size === curves.length) ?? 16;
  return named(digits);
};

/** Quality along values is what is delivered over the tasks; along types what a package can make. */
export const qualityTitle = ({ axis }: Pick<MenuCurves, 'axis'>): string =>
  axis === 'value' ? 'quality ∫ q(i) di' : 'quality Q(θ)';

/** One row a point of every curve, where all the fields have a number; of lines only the points without which they would look different. */
export const rowsOf = (
  { curves, isListed }: MenuCurves,
  fields: Readonly<Record<string, (point: CurvePoint) => number | null>>,
  { width, height }: { readonly width: number; readonly height: number } = panel,
): Row[] => {
  const columns = Object.entries(fields);
  const names = seriesNames(curves);
  const lines = curves.map(({ points }) => {
    const isDrawn = (point: CurvePoint): boolean => columns.every(([, read]) => read(point) !== null);
    return points.filter(isDrawn);
  });
  const across = inPixels(lines, ({ type }) => type, width);
  const up = columns.map(([, read]) => inPixels(lines, (point) => read(point)!, height));
  const rows: Row[] = [];
  lines.forEach((line, k) => {
    const needed = up.map((own) => neededPoints(across[k]!, own[k]!));
    line.forEach((point, i) => {
      if (!isListed && !needed.some((own) => own[i])) return;
      const row: Record<string, number | string> = { type: point.type, scale: names[k]! };
      for (const [name, read] of columns) row[name] = read(point)!;
      rows.push(row);
    });
  });
  return rows;
};

/** The colour of a scale; one curve alone is blue and needs no legend. */
export const scaleColour = ({ curves }: Pick<MenuCurves, 'curves'>): object =>
  curves.length > 1
    ? {
        color: {
          field: 'scale',
          type: 'nominal',
          sort: null,
          scale: { range: ramp },
          legend: { title: 'scale s', titleOrient: 'left', symbolType: 'stroke', symbolStrokeWidth: 3 },
        },
      }
    : { color: { value: colours.blue } };

export const axisAt = (curves: Pick<MenuCurves, 'axis'>, field: string): object => ({
  field,
  type: 'quantitative',
  scale: { zero: false, nice: false },
  axis: { title: typeTitle(curves), grid: false, labelFlush: false, tickCount: 6 },
});

export const typeAxis = (curves: Pick<MenuCurves, 'axis'>): object => axisAt(curves, 'type');

/** Bands over the pooled types that buy, the widest with a word over it. */
export const poolRows = (pools: readonly PoolResult[]): Row[] => {
  const bought = pools.filter(({ item }) => !item.excluded);
  const widest = bought.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  return bought.map(({ from, to }) => ({
    from,
    to,
    middle: (from + to) / 2,
    label: to - from === widest ? 'pooled' : '',
  }));
};

/** The bands of the dataset `pools`, in the background. */
export const poolLayers = (curves: Pick<MenuCurves, 'axis'>): Layers =>
  [
    {
      data: { name: 'pools' },
      mark: { type: 'rect', color: '#bdbdbd', opacity: 0.4, clip: true },
      encoding: { x: axisAt(curves, 'from'), x2: { field: 'to' } },
    },
    {
      data: { name: 'pools' },
      mark: { type: 'text', baseline: 'bottom', dy: -3, fontSize: 10, color: 'black' },
      encoding: { x: axisAt(curves, 'middle'), y: { value: 0 }, text: { field: 'label' } },
    },
  ] as unknown as Layers;

/** The mark of curves; finitely many types are points on them. */
export const lineOf = ({ isListed, curves }: Pick<MenuCurves, 'isListed' | 'curves'>): object => ({
  type: 'line',
  strokeWidth: 1.8,
  clip: true,
  ...(isListed && curves.every(({ points }) => points.length <= MOST_DOTS)
    ? { point: { size: 35, color: curves.length > 1 ? undefined : colours.blue }, clip: false }
    : {}),
});
const MOST_DOTS = 60;

/** One number of the menu against the type. */
export interface CurvePicture extends Pick<Picture, 'name' | 'title' | 'caption'> {
  /** Of the vertical axis, with its unit. */
  readonly measure: string;
  readonly read: (point: CurvePoint) => number | null;
}

/** Lines of one number against the type, one a scale. */
export const curvePicture = (
  { curves, pools }: MenuDrawing,
  { measure, read, ...words }: CurvePicture,
): Picture =>
  pictureOf(
    words,
    { menu: rowsOf(curves, { y: read }), pools: poolRows(pools) },
    {
      ...panel,
      layer: [
        ...poolLayers(curves),
        {
          data: { name: 'menu' },
          mark: lineOf(curves),
          encoding: {
            x: typeAxis(curves),
            y: { field: 'y', type: 'quantitative', axis: { title: measure, tickCount: 5 } },
            ...scaleColour(curves),
          },
        },
      ],
    },
  );

/** The curve of the largest scale: what does not depend on the scale is read off it. */
export const lastCurve = (curves: MenuCurves): MenuCurves => ({ ...curves, curves: curves.curves.slice(-1) });

/** Lines that differ in colour and dashes share a legend. */
const kindLegend = {
  title: null,
  symbolType: 'stroke',
  symbolStrokeWidth: 3,
  symbolSize: 250,
  columnPadding: 16,
};

/** A kind of line: its colour, and the lengths of its dashes and of the gaps between. */
type Stroke = readonly [colour: string, dashes: readonly [number, number]];

/** Lines of the field `kind`, in the order in which the kinds first come. */
export const kindEncoding = (strokes: readonly Stroke[]) => {
  const byKind = <Value>(range: readonly Value[]) => ({
    field: 'kind',
    type: 'nominal',
    sort: null,
    scale: { range },
    legend: kindLegend,
  });
  return {
    color: byKind(strokes.map(([colour]) => colour)),
    strokeDash: byKind(strokes.map(([, dashes]) => dashes)),
  };
};

/** The first best, and the optimal menu. */
export const firstBestStroke: Stroke = [colours.orange, [6, 3]];
export const optimalStroke: Stroke = [colours.blue, [1, 0]];

/** Of the field `kind`: the first best in orange dashes, the optimal menu in blue. */
export const bestAndSecondBest = kindEncoding([firstBestStroke, optimalStroke]);
