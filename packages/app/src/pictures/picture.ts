import type { TopLevelSpec } from 'vega-lite';

/**
 * A picture of a solved study: a Vega-Lite specification with words beside it.
 *
 * Its data are in `datasets` under fixed names. A study with other numbers but the same `layoutOf` can be shown by replacing the datasets of a
 * view that is already there.
 */
export interface Picture {
  /** Of files and addresses: lower case and hyphens. */
  readonly name: string;
  /** Its title, in a line. */
  readonly title: string;
  /** What one is looking at, for someone who never saw the paper; one to three sentences. */
  readonly caption: string;
  /** What draws it: a Vega-Lite specification with its data. */
  readonly specification: TopLevelSpec;
}

/** Rows of a dataset; every number is finite. */
export type Row = Readonly<Record<string, number | string | boolean>>;
export type Datasets = Readonly<Record<string, readonly Row[]>>;
export type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

/** Everything of a picture but its data: two pictures with the same layout differ in their datasets alone. */
export const layoutOf = ({ specification }: Picture): string =>
  JSON.stringify({ ...specification, datasets: Object.keys(specification.datasets ?? {}) });

/** Colours that are apart in every kind of colour vision (Okabe and Ito), with a light grey for what is absent. */
export const colours = {
  absent: '#e3e3e3',
  grey: '#7f7f7f',
  skyBlue: '#56b4e9',
  green: '#009e73',
  blue: '#0072b2',
  vermillion: '#d55e00',
  orange: '#e69f00',
  purple: '#cc79a7',
  black: '#000000',
} as const;

/** Of ordered series, from the least to the most: each darker than the one before, so that grey print keeps the order. */
export const ramp = [colours.skyBlue, colours.green, colours.blue, colours.black] as const;

/** Panel of a picture that is one column of a journal wide, in pixels of the specification. */
export const panel = { width: 320, height: 220 } as const;

const font = 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif';

/** How all pictures look. */
export const look = {
  background: 'white',
  font,
  padding: 8,
  view: { stroke: null },
  numberFormat: ',~r',
  // Rows hold finite numbers only, and the picture has its name as a whole: neither is asked of every point of a curve.
  mark: { invalid: null },
  aria: false,
  axis: {
    labelFontSize: 11,
    labelPadding: 3,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 6,
    domainColor: 'black',
    tickColor: 'black',
    gridColor: '#ececec',
    labelColor: 'black',
    titleColor: 'black',
  },
  title: {
    fontSize: 13,
    subtitleFontSize: 11,
    subtitlePadding: 5,
    offset: 10,
    anchor: 'start',
    color: 'black',
  },
  header: { labelFontSize: 12, titleFontSize: 12, labelFontWeight: 'normal', titleFontWeight: 'normal' },
  legend: {
    orient: 'bottom',
    columnPadding: 14,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelLimit: 300,
    titleLimit: 300,
    symbolSize: 120,
  },
} as const;

/** A picture from its words, its data and what draws them. */
export const pictureOf = (
  { name, title, caption }: Pick<Picture, 'name' | 'title' | 'caption'>,
  datasets: Datasets,
  body: object,
): Picture => ({
  name,
  title,
  caption,
  specification: {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: title,
    title: { text: title },
    datasets,
    ...body,
    config: look,
    // Vega-Lite's union of all specifications is too wide to be inferred from parts.
  } as unknown as TopLevelSpec,
});

/** Small panels one below the other, each with the name of what it shows; `field` names it, and the dataset's `order` puts them in order. */
export const panelsOf = (field: string, spacing: number, spec: object): object => ({
  facet: {
    field,
    type: 'nominal',
    sort: { field: 'order', op: 'min' },
    title: null,
    header: { labelAnchor: 'start', labelPadding: 4 },
  },
  columns: 1,
  spacing,
  spec: { width: panel.width, ...spec },
});
