interface Column {
  /** NAME stands for that of an input or a task. */
  readonly name: string;
  readonly isOptional?: true;
  readonly meaning: string;
}

/** A table that a command reads or writes. */
export interface TableLayout {
  readonly title: string;
  /** Which command reads or writes it, and what a row is. */
  readonly what: string;
  readonly columns: readonly Column[];
}

const theta = { name: 'theta', meaning: 'θ, the representative type.' } as const;
const value = { name: 'value', meaning: 'Value of a unit of quality on every task; money.' } as const;
const scale = { name: 'scale', meaning: 'Share of tasks that she has, in [0, 1].' } as const;

export const readTables = {
  usage: {
    title: 'Log of usage',
    what: '`calibrate` reads it: a row for each customer, month and model. Several rows of one customer, month and model are added up.',
    columns: [
      { name: 'customer_id', meaning: 'The customer.' },
      { name: 'month', meaning: 'The month, as YYYY-MM.' },
      { name: 'model', isOptional: true, meaning: 'The model; without it all rows are of one.' },
      { name: 'NAME_tokens', meaning: 'Tokens of the input NAME, single ones; one column for each input.' },
      {
        name: 'requests',
        isOptional: true,
        meaning: 'Requests of the month; with them value and scale are told apart.',
      },
      { name: 'spend', isOptional: true, meaning: 'What was paid, in the currency of the prices.' },
    ],
  },
  prices: {
    title: 'List of prices by day',
    what: '`calibrate --prices` reads it: a row for each price and the day from which it stands.',
    columns: [
      { name: 'model', meaning: 'The model.' },
      { name: 'input', meaning: 'The input, as the log has it without `_tokens`.' },
      {
        name: 'from',
        isOptional: true,
        meaning:
          'The day, as YYYY-MM-DD: the price stands until the next one of its model and input. Without it prices stand always.',
      },
      { name: 'price', meaning: 'Price of a million tokens.' },
    ],
  },
  costs: {
    title: 'List of costs',
    what: '`calibrate --costs` reads it: a row for each model and input.',
    columns: [
      { name: 'model', isOptional: true, meaning: 'The model; without it costs are those of every model.' },
      { name: 'input', meaning: 'The input, as the log has it without `_tokens`.' },
      { name: 'cost', meaning: 'What a million tokens cost the seller, above 0.' },
    ],
  },
  customers: {
    title: 'Customers who are known one by one',
    what: '`evaluate --customers` reads it: a row for each customer, by `theta`, or by `value` and `scale`. `calibrate` writes such a table.',
    columns: [
      { name: 'customer_id', meaning: 'The customer; each stands in one row.' },
      theta,
      value,
      scale,
      { name: 'model', isOptional: true, meaning: 'The model; `--model` says whose rows are read.' },
    ],
  },
} as const satisfies Readonly<Record<string, TableLayout>>;

export const writtenTables = {
  customers: {
    title: '`customers.csv`',
    what: '`calibrate --out` writes it: a row for each customer and model. `value` and `scale` are there where the log has requests.',
    columns: [
      { name: 'customer_id', meaning: 'The customer.' },
      { name: 'model', meaning: 'The model.' },
      { name: 'theta', meaning: 'Her lasting type θ, as expected from the log.' },
      { name: 'standard_error', meaning: 'Its standard error.' },
      { ...value, isOptional: true },
      { ...scale, isOptional: true },
    ],
  },
  migration: {
    title: '`migration.csv`',
    what: '`evaluate --customers --out` writes it: a row for each customer, in the order of the table that was given; money of the study. What was before is the menu of `--against`, or none.',
    columns: [
      { name: 'customer_id', meaning: 'The customer.' },
      { name: 'from', meaning: 'The plan before; empty for none.' },
      { name: 'to', meaning: 'The plan after; empty for none.' },
      { name: 'bill_before', meaning: 'What she paid.' },
      { name: 'bill_after', meaning: 'What she pays.' },
      { name: 'surplus_before', meaning: 'Her surplus before.' },
      { name: 'surplus_after', meaning: 'Her surplus after.' },
      { name: 'profit_before', meaning: 'What she earned the seller.' },
      { name: 'profit_after', meaning: 'What she earns the seller.' },
    ],
  },
  plans: {
    title: '`plans.csv`',
    what: '`evaluate --out` writes it: a row for each plan, means over all buyers; money of the study.',
    columns: [
      { name: 'menu', meaning: '`this`, or `other` for the menu of `--against`.' },
      { name: 'name', meaning: 'Name of the plan.' },
      { name: 'share', meaning: 'Share of the buyers who take it.' },
      { name: 'profit', meaning: 'Its part of the profit.' },
      { name: 'revenue', meaning: 'Its part of the revenue.' },
      { name: 'cost', meaning: 'Its part of the cost.' },
      { name: 'consumerSurplus', meaning: 'What it leaves to those who take it.' },
      { name: 'total NAME', meaning: 'Units of the input NAME that they use.' },
    ],
  },
} as const satisfies Readonly<Record<string, TableLayout>>;
