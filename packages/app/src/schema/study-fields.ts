import { limits } from '@menusmith/core';
import { boundedNumber, INPUT_NAME } from './entry-schemas.ts';
import type { JsonSchema } from './json-schema.ts';

/** What a field of a study means, for whoever writes one in an editor, and what its values must be beside the structure. */
export interface StudyField {
  readonly doc: string;
  readonly also?: JsonSchema;
}

const positive = boundedNumber({ above: 0 });
const atLeastZero = boundedNumber({ min: 0 });
const share = boundedNumber({ min: 0, max: 1 });
const count = (least: number, most?: number): JsonSchema => ({
  type: 'integer',
  minimum: least,
  ...(most === undefined ? {} : { maximum: most }),
});
const some = { minItems: 1 };
const inputs = {
  minProperties: 1,
  maxProperties: limits.inputs.most,
  propertyNames: { pattern: INPUT_NAME },
};
const shortText = { type: 'string', maxLength: 24 };
const lineOfText = { type: 'string', pattern: '\\S' };

const technology: Readonly<Record<string, StudyField>> = {
  production: {
    doc: 'How quality is made from inputs. Needs `inputs`; `cost` or `models` may stand in its place.',
  },
  inputs: { doc: 'Every input that the production function names.', also: inputs },
  'inputs.*': { doc: 'An input.' },
  'inputs.*.scope': {
    doc: 'task: bought for each task; shared: bought once and used on all of a buyer’s tasks.',
  },
  'inputs.*.cost': { doc: 'Cost of a unit, in the study’s money.', also: positive },
  'inputs.*.max': {
    doc: 'The most of a shared input that a buyer can use, in units of the input; no limit where it is left out.',
    also: positive,
  },
  cost: { doc: 'Cost of a task’s quality outright, in place of `production` and `inputs`.' },
  models: {
    doc: 'Several models to choose among, each with production and inputs of its own.',
    also: { minItems: 1, maxItems: limits.models.most },
  },
  'models[].name': { doc: 'No two models have the same name.' },
  'models[].production': { doc: 'How this model makes quality from inputs.' },
  'models[].inputs': { doc: 'Every input that the model’s production function names.', also: inputs },
  'models[].inputs.*': { doc: 'An input.' },
  'models[].inputs.*.scope': { doc: 'task: bought for each task; shared: bought once.' },
  'models[].inputs.*.cost': { doc: 'Cost of a unit, in the study’s money.', also: positive },
  'models[].inputs.*.max': {
    doc: 'The most of a shared input that a buyer can use, in units of the input; no limit where it is left out.',
    also: positive,
  },
};

const buyers: Readonly<Record<string, StudyField>> = {
  buyers: { doc: 'Whom the menu is for.' },
  'buyers/value-scale.kind': {
    doc: 'Buyers with a value per task and a scale, the share of tasks they have.',
  },
  'buyers/value-scale.value': { doc: 'Distribution of values, money for a unit of quality on every task.' },
  'buyers/value-scale.scale': { doc: 'Distribution of scales, within [0, 1].' },
  'buyers/value-scale.dependence': { doc: 'Copula of value and scale; independent where it is left out.' },
  'buyers/value-scale.grid': {
    doc: 'A grid of buyers to solve on, in place of the continuous ones. Just this grid is then solved, whatever the tolerance; where it is left out and one is needed, the solver refines its own until the gap is within `solver.tolerance`.',
  },
  'buyers/value-scale.grid.values': { doc: 'How many values.', also: count(2) },
  'buyers/value-scale.grid.scales': { doc: 'How many scales.', also: count(2) },
  'buyers/representative.kind': { doc: 'Buyers who differ in one number, their type.' },
  'buyers/representative.type': { doc: 'Distribution of types; or `types`.' },
  'buyers/representative.types': { doc: 'A list of types; or `type`.', also: some },
  'buyers/representative.types[].name': { doc: 'What the type is called.' },
  'buyers/representative.types[].value': {
    doc: 'The type θ, money for a unit of quality.',
    also: atLeastZero,
  },
  'buyers/representative.types[].mass': {
    doc: 'How many of the buyers are of this type; masses are normalised.',
    also: atLeastZero,
  },
  'buyers/value-scale-grid.kind': { doc: 'Buyers on a grid of values and scales.' },
  'buyers/value-scale-grid.values': {
    doc: 'Values, ascending; money for a unit of quality.',
    also: { minItems: 1, items: atLeastZero },
  },
  'buyers/value-scale-grid.scales': {
    doc: 'Scales, ascending, within [0, 1].',
    also: { minItems: 1, items: share },
  },
  'buyers/value-scale-grid.mass': {
    doc: 'A row for each value, with a mass for each scale.',
    also: { minItems: 1, items: { type: 'array', minItems: 1, items: atLeastZero } },
  },
  'buyers/profiles.kind': { doc: 'Types with a value for every task.' },
  'buyers/profiles.tasks': { doc: 'Where tasks are looked at; 64 nodes where it is left out.' },
  'buyers/profiles.tasks.nodes': {
    doc: 'How many Gauss–Legendre nodes on [0, 1]; 64 where it is left out.',
    also: count(1, 512),
  },
  'buyers/profiles.tasks.weights': {
    doc: 'A weight for each task, in place of nodes; utility is the sum over tasks with these weights.',
    also: { minItems: 1, maxItems: limits.tasks.most, items: positive },
  },
  'buyers/profiles.tasks.names': { doc: 'A name for each task of `weights`.' },
  'buyers/profiles.types': { doc: 'The types.', also: some },
  'buyers/profiles.types[].name': { doc: 'What the type is called.' },
  'buyers/profiles.types[].mass': {
    doc: 'How many of the buyers are of this type; masses are normalised.',
    also: atLeastZero,
  },
  'buyers/profiles.types[].values': {
    doc: 'Money for a unit of quality: one number a task, a number for all, a formula in i, blocks { from, to, value } or knots { at, value }.',
  },
  'buyers/goods.kind': { doc: 'Buyers with a value for each of several goods.' },
  'buyers/goods.names': { doc: 'A name for each good.', also: { items: lineOfText } },
  'buyers/goods.values': { doc: 'A distribution for each good, of the money that it is worth.', also: some },
  'buyers/goods.dependence': { doc: 'Copula of two goods; more are independent.' },
  'buyers/goods.grid': {
    doc: 'Cells for each good. Just this grid is then solved, whatever the tolerance; where it is left out, the solver refines its own until the gap is within `solver.tolerance`.',
    also: { minItems: 1, items: count(2) },
  },
  'buyers/file.kind': { doc: 'Buyers in a CSV file.' },
  'buyers/file.file': {
    doc: 'A CSV beside the study, with columns value, scale and mass, or mass and one column a task.',
    also: { minLength: 1 },
  },
  'buyers/file.weights': {
    doc: 'A weight for each task column; one over their number where it is left out.',
    also: { minItems: 1, items: positive },
  },
  'buyers/file.columns': { doc: 'Names of the columns in the file.' },
  'buyers/file.columns.value': { doc: 'The column of values.' },
  'buyers/file.columns.scale': { doc: 'The column of scales.' },
  'buyers/file.columns.mass': { doc: 'The column of masses.' },
  'buyers/file.columns.name': { doc: 'The column of names.' },
};

