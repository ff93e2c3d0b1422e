import { floats, type GrowingColumn, integers, shortIntegers } from './growing-column.ts';
import { IdentifierTable } from './identifier-table.ts';

/** No cell, no series. */
export const NONE = 0xffffffff;

/** What one customer used of one model in one month: a cell. All of them of one customer and model are a series. */
export class UsageLog {
  readonly inputs: readonly string[];
  readonly hasRequests: boolean;
  readonly models: string[] = [];
  readonly customers = new IdentifierTable();
  /** Tokens by input, and requests; one entry a cell. */
  readonly tokens: readonly GrowingColumn<Float64Array>[];
  readonly requests = floats();
  readonly month = shortIntegers();
  /** The series' next cell, of an earlier month. */
  readonly next = integers();
  /** Of the series: its customer and model, the cell of its latest month, the customer's next series. */
  readonly customerOf = integers();
  readonly modelOf = shortIntegers();
  readonly latest = integers();
  readonly nextSeries = integers();
  readonly #firstSeries = integers();

  constructor(inputs: readonly string[], hasRequests: boolean) {
    this.inputs = inputs;
    this.hasRequests = hasRequests;
    this.tokens = inputs.map(floats);
  }

  get cells(): number {
    return this.month.length;
  }

  get series(): number {
    return this.latest.length;
  }

  /** The cell of this customer, model and month, a new one with nothing in it where there was none. */
  cellOf(customer: number, model: number, month: number): number {
    const series = this.#seriesOf(customer, model);
    let before = NONE;
    let cell = this.latest.get(series);
    while (cell !== NONE && this.month.get(cell) > month) {
      before = cell;
      cell = this.next.get(cell);
    }
    if (cell !== NONE && this.month.get(cell) === month) return cell;
    const made = this.month.length;
    this.month.push(month);
    this.next.push(cell);
    for (const column of this.tokens) column.push(0);
    if (this.hasRequests) this.requests.push(0);
    if (before === NONE) this.latest.set(series, made);
    else this.next.set(before, made);
    return made;
  }

  /** Once a panel has them, months, requests and the order of cells are not asked for again: of ten million cells they take 140 MB. */
  forgetOrder(): void {
    for (const column of [this.month, this.next, this.requests]) column.clear();
  }

  #seriesOf(customer: number, model: number): number {
    while (this.#firstSeries.length <= customer) this.#firstSeries.push(NONE);
    const first = this.#firstSeries.get(customer);
    for (let series = first; series !== NONE; series = this.nextSeries.get(series))
      if (this.modelOf.get(series) === model) return series;
    const made = this.latest.length;
    this.customerOf.push(customer);
    this.modelOf.push(model);
    this.latest.push(NONE);
    this.nextSeries.push(first);
    this.#firstSeries.set(customer, made);
    return made;
  }
}
