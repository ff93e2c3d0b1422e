import type { TypeResult } from '../result.ts';
import type { ProfileTasks } from '../study/study.ts';
import { bestAndSecondBest } from './curve-picture.ts';
import { type FirstBest, typeName } from './finite-types.ts';
import { type Picture, panelsOf, pictureOf, type Row } from './picture.ts';

const MOST_PANELS = 6;

/** Quality over the tasks beside its first best, one panel a type; for few types with many tasks. */
export const profilePanels = (
  { positions }: ProfileTasks,
  types: readonly TypeResult[],
  firstBest: readonly FirstBest[],
): Picture[] => {
  if (types.length > MOST_PANELS || positions.length < 8) return [];
  const rows = types.flatMap((type, n) =>
    [
      { kind: 'first best', quality: firstBest[n]?.profile },
      { kind: 'optimal menu', quality: type.profile },
    ].flatMap(({ kind, quality }) =>
      Array.from(
        quality ?? [],
        (q, m): Row => ({ type: typeName(type, n), order: n, kind, task: positions[m]!, q }),
      ),
    ),
  );
  const picture = pictureOf(
    {
      name: 'profiles',
      title: 'Quality over the tasks',
      caption:
        'Each panel is a type of buyer, with her tasks from left to right: the quality that she gets under the optimal menu, and what she would get if the ' +
        'seller saw her type (first best). The gap is what hidden types cost; where one line is seen there is none.',
    },
    { profiles: rows },
    {
      data: { name: 'profiles' },
      ...panelsOf('type', 16, {
        height: 90,
        mark: { type: 'line', strokeWidth: 1.8, clip: true },
        encoding: {
          x: {
            field: 'task',
            type: 'quantitative',
            scale: { nice: false, domain: [0, 1] },
            axis: { title: 'task i', grid: false, tickCount: 6 },
          },
          y: { field: 'q', type: 'quantitative', axis: { title: 'quality q(i)', tickCount: 4 } },
          ...bestAndSecondBest,
        },
      }),
    },
  );
  return [picture];
};
