import {
  type Customers,
  customersIn,
  type EvaluatedMenu,
  type Evaluation,
  evaluatingMenu,
  formatInputError,
  type GivenContent,
  type MenuDocument as Menu,
  type MenuTable,
  type OpenPlans,
  prepareStudy,
  readPlans,
  requireOptions,
} from '@menusmith/app/portable';
import { InputError } from '@menusmith/core';
import { type RunOptions, runSteps } from './run-steps.ts';
import { locatedSteps } from './solve.ts';
import { type Made, onStudy, openedStudy, provenanceFor, type Study } from './study.ts';

/** A customer by her id and her type: the index θ, or value and scale. */
export type Customer = {
  /** As the table of what becomes of customers repeats it. */
  readonly id: string;
} & (
  | {
      /** θ, the representative type. */
      readonly theta: number;
    }
  | {
      /** Value of a unit of quality on a task. */
      readonly value: number;
      /** Share of tasks that she has, in [0, 1]. */
      readonly scale: number;
    }
);

/** The menu that is evaluated, and what it is held against. */
export interface EvaluateOptions extends RunOptions<EvaluatedMenu> {
  /** The menu that is evaluated, in the units that the study declares. */
  readonly menu: Menu;
  /** The menu that this one is held against: today's. */
  readonly against?: Menu | undefined;
  /** Customers who are known one by one: all by θ, or all by value and scale. */
  readonly customers?: readonly Customer[] | undefined;
  /** The one scale of all buyers. */
  readonly scale?: number | undefined;
}

/**
 * What a menu earns when buyers choose plan and tokens freely, and what changes where it takes another's place: what `menusmith evaluate --json` prints, and with
 * customers the rows of `migration.csv`.
 *
 * Rejects with InputError where a menu does not fit the study, and with the signal's reason once that is aborted.
 */
export const evaluate = async (
  study: Study,
  options: EvaluateOptions,
): Promise<
  Evaluation &
    Made & {
      /** What each customer takes and pays before and after, one row a customer. */
      readonly migration?: MenuTable;
    }
> => {
  const { study: solvable } = openedStudy(study);
  requireOptions('evaluate', options);
  const { menu, against, customers, scale, ...running } = options;
  const asked = {
    menu: plansFor(study, menu, 'menu'),
    ...(against === undefined ? {} : { against: plansFor(study, against, 'against') }),
    ...(scale === undefined ? {} : { scale }),
    ...(customers === undefined ? {} : { customers: customersOf(study, customers) }),
  };
  await prepareStudy(solvable);
  const steps = onStudy(study, () => evaluatingMenu(solvable, asked));
  const { evaluation, migration } = await runSteps(locatedSteps(study, steps), running);
  const provenance = provenanceFor(study, givenData({ menu, against, customers }));
  return { ...evaluation, ...(migration === undefined ? {} : { migration }), provenance };
};

/** Data that a command has in files, as their JSON, by the names of options. */
export const givenData = (options: Readonly<Record<string, unknown>>): readonly GivenContent[] =>
  Object.entries(options).flatMap(([path, data]) =>
    data === undefined ? [] : [{ path, text: JSON.stringify(data) }],
  );

/** The plans of a menu that was given as `name`. Throws InputError with the field. */
export const plansFor = (study: Study, menu: Menu, name: string): OpenPlans => {
  const { technology, units } = openedStudy(study).study;
  const locating = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw error instanceof InputError ? told(error.within(name)) : error;
    }
  };
  return { plans: locating(() => readPlans({ ...menu }, technology, units)), locating };
};

/** What stands in data has no line that a message could name: its path is part of the words. */
const told = (error: InputError): InputError =>
  new InputError(error.code, formatInputError(error), error.field, { cause: error.cause });

const customersOf = (study: Study, customers: readonly Customer[]): Customers => {
  const [first] = customers;
  if (first === undefined) throw new InputError('customers', 'expected at least one customer, got none');
  const columns = 'theta' in first ? ['theta'] : ['value', 'scale'];
  const rows = customers.map((customer, k) => {
    const known = customer as unknown as Readonly<Record<string, unknown>>;
    return { line: k + 1, cells: [customer.id, ...columns.map((column) => String(known[column] ?? ''))] };
  });
  const table = { file: 'customers', columns: ['customer_id', ...columns], headerLine: 0, rows };
  return onStudy(study, (solvable) => customersIn(table, solvable));
};
