import type { ReadUsage } from '../usage/read-usage.ts';
import { NONE, type UsageLog } from '../usage/usage-log.ts';

/** A model of the log as it is fitted. */
interface PanelModel {
  readonly name: string;
  /** Inputs of a task that its customers use, by their place in the log. */
  readonly tasks: readonly number[];
  /** Fine-tuning tokens, where some are used. */
  readonly shared: number | undefined;
  /** By month of the panel: the price of each input of the log. */
  readonly prices: readonly Float64Array[];
  /** Money spent on it, fine-tuning included. */
  readonly spent: number;
  /** Months with spending on tasks, of all customers: cells. */
  readonly cells: number;
}

/**
 * What customers spent, month by month: the log without the months in which they used nothing, in the order of series (a customer and model) and months.
 *
 * Series i has the cells from offsets[i] to offsets[i + 1].
 */
export interface Panel {
  readonly models: readonly PanelModel[];
  readonly inputs: readonly string[];
  /** Of month 0, counted from January 1970. */
  readonly firstMonth: number;
  readonly months: number;
  readonly offsets: Uint32Array;
  readonly customerOf: Uint32Array;
  readonly modelOf: Uint16Array;
  readonly month: Uint16Array;
  /** log E: spending on tasks. */
  readonly logSpending: Float64Array;
  /** log(b + Z), b being 1 unit of fine-tuning; undefined where nobody fine-tunes. */
  readonly lift: Float64Array | undefined;
  /** log of requests, NaN where there are none; undefined where the log has no such column. */
  readonly logRequests: Float64Array | undefined;
  /** The cell of the log. */
  readonly source: Uint32Array;
  /** Cells with fine-tuning alone, which are left out. */
  readonly withoutTasks: number;
  /** Customers of the log who used nothing that has a price. */
  readonly neverActive: number;
}

/** Tokens of the log in a unit of a study's input. */
export const PER = 1e6;

/** What is bought once for all tasks: the log's names for it. */
const isShared = (input: string): boolean => /^(?:fine_?tun(?:e|ing)|training)$/i.test(input);

export const panelOf = ({ log, prices }: ReadUsage): Panel => {
  const [firstMonth, lastMonth] = monthRange(log);
  const months = lastMonth - firstMonth + 1;
  const models = log.models.map((name) => ({
    name,
    prices: Array.from({ length: months }, (_, t) => prices(name, firstMonth + t).prices),
  }));
  const { used, active, series, spent, counts } = totals(log, models, firstMonth);
  const shared = log.inputs.findIndex(isShared);
  const offsets = new Uint32Array(series + 1);
  const panel = {
    inputs: log.inputs,
    firstMonth,
    months,
    offsets,
    customerOf: new Uint32Array(series),
    modelOf: new Uint16Array(series),
    month: new Uint16Array(active),
    logSpending: new Float64Array(active),
    lift: shared >= 0 && used.some((own) => own[shared]) ? new Float64Array(active) : undefined,
    logRequests: log.hasRequests ? new Float64Array(active) : undefined,
    source: new Uint32Array(active),
  };
  const kept = log.models.flatMap((_, m) => (counts[m]! > 0 ? [m] : []));
  const isSeen = new Uint8Array(log.customers.count);
  let [at, row, withoutTasks] = [0, 0, 0];
  for (let s = 0; s < log.series; s++) {
    const m = log.modelOf.get(s);
    const own = models[m]!.prices;
    const start = at;
    for (let cell = log.latest.get(s); cell !== NONE; cell = log.next.get(cell)) {
      const t = log.month.get(cell) - firstMonth;
      const spending = taskSpending(log, cell, own[t]!, shared);
      if (!(spending > 0)) {
        if (shared >= 0 && log.tokens[shared]!.get(cell) > 0) withoutTasks++;
        continue;
      }
      panel.month[at] = t;
      panel.logSpending[at] = Math.log(spending);
      if (panel.lift !== undefined) panel.lift[at] = Math.log1p(log.tokens[shared]!.get(cell) / PER);
      if (panel.logRequests !== undefined) {
        const requests = log.requests.get(cell);
        panel.logRequests[at] = requests > 0 ? Math.log(requests) : Number.NaN;
      }
      panel.source[at] = cell;
      at++;
    }
    if (at === start) continue;
    reverse(panel, start, at);
    isSeen[log.customerOf.get(s)] = 1;
    panel.customerOf[row] = log.customerOf.get(s);
    panel.modelOf[row] = kept.indexOf(m);
    offsets[++row] = at;
  }
  return {
    ...panel,
    models: kept.map((m) => ({
      name: log.models[m]!,
      tasks: log.inputs.flatMap((_, j) => (j !== shared && used[m]![j] ? [j] : [])),
      shared: shared >= 0 && used[m]![shared] ? shared : undefined,
      prices: models[m]!.prices,
      spent: spent[m]!,
      cells: counts[m]!,
    })),
    withoutTasks,
    neverActive: isSeen.reduce((count, seen) => count + 1 - seen, 0),
  };
};

const monthRange = ({ month, cells }: UsageLog): readonly [number, number] => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let cell = 0; cell < cells; cell++) {
    const at = month.get(cell);
    if (at < first) first = at;
    if (at > last) last = at;
  }
  return cells === 0 ? [0, -1] : [first, last];
};

const taskSpending = ({ tokens }: UsageLog, cell: number, prices: Float64Array, shared: number): number => {
  let spending = 0;
  for (let j = 0; j < tokens.length; j++) {
    if (j === shared) continue;
    const amount = tokens[j]!.get(cell);
    if (amount > 0) spending += (amount * prices[j]!) / PER;
  }
  return spending;
};

/** Which inputs each model's customers use, how many cells and series have spending on tasks, and money spent by model. */
const totals = (
  log: UsageLog,
  models: readonly { readonly prices: readonly Float64Array[] }[],
  firstMonth: number,
) => {
  const shared = log.inputs.findIndex(isShared);
  const used = models.map(() => log.inputs.map(() => false));
  const spent = models.map(() => 0);
  const counts = models.map(() => 0);
  let [active, series] = [0, 0];
  for (let s = 0; s < log.series; s++) {
    const m = log.modelOf.get(s);
    const before = active;
    for (let cell = log.latest.get(s); cell !== NONE; cell = log.next.get(cell)) {
      const prices = models[m]!.prices[log.month.get(cell) - firstMonth]!;
      const spending = taskSpending(log, cell, prices, shared);
      if (!(spending > 0)) continue;
      active++;
      spent[m]! += spending;
      for (let j = 0; j < log.inputs.length; j++) {
        const amount = log.tokens[j]!.get(cell);
        if (amount > 0) used[m]![j] = true;
        if (j === shared && amount > 0) spent[m]! += (amount * prices[j]!) / PER;
      }
    }
    counts[m]! += active - before;
    if (active > before) series++;
  }
  return { used, active, series, spent, counts };
};

type Columns = Pick<Panel, 'month' | 'logSpending' | 'lift' | 'logRequests' | 'source'>;

/** The log has the latest month first. */
const reverse = (
  { month, logSpending, lift, logRequests, source }: Columns,
  from: number,
  to: number,
): void => {
  for (const column of [month, logSpending, lift, logRequests, source]) column?.subarray(from, to).reverse();
};
