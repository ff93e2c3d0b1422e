/** What a seller offers: a fee, free units of inputs, prices of what exceeds them, and the least that is spent on it. In the study's units. */
export interface Plan {
  /** Name of the plan. */
  readonly name: string;
  /** What it costs to have the plan, whatever is used. */
  readonly fee: number;
  /** Free units of each input, totals over the tasks; none of an input that is missing. */
  readonly included: Readonly<Record<string, number>>;
  /** Of what exceeds them; an input that is missing cannot be bought beyond what is included. */
  readonly prices: Readonly<Record<string, number>>;
  /** The least that is spent on usage: what is not used is forfeited. */
  readonly commitment: number;
  /** The most tasks on which the plan can be used; null without a limit. */
  readonly taskCap: number | null;
  /** The models that it gives access to; all of them where none are named. */
  readonly models?: readonly string[];
}
