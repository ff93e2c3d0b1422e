import { mostCommitted } from './committed.ts';
import type { Column, Menu, PlanColumns, PlanSearch, Rung } from './plan-columns.ts';

/** Places of a first look, for shapes and anchors. */
const LOOK = 24;
const LOOK_TWO = 9;
/** Markups looked at; beside linear prices and promises they may be below 1. */
const LOWEST_MARKUP = 0.5;
const HIGHEST_MARKUP = 16;
/** The smallest of what is included, relative to the highest value served. */
const SMALLEST = 1e-3;
/** Of plans that look best at first, so many are tried. */
const CANDIDATES = 3;
/** Of a type, as which she is served at a start. */
const SERVED = 0.7;

const hasIncluded = ({ form }: PlanSearch): boolean => form !== 'two-part-tariff';
const hasMarkup = ({ form }: PlanSearch): boolean => form !== 'bundle';

/** Places of types, evenly. */
const anchorsOf = ({ value }: PlanSearch): readonly number[] => {
  const places = new Set<number>();
  for (let i = 0; i <= LOOK; i++) places.add(Math.round(((value.length - 1) * i) / LOOK));
  return [...places];
};

const evenly = (low: number, high: number, look: number): number[] =>
  Array.from({ length: look }, (_, i) => low * (high / low) ** (i / (look - 1)));
const markupsOf = (look: number): number[] => evenly(LOWEST_MARKUP, HIGHEST_MARKUP, look);

/** Shapes of a first look. */
const shapesOf = (search: PlanSearch): readonly Omit<Rung, 'anchor'>[] => {
  const { form, highest, value } = search;
  const look = hasIncluded(search) && hasMarkup(search) ? LOOK_TWO : LOOK;
  const included = hasIncluded(search) ? evenly(SMALLEST * highest, highest, look) : [0];
  const markups = hasMarkup(search) ? markupsOf(look) : [Number.POSITIVE_INFINITY];
  const more = form === 'three-part-tariff' ? [0] : [];
  // What is efficient for a type is often near the best.
  const efficient = form === 'bundle' ? anchorsOf(search).map((n) => value[n]!) : [];
  return [...included, ...efficient.filter((type) => type > 0), ...more].flatMap((own) =>
    markups.map((markup) => ({ included: own, markup })),
  );
};

/** Of three parts the best often includes a little more than one type would take at the markup, and less than the next: what each takes, at small markups. */
const kinkedShapes = (search: PlanSearch): readonly Omit<Rung, 'anchor'>[] =>
  search.form === 'three-part-tariff'
    ? anchorsOf(search).flatMap((n) =>
        KINKED_MARKUPS.map((markup) => ({ included: (KINKED * search.value[n]!) / markup, markup })),
      )
    : [];
const KINKED = 1.05;
const KINKED_MARKUPS = [1, 1.1, 1.2, 1.35, 1.55, 1.8, 2.2, 3, 5];

/** Menus with one plan more, for the anchors at which it looks best at a first look at all shapes. */
export const withOneMore = (search: PlanSearch, columns: PlanColumns, menu: Menu): readonly Menu[] => {
  const anchors = search.form === 'commitment' ? [0] : anchorsOf(search);
  const looked = new Map<string, { readonly column: Column; readonly worth: number }>();
  /** Plans that include something are tried beside those that do not, which look as good at first. */
  const look = (column: Column): void => {
    const { anchor, included } = column;
    const key = search.form === 'three-part-tariff' ? `${anchor} ${included > 0}` : `${anchor}`;
    const worth = columns.worth(columns.ordered([...menu, column]));
    if (worth > (looked.get(key)?.worth ?? Number.NEGATIVE_INFINITY)) looked.set(key, { column, worth });
  };
  for (const shape of [...shapesOf(search), ...kinkedShapes(search)]) {
    const column = columns.columnOf({ ...shape, anchor: 0 });
    for (const anchor of anchors) look({ ...column, anchor });
  }
  if (search.form === 'commitment')
    for (const anchor of anchorsOf(search))
      for (const markup of markupsOf(LOOK)) {
        const included = mostCommitted(search, menu, markup, anchor);
        if (included === undefined) continue;
        look(columns.columnOf({ included, markup, anchor }));
      }
  const first = [...looked.values()].sort((a, b) => b.worth - a.worth);
  const isIncluding = ({ column }: { readonly column: Column }): boolean => column.included > 0;
  const tried =
    search.form === 'three-part-tariff'
      ? [
          ...first.filter(isIncluding).slice(0, CANDIDATES),
          ...first.filter((own) => !isIncluding(own)).slice(0, 1),
        ]
      : first.slice(0, CANDIDATES);
  return tried.map(({ column }) => columns.ordered([...menu, column]));
};

/** As many plans as asked for, spread evenly from the lowest type who buys of a menu to the highest, each efficient for somebody among its buyers. */
export const spread = (search: PlanSearch, columns: PlanColumns, menu: Menu, plans: number): Menu => {
  const { value, highest } = search;
  const low = Math.min(...menu.map(({ anchor }) => anchor));
  return columns.ordered(
    Array.from({ length: plans }, (_, k) => {
      const anchor = Math.round(low + ((value.length - 1 - low) * k) / plans);
      const included = hasIncluded(search) ? Math.max(SMALLEST * highest, SERVED * value[anchor]!) : 0;
      const markup = hasMarkup(search) ? 2 - (k + 1) / plans : Number.POSITIVE_INFINITY;
      return columns.columnOf({ included, markup, anchor });
    }),
  );
};

