/*
 * Alone in its file, as help of a command needs nothing else.
 */

/**
 * The columns that a menu can have, in the order of menu.csv: `TASK` stands for each of the study's listed tasks or goods, `INPUT` for each of its inputs. `--columns`
 * takes them by these names, and all of a family by its first word.
 */
export const menuColumnNames = [
  'name',
  'mass',
  'value',
  'scale',
  'value.TASK',
  'theta',
  'thetaHat',
  'excluded',
  'takes',
  'model',
  'quality',
  'quality.TASK',
  'total.INPUT',
  'surplus',
  'transfer',
  'rent',
  'virtualValue',
  'ironedVirtualValue',
  'markup',
  'upfront',
  'price.INPUT',
  'spendingCap',
  'taskCap',
] as const;

export type MenuColumnName = (typeof menuColumnNames)[number];
