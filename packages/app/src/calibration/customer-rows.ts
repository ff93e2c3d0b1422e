import type { Calibration } from './calibration.ts';

const CHUNK = 5000;

/** The lasting type of every customer and model as CSV, in the order in which customers come in the log; in pieces, as there may be millions. */
export function* customerRows({ usage, panel, models }: Calibration): Generator<string> {
  const hasScales = models.some(({ valueAndScale }) => valueAndScale !== undefined);
  yield `customer_id,model,theta,standard_error${hasScales ? ',value,scale' : ''}\n`;
  const places = models.map(({ theta }) => placesOf(theta.lasting.series, panel.modelOf.length));
  const scalePlaces = models.map(({ valueAndScale }) =>
    valueAndScale === undefined
      ? undefined
      : placesOf(valueAndScale.scale.lasting.series, panel.modelOf.length),
  );
  let text = '';
  let count = 0;
  for (let s = 0; s < panel.modelOf.length; s++) {
    const k = models.findIndex(({ model }) => model === panel.modelOf[s]);
    if (k < 0) continue;
    const { theta, valueAndScale, degree } = models[k]!;
    const place = places[k]![s]! - 1;
    const expected = theta.expected[place]!;
    const type = Math.exp(expected);
    const cells = [
      csvCell(usage.log.customers.text(panel.customerOf[s]!)),
      csvCell(panel.models[panel.modelOf[s]!]!.name),
      number(type),
      number(type * theta.deviation[place]!),
    ];
    if (hasScales) {
      const own = scalePlaces[k]?.[s] ?? 0;
      if (own === 0 || valueAndScale === undefined) cells.push('', '');
      else {
        const scale = valueAndScale.scale.expected[own - 1]! - valueAndScale.unit;
        cells.push(number(Math.exp(expected - (1 - degree) * scale)), number(Math.exp(scale)));
      }
    }
    text += `${cells.join(',')}\n`;
    if (++count % CHUNK === 0) {
      yield text;
      text = '';
    }
  }
  yield text;
}

/** 1 + the place of each series in the list; 0 for those that are not in it. */
const placesOf = (series: Uint32Array, count: number): Uint32Array => {
  const places = new Uint32Array(count);
  series.forEach((s, k) => {
    places[s] = k + 1;
  });
  return places;
};

const number = (x: number): string => String(Number(x.toPrecision(10)));

const csvCell = (text: string): string =>
  /[",#\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
