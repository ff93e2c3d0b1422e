import type { Copula, Distribution } from '@menusmith/core';
import type { Buyers, Goods, ProfileTasks } from '../study/study.ts';
import type { ListedBuyer } from './finite-buyers.ts';

/** Buyers as people speak of them: by one number, by value and scale, or from a list; whatever problem they come down to. */
export type NamedBuyers = Described & (Line | Plane | List);

interface Described {
  /** For lines of text: `buyers: value uniform on [0, 1], scale uniform on [0, 1], independent`. */
  readonly lines: readonly string[];
  readonly sentence: string;
  /** The distributions on which they rest. */
  readonly distributions: readonly { readonly name: string; readonly distribution: Distribution }[];
}

interface Line {
  readonly kind: 'line';
  readonly types: Distribution;
}

interface Plane {
  readonly kind: 'plane';
  readonly values: Distribution;
  readonly scales: Distribution;
  readonly dependence: Copula;
}

interface List {
  readonly kind: 'list';
  readonly types: readonly ListedBuyer[];
  /** The numbers by which a buyer of the list can be asked for; none where only her name tells her from others. */
  readonly coordinates: readonly ('value' | 'scale')[];
  /** Where the list stands: `file`, `grid`. */
  readonly place: string;
  /** Where types have a value for each of several tasks: the tasks, and whose midpoints the types are where these are goods. */
  readonly tasks?: ProfileTasks;
  readonly goods?: Goods;
  /** How they are listed: `these buyers are listed all`. */
  readonly listing: string;
}

/** A new kind of buyers does not compile until it says here how it is spoken of. */
const describe: {
  readonly [K in Buyers['kind']]: (buyers: Extract<Buyers, { kind: K }>) => NamedBuyers;
} = {
  'value-scale': ({ value, scale, dependence, labels }) => ({
    kind: 'plane',
    values: value,
    scales: scale,
    dependence,
    lines: [`buyers: value ${labels.value}, scale ${labels.scale}, ${labels.dependence}`],
    distributions: [
      { name: 'values', distribution: value },
      { name: 'scales', distribution: scale },
    ],
    sentence: `Buyers have a value, ${labels.value}, for each of a share of the tasks, their scale, ${labels.scale}; dependence: ${labels.dependence}.`,
  }),
  representative: (buyers) =>
    'types' in buyers
      ? list(buyers.types, ['value'], 'study')
      : {
          kind: 'line',
          types: buyers.type,
          lines: [`buyers: type ${buyers.labels.type}`],
          distributions: [{ name: 'types', distribution: buyers.type }],
          sentence: `Buyers have a type θ, ${buyers.labels.type}.`,
        },
  profiles: ({ types, tasks, goods }) => {
    const listed = { ...list(types, [], 'study'), tasks };
    return goods === undefined ? listed : { ...listed, goods, ...goodsWords(goods, tasks.names ?? []) };
  },
  'value-scale-grid': ({ types }) => list(types, ['value', 'scale'], 'grid'),
  file: ({ types }) => list(types, ['value', 'scale'], 'file'),
};

const list = (
  types: readonly ListedBuyer[],
  coordinates: List['coordinates'],
  place: string,
): NamedBuyers => ({
  kind: 'list',
  types,
  coordinates,
  place,
  listing: 'these buyers are listed all',
  lines: [`buyers: ${types.length} types`],
  distributions: [],
  sentence: `Buyers are ${types.length === 1 ? 'of one type' : `of ${types.length} types`}.`,
});

/** Cells of a grid that stand for continuous values of goods. */
const goodsWords = (
  { values, labels, cells }: Goods,
  names: readonly string[],
): Described & Pick<List, 'listing'> => ({
  listing: 'buyers of goods are listed cell by cell, with what they value each good at',
  lines: [
    ...labels.values.map((label, k) => `value of ${names[k]}: ${label}`),
    `${cells.length > 1 ? `values ${labels.dependence}; ` : ''}grid of ${cells.join(' × ')} cells`,
  ],
  sentence:
    `Buyers have a value for each good: ${labels.values.map((label, k) => `${names[k]}, ${label}`).join('; ')}${cells.length > 1 ? `; dependence: ${labels.dependence}` : ''}. ` +
    `They stand on a grid of ${cells.join(' × ')} cells.`,
  distributions: values.map((distribution, k) => ({ name: `values of ${names[k]}`, distribution })),
});

export const namedBuyers = <K extends Buyers['kind']>(buyers: Extract<Buyers, { kind: K }>): NamedBuyers =>
  describe[buyers.kind as K](buyers);

/** What a reader must know where cells of goods are all that is spoken of, and what betters that; nothing of other buyers. */
export const midpointRemark = (
  buyers: Buyers,
): { readonly what: string; readonly remedy: string } | undefined => {
  if (buyers.kind !== 'profiles' || buyers.goods === undefined) return undefined;
  const { cells } = buyers.goods;
  const names = buyers.tasks.names ?? [];
  const all = cells.reduce((product, cell) => product * cell, 1);
  const size = cells.length === 1 ? `${cells[0]}` : cells.join(' × ');
  return {
    what:
      `All numbers are of a grid: ${size} even cells of the ${cells.length === 1 ? 'values' : 'joint values'} of ${listed(names)}, each held by its midpoint with the exact share of the buyers in it. ` +
      `They speak of these ${all} types, and not of the continuous buyers, on whose profit they are no bound. ` +
      'Midpoints bias the profit, as a rule upwards and in proportion to the width of a cell.',
    remedy: 'More cells in buyers.grid bring the grid nearer to them.',
  };
};

const listed = (names: readonly string[]): string =>
  names.length <= 1
    ? names.join('')
    : names.length > 4
      ? `${names.length} goods`
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
