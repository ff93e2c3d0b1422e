import { type NamedBuyers, namedBuyers } from '../problem/named-buyers.ts';
import { formatNumber } from '../report/numbers.ts';
import { formatMoney, quotedResult } from '../report/quoted.ts';
import { type SoldItem, soldItems } from '../report/sold-items.ts';
import type { Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import type { Units } from '../study/units.ts';
import { colours, type Picture, pictureOf, type Row } from './picture.ts';

const side = 300;
/** Items that colours tell apart. */
const ramp = [
  colours.skyBlue,
  colours.orange,
  colours.green,
  colours.blue,
  colours.purple,
  colours.vermillion,
  colours.black,
] as const;
/** Types that are more than dots. */
const LEAST_TYPES = 7;
const NOTHING = 'nothing';

/** Who takes which item: types in the plane of what they value two goods, or two listed tasks, at, coloured by what they take. */
export const itemPlane = ({ buyers: given, units }: Study, solved: Result): Picture[] => {
  const buyers = namedBuyers(given);
  const names = buyers.kind === 'list' ? buyers.tasks?.names : undefined;
  if (buyers.kind !== 'list' || names?.length !== 2 || buyers.types.length < LEAST_TYPES) return [];
  const sold = soldItems(quotedResult(solved, units));
  if (sold === undefined || sold.count > ramp.length) return [];
  const { items } = sold;
  const labels = items.map((item) => labelOf(item, names, units));
  const taken = new Map(items.flatMap(({ takers }, k) => takers.map((n) => [n, labels[k]!] as const)));
  const rows = cellsOf(buyers).map((cell, n): Row => ({ ...cell, item: taken.get(n) ?? NOTHING }));
  const isNobody = rows.every(({ item }) => item !== NOTHING);
  return [
    pictureOf(
      {
        name: 'item-plane',
        title: 'Who takes which item',
        caption:
          `Buyers stand where their values of ${names[0]} and ${names[1]} are, and have the colour of the item that they take. ` +
          'Along a border between two colours buyers like both items alike.',
      },
      { cells: rows },
      {
        width: side,
        height: side,
        data: { name: 'cells' },
        ...drawn(buyers, names),
        encoding: {
          ...drawn(buyers, names).encoding,
          color: {
            field: 'item',
            type: 'nominal',
            scale: {
              domain: [...(isNobody ? [] : [NOTHING]), ...labels],
              range: [...(isNobody ? [] : [colours.absent]), ...ramp.slice(0, labels.length)],
            },
            legend: { title: null, columns: 1, symbolType: 'square' },
          },
        },
      },
    ),
  ];
};

/** `songs and films: $0.875`, `0.4 of films: $1`. */
const labelOf = (
  { profile = [], transfer }: SoldItem,
  names: readonly string[],
  units: Units | undefined,
): string => {
  const parts = profile.flatMap((q, m) =>
    q > 0 ? [q === 1 ? names[m]! : `${formatNumber(q, 3)} of ${names[m]}`] : [],
  );
  return `${parts.join(' and ')}: ${formatMoney(transfer, units, 4)}`;
};

type ListedBuyers = Extract<NamedBuyers, { kind: 'list' }>;

/** A cell of goods is a rectangle around its midpoint; a type of a list is a dot. */
const cellsOf = ({ types: listed, goods }: ListedBuyers): Row[] => {
  const types = listed.map(({ values }) => ({ values: values! }));
  if (goods === undefined) return types.map(({ values }) => ({ x: values[0]!, y: values[1]! }));
  const [first, last] = [types[0]!.values, types.at(-1)!.values];
  const half = [0, 1].map((k) => (last[k]! - first[k]!) / (goods.cells[k]! - 1) / 2);
  return types.map(({ values }) => ({
    x: values[0]! - half[0]!,
    right: values[0]! + half[0]!,
    y: values[1]! - half[1]!,
    above: values[1]! + half[1]!,
  }));
};

const drawn = ({ goods, types }: ListedBuyers, names: readonly string[]) => {
  const axis = (field: string, name: string) => ({
    field,
    type: 'quantitative',
    scale: { zero: false, nice: false },
    axis: { title: `value of ${name}`, grid: false, tickCount: 6, labelFlush: false },
  });
  const encoding = { x: axis('x', names[0]!), y: axis('y', names[1]!) };
  return goods === undefined
    ? {
        mark: {
          type: 'point',
          filled: true,
          opacity: 1,
          size: Math.min(220, (0.55 * side) ** 2 / types.length),
        },
        encoding,
      }
    : // Half a pixel more, so that no light shines between cells.
      {
        mark: { type: 'rect', x2Offset: 0.5, yOffset: 0.5 },
        encoding: { ...encoding, x2: { field: 'right' }, y2: { field: 'above' } },
      };
};
