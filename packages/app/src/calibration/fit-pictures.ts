import { colours, panel as frame, type Picture, pictureOf, type Row } from '../pictures/picture.ts';
import type { Calibration } from './calibration.ts';
import { massAbove, noisyDensityAt } from './estimate/type-density.ts';
import type { FittedModel, FittedQuantity } from './fitted-model.ts';
import type { PredictedTokens } from './predicted-tokens.ts';
import { priceResponse } from './price-response.ts';

/** Observed against predicted tokens, the distribution over the sample with its tail, and spending against price, of one model. */
export const fitPictures = (
  calibration: Calibration,
  fit: FittedModel,
  predicted: PredictedTokens,
): readonly Picture[] => {
  const { name } = calibration.panel.models[fit.model]!;
  const place = calibration.models.indexOf(fit) + 1;
  const named = (what: string, title: string, caption: string) => ({
    name: `${what}-${place}`,
    title: `${title}, ${name}`,
    caption,
  });
  const { valueAndScale: both } = fit;
  return [
    customersPicture(
      named(
        'tokens',
        'Observed against predicted tokens',
        `Mean tokens a month of ${predicted.customers.length} customers, all inputs together, beside what their lasting types make of the prices that they faced. On the line both are equal.`,
      ),
      predicted,
    ),
    monthsPicture(
      named(
        'months',
        'Tokens by month',
        'Tokens of all customers together by month, as they were and as the fit has them.',
      ),
      predicted,
    ),
    ...quantityPictures(fit.theta, 'θ', (what, title, caption) => named(`theta-${what}`, title, caption)),
    ...(both === undefined
      ? []
      : [
          ...quantityPictures(both.value, 'value w', (what, title, caption) =>
            named(`value-${what}`, title, caption),
          ),
          ...quantityPictures({ ...both.scale }, 'requests a month', (what, title, caption) =>
            named(`scale-${what}`, title, caption),
          ),
        ]),
    pricesPicture(
      named(
        'prices',
        'Spending against price',
        `Spending on tasks of the same customers at each price that they faced, both relative to their means${calibration.shocks === undefined ? '' : ' and without what months added for all'}; a point is a stretch of unchanged prices, larger with more rows. The line has the slope that the degree gives, −σ/(1 − σ).`,
      ),
      calibration,
      fit,
    ),
  ];
};

type Words = Pick<Picture, 'name' | 'title' | 'caption'>;

const logAxis = (field: string, title: string): object => ({
  field,
  type: 'quantitative',
  scale: { type: 'log', nice: false },
  axis: { title, grid: false, format: '~g', labelOverlap: true, tickCount: 6 },
});

const customersPicture = (words: Words, { customers }: PredictedTokens): Picture => {
  const points = customers.filter(({ observed, predicted }) => observed > 0 && predicted > 0);
  const all = points.flatMap(({ observed, predicted }) => [observed, predicted]);
  const ends = [Math.min(...all), Math.max(...all)];
  return pictureOf(
    words,
    { points: points as unknown as Row[], line: ends.map((x) => ({ predicted: x, observed: x })) },
    {
      ...frame,
      encoding: {
        x: logAxis('predicted', 'predicted, million tokens a month'),
        y: logAxis('observed', 'observed'),
      },
      layer: [
        {
          data: { name: 'points' },
          mark: { type: 'circle', size: 12, opacity: 0.4, color: colours.blue },
        },
        { data: { name: 'line' }, mark: { type: 'line', color: colours.vermillion, strokeWidth: 1.5 } },
      ],
    },
  );
};

const monthsPicture = (words: Words, { months }: PredictedTokens): Picture =>
  pictureOf(
    words,
    {
      months: months.flatMap(({ month, input, observed, predicted }) => [
        { month, input, kind: 'observed', tokens: observed },
        { month, input, kind: 'predicted', tokens: predicted },
      ]),
    },
    {
      ...frame,
      data: { name: 'months' },
      encoding: {
        x: {
          field: 'month',
          type: 'ordinal',
          axis: { title: null, labelAngle: -45, labelOverlap: true },
        },
        y: {
          field: 'tokens',
          type: 'quantitative',
          axis: { title: 'million tokens', tickCount: 5, format: '~s' },
        },
        color: {
          field: 'input',
          type: 'nominal',
          sort: null,
          scale: { range: [colours.blue, colours.orange, colours.green, colours.purple] },
          legend: { title: null },
        },
        strokeDash: {
          field: 'kind',
          type: 'nominal',
          sort: null,
          scale: {
            range: [
              [1, 0],
              [4, 3],
            ],
          },
          legend: { title: null, symbolType: 'stroke', symbolSize: 250 },
        },
      },
      layer: [{ mark: { type: 'line', strokeWidth: 1.8 } }],
    },
  );

const BINS = 40;
const POINTS = 160;
const MOST_STEPS = 400;
/** The largest customers are all shown. */
const MOST_LAST = 30;

