import type { Input } from '@menusmith/core';
import { formatNumber } from '../report/numbers.ts';
import { amountUnit, moneySentence, moneyTitle, withUnit } from '../study/units.ts';
import {
  bestAndSecondBest,
  curvePicture,
  lastCurve,
  lineOf,
  type MenuDrawing,
  poolRows,
  qualityTitle,
  rowsOf,
  scaleColour,
  typeAxis,
} from './curve-picture.ts';
import type { CurvePoint, MenuCurves } from './menu-curves.ts';
import { type Picture, panel, panelsOf, pictureOf, type Row } from './picture.ts';
import { markupPicture, virtualValuePicture } from './value-pictures.ts';

/** Everything that is drawn against the type of a continuous buyer. */
export const menuPictures = (drawing: MenuDrawing): Picture[] => {
  const { curves, pools, isEfficient } = drawing;
  const { units } = curves;
  const lines =
    curves.curves.length > 1 ? ' Each line is one scale s, the share of all tasks that a buyer has.' : '';
  const bunched =
    poolRows(pools).length > 0
      ? ' In the grey band different types are pooled: they get one and the same item.'
      : '';
  const stepped = steppedWords(curves);
  const quality = curvePicture(drawing, {
    name: 'quality',
    title: 'Quality delivered',
    caption: `${curves.axis === 'value' ? 'How much quality a buyer gets, in total over her tasks.' : 'How much quality the item of each type can make, an index Q of what is in it.'} Where the line is at zero she buys nothing.${lines}${bunched}${stepped}`,
    measure: qualityTitle(curves),
    read: (point) => point.quality,
  });
  if (isEfficient) return [quality, ...inputsPicture(drawing)];
  const money = [
    curvePicture(drawing, {
      name: 'transfer',
      title: 'What buyers pay',
      caption: `What a buyer pays in total for her item.${lines} Whoever values quality more takes a larger item and pays more.${stepped}${moneySentence(units)}`,
      measure: `transfer T, ${moneyTitle(units)}`,
      read: ({ transfer }) => transfer,
    }),
    curvePicture(drawing, {
      name: 'rent',
      title: 'What buyers keep: information rents',
      caption: `What an item is worth to its buyer less what she pays. The seller has to leave her this much because she does not see her type.${lines}${moneySentence(units)}`,
      measure: `information rent U, ${moneyTitle(units)}`,
      read: ({ rent }) => rent,
    }),
    ...(curves.curves.some(({ points }) => points.some(({ virtualValue }) => virtualValue !== null))
      ? [virtualValuePicture(drawing)]
      : []),
    markupPicture(drawing),
    curvePicture(drawing, {
      name: 'fee',
      title: 'Upfront fees of two-part tariffs',
      caption: `The same menu told as two-part tariffs: an upfront fee, then every input at its cost times the markup. This is the fee.${lines}${moneySentence(units)}`,
      measure: `upfront fee, ${moneyTitle(units)}`,
      read: ({ fee }) => fee,
    }),
  ].filter(hasData);
  return [
    quality,
    ...inputsPicture(drawing),
    ...money,
    ...(hasFirstBest(curves) ? firstBestPicture(drawing) : []),
  ];
};

/** Of a list the points would not be seen; beside an outside option the first best is none of this seller’s supply. */
const hasFirstBest = ({ isListed, curves }: MenuDrawing['curves']): boolean =>
  !isListed && curves.some(({ points }) => points.some(({ firstBest }) => firstBest !== null));

/** A reader would take small steps for the seller's own. */
const steppedWords = ({ isStepped }: MenuDrawing['curves']): string =>
  isStepped
    ? ' The menu was made for a grid of types, and then finer: small steps and corners are those of the grid.'
    : '';

const hasData = ({ specification }: Picture): boolean => {
  const { menu } = specification.datasets as { menu?: readonly unknown[] };
  return (menu?.length ?? 0) > 0;
};

/** A panel among several. */
const small = { width: panel.width, height: 110 } as const;

/** Small multiples, one panel an input. */
const inputsPicture = ({ curves }: MenuDrawing): Picture[] => {
  const { inputs } = curves;
  const isUsed = inputs.map((_, i) =>
    curves.curves.some(({ points }) => points.some(({ inputs: amounts }) => amounts[i]! > 0)),
  );
  if (!isUsed.includes(true)) return [];
  const rows = inputs.flatMap(({ name, scope, model }, i) => {
    if (!isUsed[i]) return [];
    const label = withUnit(
      `${model === undefined ? '' : `${model}: `}${name}${scope === 'task' && curves.axis === 'value' ? ', a task' : ', in total'}`,
      amountUnit(curves.units, name),
    );
    return rowsOf(curves, { y: ({ inputs: amounts }) => amounts[i] ?? null }, small).map(
      (row): Row => ({ ...row, input: label, order: i }),
    );
  });
  const picture = pictureOf(
    {
      name: 'inputs',
      title: 'What the items are made of',
      caption:
        (curves.axis === 'value'
          ? `The amounts of every input in the items${withScopes(curves)}.`
          : 'The amounts of every input in the items. A buyer spreads the task inputs over her tasks as she likes.') +
        (curves.curves.length > 1
          ? ' Each line is one scale s, the share of all tasks that a buyer has.'
          : '') +
        (isUsed.includes(false) ? ' An input that is in no item has no panel.' : '') +
        steppedWords(curves),
    },
    { menu: rows },
    {
      data: { name: 'menu' },
      ...panelsOf('input', 18, {
        height: small.height,
        mark: lineOf(curves),
        encoding: {
          x: typeAxis(curves),
          y: { field: 'y', type: 'quantitative', axis: { title: 'amount', tickCount: 4 } },
          ...scaleColour(curves),
        },
      }),
      resolve: { scale: { y: 'independent' } },
    },
  );
  return [picture];
};

/** Second best beside first best, for buyers of the largest scale. */
const firstBestPicture = ({ curves }: MenuDrawing): Picture[] => {
  const last = lastCurve(curves);
  const kinds: readonly [string, (point: CurvePoint) => number | null][] = [
    ['first best', ({ firstBest }) => firstBest],
    ['optimal menu', ({ quality }) => quality],
  ];
  const rows = kinds.flatMap(([kind, read]) => rowsOf(last, { y: read }).map((row) => ({ ...row, kind })));
  const scale = last.curves[0]?.scale;
  const picture = pictureOf(
    {
      name: 'first-best',
      title: 'Quality held back',
      caption:
        'Quality if the seller saw every buyer’s type (first best), and under the optimal menu, where she does not (second best)' +
        (scale === undefined ? '.' : `; for buyers of scale ${formatNumber(scale, 3)}.`) +
        ` Low types get less than would be efficient, so that high types do not imitate them.${steppedWords(curves)}`,
    },
    { menu: rows },
    {
      ...panel,
      data: { name: 'menu' },
      mark: lineOf(curves),
      encoding: {
        x: typeAxis(curves),
        y: { field: 'y', type: 'quantitative', axis: { title: qualityTitle(curves), tickCount: 5 } },
        ...bestAndSecondBest,
      },
    },
  );
  return [picture];
};

/** What an amount is of, where some inputs are used task by task and others once. */
const withScopes = ({ inputs }: MenuCurves): string => {
  const names = (scope: Input['scope']): string =>
    [...new Set(inputs.filter((input) => input.scope === scope).map(({ name }) => name))].join(' and ');
  const [own, shared] = [names('task'), names('shared')];
  if (own === '' || shared === '') return shared === '' ? ', on each task that a buyer has' : '';
  return `: ${own} on each task that a buyer has, ${shared} once for all her tasks`;
};
