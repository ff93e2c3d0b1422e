import { taskSupplies } from '@menusmith/core';
import { screeningProblem } from '../problem/screening-problem.ts';
import type { Result, TypeResult } from '../result.ts';
import type { Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { moneyTitle, quotedMoney } from '../study/units.ts';
import { drawnSupply } from './drawn-supply.ts';
import { type FirstBest, firstBestOf, servedQuality, typeName } from './finite-types.ts';
import { costOf } from './menu-curves.ts';
import { colours, type Picture, panel, pictureOf, type Row } from './picture.ts';
import { profilePanels } from './profile-panels.ts';

/** Types that can be named one below the other. */
const MOST_ROWS = 30;

/** What only a list of types has: every type by name, and her first best. */
export const finitePictures = (study: Study, { result }: Solution): Picture[] => {
  const { types, method } = result;
  const problem = screeningProblem(study);
  if (method === 'efficient') return [];
  const firstBest = firstBestOf(study, types);
  const isNamed = types.length <= MOST_ROWS;
  return [
    ...(isNamed ? [whoGetsWhat(study, result)].filter((picture) => picture !== undefined) : []),
    ...(problem.kind === 'space' && problem.grid === undefined
      ? profilePanels(problem.tasks, types, firstBest)
      : []),
    isNamed ? firstBestByName(study, types, firstBest) : firstBestOfMany(study, types, firstBest),
  ];
};

const row = 24;
const rowsHeight = (types: readonly TypeResult[]): number => row * types.length;

const names = (types: readonly TypeResult[]): string[] => {
  const known = new Map<string, number>();
  return types.map((type, n) => {
    const name = typeName(type, n);
    const times = (known.get(name) ?? 0) + 1;
    known.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
};

const nameAxis = {
  field: 'type',
  type: 'nominal',
  sort: { field: 'order', op: 'min' },
  axis: { title: null, labelLimit: 130, ticks: false, domain: false, labelPadding: 9 },
};

/** A type's gross value, split into what her item costs, what the seller earns and what she keeps. */
const whoGetsWhat = (study: Study, { types }: Result): Picture | undefined => {
  const labels = names(types);
  const parts = types.map((type) => {
    const cost = itemCost(study, type);
    return cost === null || type.transfer === null || type.rent === null
      ? undefined
      : [cost, type.transfer - cost, type.rent];
  });
  if (parts.some((part) => part === undefined)) return undefined;
  const kinds = ['cost of her item', 'profit of the seller', 'rent of the buyer'];
  const rows = parts.flatMap((part, n) =>
    kinds.map(
      (kind, k): Row => ({
        type: labels[n]!,
        order: n,
        kind,
        part: k,
        money: quotedMoney(study.units, part![k]!),
      }),
    ),
  );
  return pictureOf(
    {
      name: 'who-gets-what',
      title: 'Who gets what',
      caption:
        'A bar is what her item is worth to a buyer of this type: part of it is what the item costs, part the seller’s profit on it (both paid by the buyer), ' +
        'and the rest she keeps. Types without a bar buy nothing.',
    },
    { parts: rows },
    {
      width: panel.width,
      height: rowsHeight(types),
      data: { name: 'parts' },
      mark: { type: 'bar', height: { band: 0.7 } },
      encoding: {
        y: nameAxis,
        x: {
          field: 'money',
          type: 'quantitative',
          stack: 'zero',
          axis: { title: `${moneyTitle(study.units)}, per buyer of the type`, tickCount: 5 },
        },
        order: { field: 'part', type: 'quantitative' },
        color: {
          field: 'kind',
          type: 'nominal',
          scale: { domain: kinds, range: [colours.grey, colours.blue, colours.orange] },
          legend: { title: null, symbolType: 'square', columns: 2 },
        },
      },
    },
  );
};

/** C of a listed type's item: what its inputs cost, or the cost that is given outright. */
export const itemCost = (study: Study, type: TypeResult): number | null => {
  if (type.excluded) return 0;
  const { technology } = study;
  if (technology.kind !== 'cost' || type.profile === undefined)
    return costOf(type, drawnSupply(study).supply.inputs);
  const problem = screeningProblem(study);
  const { weights, positions } =
    problem.kind === 'space'
      ? problem.tasks
      : {
          weights: Float64Array.of(problem.kind === 'listed-chain' ? problem.scale : 1),
          positions: Float64Array.of(0.5),
        };
  const supplies = taskSupplies(technology.supply, positions);
  let sum = 0;
  for (const [m, q] of type.profile.entries()) {
    const { taskCost } = supplies[supplies.length === 1 ? 0 : m]!;
    if (taskCost === undefined) return null;
    sum += weights[m]! * taskCost(q);
  }
  return sum;
};

const heldBack = 'Quality held back';
const heldBackCaption =
  'Quality if the seller saw a buyer’s type (first best), and under the optimal menu, where she does not (second best). ';

const measureOf = ({ contract }: Study): string =>
  contract === 'packages' ? 'index quality Q' : 'quality ∫ q(i) di';

const firstBestByName = (
  study: Study,
  types: readonly TypeResult[],
  firstBest: readonly FirstBest[],
): Picture => {
  const labels = names(types);
  const spans = types.map(
    (type, n): Row => ({
      type: labels[n]!,
      order: n,
      menu: servedQuality(study, type),
      best: firstBest[n]!.quality,
    }),
  );
  const dots = spans.flatMap(({ type, order, menu, best }): Row[] => [
    { type: type!, order: order!, kind: 'first best', quality: best! },
    { type: type!, order: order!, kind: 'optimal menu', quality: menu! },
  ]);
  return pictureOf(
    {
      name: 'first-best',
      title: heldBack,
      caption: `${heldBackCaption}The line between is what is held back from a type; where only one mark is seen, nothing is.`,
    },
    { spans, dots },
    {
      width: panel.width,
      height: rowsHeight(types),
      layer: [
        {
          data: { name: 'spans' },
          mark: { type: 'rule', color: colours.grey },
          encoding: { y: nameAxis, x: { field: 'menu', type: 'quantitative' }, x2: { field: 'best' } },
        },
        {
          data: { name: 'dots' },
          mark: { type: 'point', filled: true, opacity: 1, size: 90 },
          encoding: {
            y: nameAxis,
            x: { field: 'quality', type: 'quantitative', axis: { title: measureOf(study), tickCount: 5 } },
            color: kindScale('color'),
            shape: kindScale('shape'),
          },
        },
      ],
    },
  );
};

const kindScale = (channel: 'color' | 'shape') => ({
  field: 'kind',
  type: 'nominal',
  scale: {
    domain: ['first best', 'optimal menu'],
    range: channel === 'color' ? [colours.orange, colours.blue] : ['diamond', 'circle'],
  },
  legend: { title: null },
});

/** Many types: a dot each, below the diagonal by what is held back. */
const firstBestOfMany = (
  study: Study,
  types: readonly TypeResult[],
  firstBest: readonly FirstBest[],
): Picture => {
  const step = Math.ceil(types.length / MOST_DOTS);
  const dots = types.flatMap((type, n): Row[] =>
    n % step === 0 ? [{ best: firstBest[n]!.quality, menu: servedQuality(study, type) }] : [],
  );
  const most = dots.reduce((largest, { best, menu }) => Math.max(largest, Number(best), Number(menu)), 0);
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative',
    axis: { title, tickCount: 5 },
  });
  return pictureOf(
    {
      name: 'first-best',
      title: heldBack,
      caption: `${heldBackCaption}Each dot is a type of buyer; on the diagonal nothing is held back.`,
    },
    {
      dots,
      diagonal: [
        { best: 0, menu: 0 },
        { best: most, menu: most },
      ],
    },
    {
      width: panel.width,
      height: panel.height,
      layer: [
        {
          data: { name: 'diagonal' },
          mark: { type: 'line', color: colours.grey, strokeDash: [4, 3], strokeWidth: 1 },
          encoding: { x: axis('best', `first best: ${measureOf(study)}`), y: axis('menu', 'optimal menu') },
        },
        {
          data: { name: 'dots' },
          mark: { type: 'point', filled: true, size: 14, opacity: 0.6, color: colours.blue },
          encoding: { x: axis('best', `first best: ${measureOf(study)}`), y: axis('menu', 'optimal menu') },
        },
      ],
    },
  );
};
const MOST_DOTS = 1000;