/** The density over a histogram, and on logarithmic axes the share of customers above a type: a Pareto tail is a straight line there. */
const quantityPictures = (
  { lasting, types, highest }: FittedQuantity,
  symbol: string,
  named: (what: string, title: string, caption: string) => Words,
): readonly Picture[] => {
  const { mean, counts, noise } = lasting;
  const { density } = types.chosen;
  const sorted = Float64Array.from(mean).sort();
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  const width = Math.max((high - low) / BINS, 1e-9);
  const bins = Array.from({ length: BINS }, () => 0);
  for (const x of mean) bins[Math.min(BINS - 1, Math.floor((x - low) / width))]!++;
  const usual = counts.reduce((a, b) => a + b, 0) / counts.length;
  const v = noise > 0 ? noise / usual : 0;
  const histogram = bins.map((count, k) => ({
    from: Math.exp(low + k * width),
    to: Math.exp(low + (k + 1) * width),
    density: count / (mean.length * width),
    zero: 0,
  }));
  const curve = Array.from({ length: POINTS + 1 }, (_, k) => {
    const x = low - width + ((high - low + 4 * width) * k) / POINTS;
    return { type: Math.exp(x), density: noisyDensityAt(density, x, v) };
  });
  const { tail } = density;
  const mark = tail === undefined ? [] : [{ type: Math.exp(tail.from) }];
  const tailWords = tail === undefined ? '' : ' The dotted line is where the Pareto tail begins.';
  const end = high + Math.max(1, 0.25 * (high - low));
  const above = Array.from({ length: POINTS + 1 }, (_, k) => {
    const x = low + ((end - low) * k) / POINTS;
    return { type: Math.exp(x), share: massAbove(density, x) };
  }).filter(({ share }) => share > 0.02 / mean.length);
  const step = Math.ceil(sorted.length / MOST_STEPS);
  // Of a million customers few become points: the others are not even made.
  const sample: Row[] = [];
  for (let k = 0; k < sorted.length; k += k < sorted.length - MOST_LAST ? step : 1)
    sample.push({ type: Math.exp(sorted[k]!), share: 1 - (k + 0.5) / sorted.length });
  return [
    pictureOf(
      named(
        'density',
        `Distribution of ${symbol}`,
        `The lasting ${symbol} of ${mean.length} customers (bars), and the fitted distribution with the noise of as many months (line), per unit of the logarithm.${tailWords}`,
      ),
      { histogram, curve, mark },
      {
        ...frame,
        layer: [
          {
            data: { name: 'histogram' },
            mark: { type: 'rect', color: colours.skyBlue, opacity: 0.55 },
            encoding: {
              x: logAxis('from', symbol),
              x2: { field: 'to' },
              y: { field: 'density', type: 'quantitative', axis: { title: 'density', tickCount: 4 } },
              y2: { field: 'zero' },
            },
          },
          {
            data: { name: 'curve' },
            mark: { type: 'line', color: colours.blue, strokeWidth: 2 },
            encoding: {
              x: logAxis('type', symbol),
              y: { field: 'density', type: 'quantitative' },
            },
          },
          rule(symbol),
        ],
      },
    ),
    pictureOf(
      named(
        'tail',
        `Tail of ${symbol}`,
        `Share of customers above a type, on logarithmic axes: the customers (points) and the fit (line), which goes on beyond the largest customer at ${Number(Math.exp(highest).toPrecision(4))}.${tailWords}`,
      ),
      { sample, above, mark },
      {
        ...frame,
        layer: [
          {
            data: { name: 'sample' },
            mark: { type: 'circle', size: 14, color: colours.skyBlue, opacity: 1 },
            encoding: { x: logAxis('type', symbol), y: logAxis('share', 'share of customers above') },
          },
          {
            data: { name: 'above' },
            mark: { type: 'line', color: colours.blue, strokeWidth: 2 },
            encoding: { x: logAxis('type', symbol), y: logAxis('share', 'share of customers above') },
          },
          rule(symbol),
        ],
      },
    ),
  ];
};

const rule = (symbol: string): object => ({
  data: { name: 'mark' },
  mark: { type: 'rule', strokeDash: [2, 3], color: colours.black },
  encoding: { x: logAxis('type', symbol) },
});

const pricesPicture = (words: Words, calibration: Calibration, fit: FittedModel): Picture => {
  const points = priceResponse(calibration, fit);
  const slope = -fit.degree / (1 - fit.degree);
  const prices = points.map(({ price }) => price);
  const ends = [Math.min(...prices, 0) - 0.02, Math.max(...prices, 0) + 0.02];
  return pictureOf(
    words,
    {
      points: points.map(({ price, spending, cells }) => ({
        price: Math.exp(price),
        spending: Math.exp(spending),
        cells,
      })),
      line: ends.map((price) => ({ price: Math.exp(price), spending: Math.exp(slope * price) })),
    },
    {
      ...frame,
      layer: [
        {
          data: { name: 'line' },
          mark: { type: 'line', color: colours.vermillion, strokeWidth: 1.5 },
          encoding: {
            x: logAxis('price', 'price index, relative'),
            y: logAxis('spending', 'spending, relative'),
          },
        },
        {
          data: { name: 'points' },
          mark: { type: 'circle', color: colours.blue, opacity: 0.9 },
          encoding: {
            x: logAxis('price', 'price index, relative'),
            y: logAxis('spending', 'spending, relative'),
            size: { field: 'cells', type: 'quantitative', scale: { range: [40, 240] }, legend: null },
          },
        },
      ],
    },
  );
};