/** A menu of which one plan is moved. */
interface Moving {
  menu: Menu;
  worth: number;
  /** The plan's place. */
  at: number;
}

/** The menu with one plan moved, its shape or anchor, to where it gains, by steps down to `finest`; with a look at all shapes where that is asked for. */
export const moved = (
  search: PlanSearch,
  columns: PlanColumns,
  menu: Menu,
  at: number,
  { isAll, finest }: { readonly isAll: boolean; readonly finest: number },
): Menu => {
  const moving: Moving = { menu, worth: columns.worth(menu), at };
  const isBetter = (column: Column, isFollowed = false): boolean => {
    const placed = columns.ordered(moving.menu.map((own, j) => (j === moving.at ? column : own)));
    const next = isFollowed ? following(search, columns, placed, column) : placed;
    const worth = columns.worth(next);
    if (!(worth > moving.worth)) return false;
    Object.assign(moving, { menu: next, worth, at: next.indexOf(column) });
    return true;
  };
  const current = (): Column => moving.menu[moving.at]!;
  if (isAll)
    for (const shape of shapesOf(search)) isBetter(columns.columnOf({ ...shape, anchor: current().anchor }));
  moveAnchor(search, current, isBetter);
  moveShape(search, finest, current, (rung) => isBetter(columns.columnOf(rung)));
  if (search.form === 'commitment') {
    const others = (): Menu => moving.menu.filter((_, j) => j !== moving.at);
    moveCommitment(search, finest, current, (markup, anchor) => {
      const included = mostCommitted(search, others(), markup, anchor);
      if (included === undefined) return false;
      const column = columns.columnOf({ included, markup, anchor });
      return isBetter(column) || (moving.at + 1 < menu.length && isBetter(column, true));
    });
  }
  moveAnchor(search, current, isBetter);
  return moving.menu;
};

/** A look at all anchors, and then steps to either side that are halved. */
const moveAnchor = (
  search: PlanSearch,
  current: () => Column,
  isBetter: (column: Column) => boolean,
): void => {
  // The fee of a commitment is its amount: nobody is left indifferent by another.
  if (search.form === 'commitment') return;
  const count = search.value.length;
  for (const anchor of anchorsOf(search)) isBetter({ ...current(), anchor });
  for (let step = Math.max(1, Math.round(count / LOOK / 2)); step >= 1; step = Math.floor(step / 2))
    for (;;) {
      const { anchor } = current();
      const sides = [anchor - step, anchor + step].filter((n) => n >= 0 && n < count);
      if (!sides.some((n) => isBetter({ ...current(), anchor: n }))) break;
    }
};

/** A menu of commitments, of which those above one leave the types for whom they are as well off as those below. */
const following = (search: PlanSearch, columns: PlanColumns, menu: Menu, changed: Column): Menu => {
  const from = menu.indexOf(changed);
  const made = menu.slice(0, from + 1);
  for (const column of menu.slice(from + 1)) {
    const { markup, anchor } = column;
    const included = mostCommitted(search, made, markup, anchor);
    made.push(included === undefined ? column : columns.columnOf({ included, markup, anchor }));
  }
  return columns.ordered(made);
};

/** A commitment earns most where somebody is about to leave it: steps of the markup, that are halved, beside commitments that leave each type just indifferent. */
const moveCommitment = (
  search: PlanSearch,
  finest: number,
  current: () => Column,
  isBetter: (markup: number, anchor: number) => boolean,
): void => {
  const anchors = anchorsOf(search);
  for (const anchor of anchors) isBetter(current().markup, anchor);
  for (let step = 0.5; step > finest; step /= 2)
    for (let isGaining = true; isGaining; ) {
      isGaining = false;
      for (const factor of [Math.exp(step), Math.exp(-step)]) {
        const { markup, anchor } = current();
        if (markup * factor < LOWEST_MARKUP) continue;
        const near = step > ROUGH_STEP ? anchors : [anchor];
        for (const n of near) isGaining = isBetter(markup * factor, n) || isGaining;
      }
    }
};
/** Steps of a markup as large may move on to another type. */
const ROUGH_STEP = 0.1;

/** Steps of what is included and of the markup, in logarithms, that are halved. */
const moveShape = (
  search: PlanSearch,
  finest: number,
  current: () => Column,
  isBetter: (rung: Rung) => boolean,
): void => {
  const { form, highest } = search;
  for (let step = 0.5; step > finest; step /= 2)
    for (let isGaining = true; isGaining; ) {
      isGaining = false;
      for (const factor of [Math.exp(step), Math.exp(-step)]) {
        const own = current();
        if (hasIncluded(search) && own.included > 0 && own.included * factor <= highest)
          isGaining = isBetter({ ...own, included: own.included * factor }) || isGaining;
        if (own.included > 0 && form === 'three-part-tariff')
          isGaining = isBetter({ ...current(), included: 0 }) || isGaining;
        if (hasMarkup(search) && own.markup * factor >= LOWEST_MARKUP)
          isGaining = isBetter({ ...current(), markup: own.markup * factor }) || isGaining;
      }
    }
};
