import type { TopLevelSpec } from 'vega-lite';
import type { RegionBoundary, Regions } from './regions.ts';

// A light grey with Okabe and Ito's sky blue and blue: apart in every kind of colour vision, and in grey print.
const colours = { excluded: '#e3e3e3', 'served, no fine-tuning': '#56b4e9', 'fine-tuned': '#0072b2' };
type Region = keyof typeof colours;
const regions = Object.keys(colours) as Region[];

/** One side of the unit square, in pixels of the specification. */
const side = 250;

/**
 * Figure 1 as a Vega-Lite specification: who is excluded, served, and fine-tuned, over the unit square of buyers.
 *
 * One panel a contract, side by side: value w across, scale s up.
 */
export function figure1(panels: readonly Regions[], subtitle = ''): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: {
      text: 'Who is excluded, served and fine-tuned under the optimal menu',
      ...(subtitle && { subtitle }),
      anchor: 'middle',
      offset: 12,
    },
    spacing: 36,
    hconcat: panels.map(panel),
    config,
  };
}

function panel({
  title,
  boundaries,
}: Regions): Extract<TopLevelSpec, { hconcat: unknown }>['hconcat'][number] {
  return {
    title: { text: title, anchor: 'middle', fontSize: 13, fontWeight: 'normal' },
    width: side,
    height: side,
    layer: [
      {
        data: { values: boundaries.flatMap(strips) },
        mark: { type: 'area', orient: 'horizontal', clip: true },
        encoding: {
          y: scaleAxis,
          x: valueAxis,
          x2: { field: 'to' },
          color: {
            field: 'region',
            type: 'nominal',
            scale: { domain: regions, range: regions.map((region) => colours[region]) },
            legend: { title: null, orient: 'bottom', direction: 'horizontal', symbolType: 'square' },
          },
        },
      },
      ...(['exclusionValue', 'fineTuningValue'] as const).map(
        (field) =>
          ({
            data: { values: curve(boundaries, field) },
            mark: { type: 'line', color: 'black', strokeWidth: 1.5, clip: true },
            encoding: {
              y: scaleAxis,
              x: { field: 'value', type: 'quantitative' },
              order: { field: 'scale' },
            },
          }) as const,
      ),
      frame,
    ],
  };
}

const ticks = [0, 0.25, 0.5, 0.75, 1];
const axis = (title: string) => ({ title, values: ticks, format: '.2~f', grid: false, labelFlush: false });
const unit = { domain: [0, 1], nice: false };
const valueAxis = { field: 'from', type: 'quantitative', scale: unit, axis: axis('value w') } as const;
const scaleAxis = { field: 'scale', type: 'quantitative', scale: unit, axis: axis('scale s') } as const;

/** The square's edge, over the areas. */
const frame = {
  data: { values: [{}] },
  mark: { type: 'rect', fill: null, stroke: 'black' },
  encoding: { x: { datum: 0 }, x2: { datum: 1 }, y: { datum: 0 }, y2: { datum: 1 } },
} as const;

/** The three strips of values at one scale. */
function strips({ scale, exclusionValue, fineTuningValue }: RegionBoundary) {
  return [
    { scale, region: 'excluded', from: 0, to: exclusionValue },
    { scale, region: 'served, no fine-tuning', from: exclusionValue, to: fineTuningValue },
    { scale, region: 'fine-tuned', from: fineTuningValue, to: 1 },
  ];
}

/** A boundary from where it leaves the square's edge: on the edge itself nobody is on the other side. */
function curve(boundaries: readonly RegionBoundary[], field: 'exclusionValue' | 'fineTuningValue') {
  const inside = boundaries.findIndex((boundary) => boundary[field] < 1);
  const from = inside < 0 ? boundaries.length : Math.max(0, inside - 1);
  return boundaries.slice(from).map((boundary) => ({ scale: boundary.scale, value: boundary[field] }));
}

const font = 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif';
const config = {
  background: 'white',
  font,
  padding: 12,
  view: { stroke: null },
  axis: {
    labelFontSize: 11,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    domain: false,
    tickColor: 'black',
  },
  title: { fontSize: 15, subtitleFontSize: 12, subtitlePadding: 6 },
  legend: {
    labelFontSize: 12,
    symbolSize: 180,
    symbolStrokeColor: 'black',
    columnPadding: 20,
    labelLimit: 400,
    offset: 16,
    layout: { bottom: { anchor: 'middle' } } as never, // Vega has it; Vega-Lite passes it on but does not declare it
  },
} as const;
