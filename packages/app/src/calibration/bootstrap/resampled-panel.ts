import type { Panel } from '../estimate/panel.ts';

/** Series of a panel by customer: those of the k-th customer with some are series[starts[k]] to series[starts[k + 1]]. */
export interface CustomerSeries {
  readonly starts: Uint32Array;
  readonly series: Uint32Array;
}

export const customerSeries = ({ customerOf }: Panel): CustomerSeries => {
  const order = Uint32Array.from(customerOf.keys()).sort((a, b) => customerOf[a]! - customerOf[b]! || a - b);
  const starts = [0];
  for (let k = 1; k < order.length; k++)
    if (customerOf[order[k]!] !== customerOf[order[k - 1]!]) starts.push(k);
  return { starts: Uint32Array.from([...starts, order.length]), series: order };
};

/** The panel of these customers, by their place, each as often as it is named; every naming is a customer of her own. */
export const resampledPanel = (
  panel: Panel,
  { starts, series }: CustomerSeries,
  picks: Uint32Array,
): Panel => {
  let [rows, cells] = [0, 0];
  for (const pick of picks)
    for (let k = starts[pick]!; k < starts[pick + 1]!; k++) {
      const s = series[k]!;
      rows++;
      cells += panel.offsets[s + 1]! - panel.offsets[s]!;
    }
  const made = {
    offsets: new Uint32Array(rows + 1),
    customerOf: new Uint32Array(rows),
    modelOf: new Uint16Array(rows),
    month: new Uint16Array(cells),
    logSpending: new Float64Array(cells),
    lift: panel.lift && new Float64Array(cells),
    source: new Uint32Array(cells),
  };
  let [row, at] = [0, 0];
  picks.forEach((pick, customer) => {
    for (let k = starts[pick]!; k < starts[pick + 1]!; k++) {
      const s = series[k]!;
      const [from, to] = [panel.offsets[s]!, panel.offsets[s + 1]!];
      for (const name of ['month', 'logSpending', 'lift', 'source'] as const) {
        const column = panel[name];
        if (column !== undefined) made[name]!.set(column.subarray(from, to), at);
      }
      made.customerOf[row] = customer;
      made.modelOf[row] = panel.modelOf[s]!;
      at += to - from;
      made.offsets[++row] = at;
    }
  });
  return { ...panel, ...made, logRequests: undefined };
};
