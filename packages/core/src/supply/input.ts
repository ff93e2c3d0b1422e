/** `task` inputs are chosen per task (x(i)); `shared` inputs serve all tasks at once (z). */
export type InputScope = 'task' | 'shared';

/** One input of production: its unit cost, and the most of it a buyer can use (∞ where there is no cap). */
export interface Input {
  readonly name: string;
  readonly scope: InputScope;
  readonly cost: number;
  readonly max: number;
  /** The model whose input it is, where there are several. */
  readonly model?: string;
}

/** The inputs' names by scope, in the order in which x and z hold them. */
export interface InputNames {
  /** In the order of x. */
  readonly task: readonly string[];
  /** In the order of z. */
  readonly shared: readonly string[];
}
