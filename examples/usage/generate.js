/*
 * A log of usage as a seller of tokens has one, from known demand: `node examples/usage/generate.js` writes usage.csv, prices.csv and costs.csv beside
 * itself, the same every time. Tests and benchmarks draw logs from `usageLog` with other numbers, and hold what `menusmith calibrate` finds against them.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Numbers in (0, 1) from a seed (Steele and Vigna's mulberry32). */
export const randomNumbers = (seed) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z ^= z + Math.imul(z ^ (z >>> 7), 61 | z);
    return (((z ^ (z >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
};

/** A standard normal number (Box and Muller). */
export const normal = (random) => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

const PER = 1e6;

/** What a buyer of type θ spends on tasks at these prices, and her fine-tuning, in millions of tokens: U = θ Π x^e (1 + z)^γ − px − p_z z. */
export const demand = (theta, exponents, prices, tuning) => {
  const entries = Object.entries(exponents);
  const degree = entries.reduce((sum, [, e]) => sum + e, 0);
  const made = entries.reduce((product, [input, e]) => product * (e / prices[input]) ** e, theta);
  /** θ Q */
  let worth = made ** (1 / (1 - degree));
  let tuned = 0;
  if (tuning !== undefined) {
    const { exponent, price } = tuning;
    const all = (made * (exponent / price) ** exponent) ** (1 / (1 - degree - exponent));
    if ((exponent * all) / price > 1) {
      worth = all;
      tuned = (exponent * all) / price - 1;
    }
  }
  return {
    tokens: Object.fromEntries(entries.map(([input, e]) => [input, (e * worth) / prices[input]])),
    tuned,
  };
};

/** The price that stands in month t, of a list of [month, price]. */
const priceIn = (changes, t) => changes.findLast(([from]) => from <= t)[1];

const monthText = (t) => `${2025 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}`;

/**
 * Rows of a log, with the truth beside them.
 *
 * `models` have a name, exponents by task input, prices by input as lists of [month, price], costs, the share of customers who use it, and maybe `tuning`,
 * the exponent of fine-tuning. `type(random)` draws log θ, `noise` is the standard deviation of a month's around it, `season(t)` is added in month t,
 * `idle` the chance of a month without use, `mix` how far customers' shares of inputs differ, `requests` whether there is such a column.
 */
export const usageLog = ({
  seed,
  customers,
  months,
  models,
  type = (random) => normal(random),
  noise = 0.25,
  season = () => 0,
  idle = 0,
  mix = 0,
  requests = false,
}) => {
  const random = randomNumbers(seed);
  const inputs = Object.keys(models[0].exponents);
  const hasTuning = models.some(({ tuning }) => tuning !== undefined);
  const columns = [
    'customer_id',
    'month',
    'model',
    ...(requests ? ['requests'] : []),
    ...inputs.map((input) => `${input}_tokens`),
    ...(hasTuning ? ['fine_tune_tokens'] : []),
    'spend',
  ];
  const rows = [columns.join(',')];
  const truth = [];
  for (let i = 0; i < customers; i++) {
    const id = `c${String(i + 1).padStart(5, '0')}`;
    const theta = type(random);
    const scale = requests ? 6 + 1.2 * normal(random) : 0;
    const tilt = mix * normal(random);
    for (const model of models) {
      if (random() > (model.share ?? 1)) continue;
      const own = theta + (model.better ?? 0);
      truth.push({ id, model: model.name, theta: Math.exp(own), requests: Math.exp(scale) });
      for (let t = 0; t < months; t++) {
        const isIdle = random() < idle;
        const drawn = Math.exp(own + noise * normal(random) + season(t));
        const calls = Math.round(Math.exp(scale + 0.1 * normal(random)));
        const prices = Object.fromEntries(inputs.map((input) => [input, priceIn(model.prices[input], t)]));
        const tuningPrice = model.tuning === undefined ? 0 : priceIn(model.prices.fine_tune, t);
        const { tokens, tuned } = isIdle
          ? { tokens: {}, tuned: 0 }
          : demand(
              drawn,
              model.exponents,
              prices,
              model.tuning === undefined ? undefined : { exponent: model.tuning, price: tuningPrice },
            );
        const counts = inputs.map((input, j) =>
          Math.round(PER * (tokens[input] ?? 0) * Math.exp(j === 0 ? tilt : -tilt)),
        );
        const tuning = Math.round(PER * tuned);
        const spend = inputs.reduce((sum, input, j) => sum + (counts[j] * prices[input]) / PER, 0);
        const cells = [
          id,
          monthText(t),
          model.name,
          ...(requests ? [isIdle ? 0 : Math.max(1, calls)] : []),
          ...counts,
          ...(hasTuning ? [tuning] : []),
          (spend + (tuning * tuningPrice) / PER).toFixed(2),
        ];
        rows.push(cells.join(','));
      }
    }
  }
  return { usage: `${rows.join('\n')}\n`, prices: priceLines(models), costs: costLines(models), truth };
};

const priceLines = (models) => {
  const rows = models.flatMap(({ name, prices }) =>
    Object.entries(prices).flatMap(([input, changes]) =>
      changes.map(([t, price]) => `${name},${input},${monthText(t)}-01,${price}`),
    ),
  );
  return `model,input,from,price\n${rows.join('\n')}\n`;
};

const costLines = (models) => {
  const rows = models.flatMap(({ name, costs }) =>
    Object.entries(costs).map(([input, cost]) => `${name},${input},${cost}`),
  );
  return `model,input,cost\n${rows.join('\n')}\n`;
};

/** Two models whose prices change at different times; customers grow through the year, and a twentieth have a tail above the rest. */
export const example = {
  seed: 2025,
  customers: 240,
  months: 8,
  noise: 0.2,
  idle: 0.05,
  season: (t) => 0.02 * t,
  type: (random) => 2.2 + 0.7 * normal(random) + (random() < 0.08 ? -Math.log(random()) / 3 : 0),
  models: [
    {
      name: 'large',
      exponents: { input: 0.2, output: 0.3 },
      prices: {
        input: [
          [0, 3],
          [3, 2.5],
          [6, 2],
        ],
        output: [
          [0, 15],
          [3, 12.5],
          [6, 10],
        ],
      },
      costs: { input: 1, output: 5 },
    },
    {
      name: 'small',
      share: 0.6,
      better: -1,
      exponents: { input: 0.25, output: 0.25 },
      prices: {
        input: [
          [0, 0.5],
          [5, 0.4],
        ],
        output: [
          [0, 2],
          [5, 1.6],
        ],
      },
      costs: { input: 0.2, output: 0.8 },
    },
  ],
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { usage, prices, costs } = usageLog(example);
  for (const [name, text] of Object.entries({ usage, prices, costs }))
    writeFileSync(new URL(`${name}.csv`, import.meta.url), text);
}
