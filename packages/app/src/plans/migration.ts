import type { Plan } from '@menusmith/core';
import type { MenuTable } from '../menu-table.ts';
import { outsideOfBuyers } from '../solve/outside/outside-of-buyers.ts';
import type { Study } from '../study/study.ts';
import type { Customer } from './customers.ts';
import { type BuyerChoice, planChoices } from './plan-choices.ts';
import { changesOf } from './plan-market.ts';

/** What becomes of customers who are known one by one; means over them, in the study's money. */
export interface CustomerChanges {
  /** How many customers. */
  readonly count: number;
  /** What they pay. */
  readonly bill: number;
  /** What is earned from them. */
  readonly profit: number;
  /** What they keep. */
  readonly consumerSurplus: number;
  /** The same numbers less those under the other menu. */
  readonly change: Readonly<Record<'bill' | 'profit' | 'consumerSurplus', number>>;
  /** Share of the customers whose surplus is higher. */
  readonly betterOff: number;
  /** Share of the customers whose surplus is lower. */
  readonly worseOff: number;
}

export interface MigrationOf {
  readonly changes: CustomerChanges;
  /** One row a customer, in their order, amounts in the study's money: `migration.csv`. */
  readonly table: MenuTable;
  readonly solved: boolean;
}

/** What customers take of `before`, by free choice, and of `after`; where there is no menu before, they take nothing. */
export const migrationOf = (
  study: Study,
  customers: readonly Customer[],
  before: readonly Plan[],
  after: readonly Plan[],
): MigrationOf => {
  const outside = outsideOfBuyers(study, customers);
  const [old, now] = [before, after].map((plans) =>
    planChoices(plans, study, customers, undefined, outside),
  ) as [readonly BuyerChoice[], readonly BuyerChoice[]];
  const mass = new Float64Array(customers.length).fill(1 / customers.length);
  const mean = (choices: readonly BuyerChoice[], of: (choice: BuyerChoice) => number): number =>
    choices.reduce((sum, choice) => sum + of(choice), 0) / customers.length;
  const numbers = {
    bill: ({ payment }: BuyerChoice) => payment,
    profit: profitOf,
    consumerSurplus: ({ utility }: BuyerChoice) => utility,
  };
  const meanOf = (field: keyof typeof numbers): number => mean(now, numbers[field]);
  const changeOf = (field: keyof typeof numbers): number => meanOf(field) - mean(old, numbers[field]);
  const { betterOff, worseOff } = changesOf(old, now, mass);
  return {
    changes: {
      count: customers.length,
      bill: meanOf('bill'),
      profit: meanOf('profit'),
      consumerSurplus: meanOf('consumerSurplus'),
      change: {
        bill: changeOf('bill'),
        profit: changeOf('profit'),
        consumerSurplus: changeOf('consumerSurplus'),
      },
      betterOff,
      worseOff,
    },
    table: {
      columns: [
        'customer_id',
        'from',
        'to',
        ...['bill', 'surplus', 'profit'].flatMap((name) => [`${name}_before`, `${name}_after`]),
      ],
      rows: customers.map(({ id }, n) => {
        const [was, is] = [old[n]!, now[n]!];
        const nameIn = (plans: readonly Plan[], { plan }: BuyerChoice) => plans[plan]?.name ?? null;
        return [
          id,
          nameIn(before, was),
          nameIn(after, is),
          ...[was.payment, is.payment, was.utility, is.utility, profitOf(was), profitOf(is)],
        ];
      }),
    },
    solved: [...old, ...now].every(({ solved }) => solved),
  };
};

const profitOf = ({ payment, cost }: BuyerChoice): number => payment - cost;