const terms: Readonly<Record<string, StudyField>> = {
  objective: { doc: 'Weights of what is maximised; profit where it is left out.' },
  'objective.profit': { doc: 'Weight of profit.', also: { ...positive, default: 1 } },
  'objective.consumerSurplus': {
    doc: 'Weight of consumer surplus, at most that of profit.',
    also: { ...atLeastZero, default: 0 },
  },
  outside: { doc: 'What a buyer has who takes nothing from this seller: either utility or rival.' },
  'outside.utility': {
    doc: 'In the study’s money: a number, a formula in theta or in value and scale, one number a type, or a column of the file of buyers.',
  },
  'outside.utility.column': { doc: 'A column of the file of buyers.' },
  'outside.rival': { doc: 'A rival from whom she buys as much as she likes at linear prices.' },
  'outside.rival.production': { doc: 'How the rival’s model makes quality from inputs.' },
  'outside.rival.inputs': { doc: 'Inputs of the rival, with their prices.', also: inputs },
  'outside.rival.inputs.*': { doc: 'An input of the rival.' },
  'outside.rival.inputs.*.scope': { doc: 'task: bought for each task; shared: bought once.' },
  'outside.rival.inputs.*.price': { doc: 'Price of a unit, in the study’s money.', also: positive },
  'outside.rival.inputs.*.max': {
    doc: 'The most of a shared input that a buyer can use, in units of the input; no limit where it is left out.',
    also: positive,
  },
  keep: { doc: 'Nobody’s surplus falls below a share of what today’s plans give her.' },
  'keep.menu': { doc: 'Today’s plans: a menu, or the name of a menu file beside the study.' },
  'keep.share': { doc: 'At 1 today’s plans stay on sale.', also: { ...share, default: 1 } },
  capacity: {
    doc: 'The most of an input that all buyers together may use, in units of the input per buyer of the population.',
    also: { additionalProperties: positive },
  },
};

/** By path: `.` before a field, `.*` for fields under names of the user’s choice, `[]` for members of a list, `/` before a kind of buyers. */
export const studyFields: Readonly<Record<string, StudyField>> = {
  name: { doc: 'What the study is called, in one line.' },
  ...technology,
  ...buyers,
  contract: {
    doc: 'efficient: no private information; allocations: tokens per task; packages: token totals.',
    also: { default: 'allocations' },
  },
  implementation: {
    doc: 'How the menu is sold. direct: each item at a price; two-part-tariff: a fee, then tokens at one markup over cost; maximum-spend: a fee, then tokens at cost up to a cap on spending.',
    also: { default: 'direct' },
  },
  ...terms,
  units: { doc: 'Units in which prices and plans are shown.' },
  'units.currency': { doc: 'As $ or EUR.', also: shortText },
  'units.money': {
    doc: 'What a unit of the study’s money is in the currency.',
    also: { ...positive, default: 1 },
  },
  'units.period': { doc: 'What fees and usage are for, as month.', also: { ...shortText, pattern: '\\S' } },
  'units.inputs': { doc: 'Units of each input.' },
  'units.inputs.*': { doc: 'Units of an input.' },
  'units.inputs.*.unit': { doc: 'What it is counted in, as tokens.', also: { ...shortText, pattern: '\\S' } },
  'units.inputs.*.per': { doc: 'How many of them a unit of the study is.', also: positive },
  'units.inputs.*.quote': { doc: 'For how many of them prices are quoted.', also: positive },
  solver: { doc: 'How the study is solved.' },
  'solver.use': { doc: 'The solver of finite problems.', also: { default: 'auto' } },
  'solver.tolerance': {
    doc: 'The relative gap within which a result is called optimal; where it is left out 1e-8, and 1e-3 for continuous buyers who are solved on a grid. A grid that the study does not name is refined until then.',
    also: boundedNumber({ above: 0, below: 1 }),
  },
  'solver.supply': { doc: 'How supply is computed.', also: { default: 'auto' } },
  'solver.minimizer': {
    doc: 'Asked for a better start where Newton’s method fails; fmin-nelder-mead where it is left out.',
  },
};
