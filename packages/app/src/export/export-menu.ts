import { InputError } from '@menusmith/core';
import { menuCsv } from '../menu-table.ts';
import type { OpenMenu } from '../plans/open-menu.ts';
import { shortened } from '../study/describe-value.ts';
import type { ApiCall, Exported } from './api-call.ts';
import { type BilledMenu, billedMenu } from './billed-menu.ts';
import { lagoCalls } from './lago.ts';
import type { OpenMetrics } from './open-metrics.ts';
import { openMeterCalls } from './openmeter.ts';
import { plansTable } from './plans-table.ts';
import { stripeCalls } from './stripe.ts';

export type ExportTarget = 'lago' | 'stripe' | 'openmeter' | 'csv';

/** Beside the menu. */
export interface ExportOptions {
  readonly to: ExportTarget;
  /** Tokens to a unit of the menu. */
  readonly per: number;
  readonly metrics?: OpenMetrics;
  /** In place of what the menu does not say, as one of a study without units does not. */
  readonly currency?: string;
  readonly period?: string;
  /** Whether something else holds use back where the billing system cannot say it. */
  readonly isEnforcing: boolean;
}

/** A file of an export, with the call that sends it; null for those that nobody sends. */
interface ExportedFile {
  readonly name: string;
  readonly call: Pick<ApiCall, 'method' | 'path'> | null;
  /** A text, or the data of a file of JSON. */
  readonly content: string | object;
}

export interface ExportResult {
  /** In the order in which they are sent. */
  readonly files: readonly ExportedFile[];
  readonly notes: readonly string[];
}

const systems: Readonly<
  Record<Exclude<ExportTarget, 'csv'>, (menu: BilledMenu, isEnforcing: boolean) => Exported>
> = { lago: lagoCalls, stripe: stripeCalls, openmeter: openMeterCalls };

/** The menu as files for a billing system, or as a table. Throws InputError with file and place for what cannot be said. */
export const exportMenu = (
  { menu: asWritten, locating }: OpenMenu,
  { to, per, metrics, currency, period, isEnforcing }: ExportOptions,
): ExportResult => {
  const menu = locating(() => ({
    ...asWritten,
    currency: saidOnce(asWritten, 'currency', currency),
    period: saidOnce(asWritten, 'period', period),
  }));
  if (to === 'csv') {
    const content = locating(() => menuCsv(plansTable(menu, per)));
    const notes = metrics === undefined ? [] : ['A table names no metrics: --metrics does not count.'];
    return { files: [{ name: PLANS_FILE, call: null, content }], notes };
  }
  const ids = metrics?.ids;
  const billed = locating(() => billedMenu(menu, { per, ...(ids === undefined ? {} : { metrics: ids }) }));
  metrics?.require(
    billed.inputs
      .filter((input) => billed.plans.some(({ charges }) => charges.some((own) => own.input === input)))
      .map(({ name }) => name),
  );
  const { calls, notes } = locating(() => systems[to](billed, isEnforcing));
  const digits = String(calls.length).length;
  const files = calls.map(
    ({ file, method, path, body }, k): ExportedFile => ({
      name: `${String(k + 1).padStart(Math.max(2, digits), '0')}-${file}.json`,
      call: { method, path },
      content: body,
    }),
  );
  return { files, notes };
};

/** What the menu or its user says; throws InputError where they say different things. */
const saidOnce = (
  menu: OpenMenu['menu'],
  field: 'currency' | 'period',
  given: string | undefined,
): string | undefined => {
  const own = menu[field];
  if (own === undefined || given === undefined || own === given) return own ?? given;
  throw new InputError(
    field,
    `expected --${field} ${shortened(own)}, or none, as the menu says it; got ${shortened(given)}`,
    [field],
  );
};

const PLANS_FILE = 'plans.csv';

/** Whether a file in the directory is of an export: those of an earlier one are not to be sent with those of this one. */
export const isExportedFile = (name: string): boolean =>
  name === PLANS_FILE ||
  /^\d{2,}-(?:metric|meter|feature|plan|product|price|entitlements)-[a-z0-9_]+(?:-[a-z0-9_]+)?\.json$/.test(
    name,
  );
