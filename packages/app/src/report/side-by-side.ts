import { finiteOrNull } from '../finite-or-null.ts';
import type { Result } from '../result.ts';
import { gridName } from './certificate-words.ts';

/** A profit beside the menu's, with those of which it is told as a share. */
export interface ComparedProfit {
  readonly label: string;
  readonly profit: number | null;
  /** What seen scales would earn, and what the menu does, from the same buyers. */
  readonly ofSeen: number | null;
  readonly ofMenu: number | null;
}

/** Whether a grid was solved to its end. */
export const isFound = ({ relativeGap }: { readonly relativeGap: number | null }): boolean =>
  relativeGap !== null && relativeGap <= 1e-6;

/**
 * Seen scales, hidden scales, and the scale-by-scale menu offered to all, where the result knows them: of the buyers of a list, or of continuous buyers
 * and then of the grid that stands for them, which every row about it says.
 */
export const sideBySide = ({
  finite,
  population,
  grid,
  profit,
}: Pick<Result, 'finite' | 'population' | 'grid' | 'profit'>): readonly ComparedProfit[] => {
  const compared = finite?.comparison;
  const share = (of: number | null, whole: number | null | undefined): number | null =>
    of === null || whole === null || whole === undefined || !(whole > 0 && whole < Infinity)
      ? null
      : of / whole;
  const row = (
    label: string,
    own: number | null,
    seen: number | null | undefined,
    menu: number | null | undefined,
  ): ComparedProfit => {
    const earned = finiteOrNull(own);
    // No menu earns more than seen scales would, but for rounding.
    const ofSeen = share(earned, seen);
    return {
      label,
      profit: earned,
      ofSeen: ofSeen === null ? null : Math.min(1, ofSeen),
      ofMenu: share(earned, menu),
    };
  };
  // Goods have no scales that could be seen.
  if (grid?.cells !== undefined) return [];
  if (population === undefined || grid === undefined) {
    if (compared === undefined) return [];
    const { observableScale: seen, optimum, scaleByScale } = compared;
    return [
      row('scales seen by the seller (a bound)', seen, seen, profit),
      row('the certified optimum', optimum, seen, profit),
      row('the scale-by-scale menu, offered to all', scaleByScale.attainedProfit, seen, profit),
    ];
  }
  const { observableScale: seen, attainedProfit: own, upperBound, boundBy } = population;
  const rows = [
    row('scales seen by the seller (a bound)', seen, seen, own),
    ...(boundBy === 'flow' ? [row('any menu, scales hidden, at most', upperBound, seen, own)] : []),
    row('this menu, chosen freely, at least', own, seen, own),
  ];
  if (population.extrapolatedProfit !== null)
    rows.push(row('ever finer grids: their optimum, extrapolated', population.extrapolatedProfit, seen, own));
  const size = `of ${gridName(grid)}`;
  if (compared !== undefined) {
    const { observableScale, optimum, scaleByScale } = compared;
    rows.push(row(`${size}: scales seen`, observableScale, observableScale, grid.profit));
    rows.push(
      row(
        `${size}: ${isFound(grid) ? 'its optimum' : 'its best menu so far'}`,
        optimum,
        observableScale,
        grid.profit,
      ),
    );
    rows.push(row(`${size}: menu scale by scale`, scaleByScale.attainedProfit, observableScale, grid.profit));
  }
  return rows;
};
