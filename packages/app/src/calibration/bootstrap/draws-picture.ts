import { colours, panel as frame, type Picture, pictureOf } from '../../pictures/picture.ts';
import type { Bootstrap } from './bootstrap.ts';

const BINS = 20;

/** Changes of profit over the draws of a bootstrap. */
export const drawsPicture = ({ changes, relativeChange, draws }: Bootstrap): Picture => {
  const [low, high] = [Math.min(...changes), Math.max(...changes)];
  const width = Math.max((high - low) / BINS, 1e-6);
  const bins = Array.from({ length: BINS }, (_, k) => ({
    from: low + k * width,
    to: low + (k + 1) * width,
    draws: 0,
    zero: 0,
  }));
  for (const change of changes) bins[Math.min(BINS - 1, Math.floor((change - low) / width))]!.draws++;
  const axis = (field: string): object => ({
    field,
    type: 'quantitative',
    scale: { zero: false },
    axis: { title: 'profit more than today’s list', format: '.1%', tickCount: 5, grid: false },
  });
  return pictureOf(
    {
      name: 'draws',
      title: 'Change of profit over draws',
      caption: `What the best three two-part tariffs of the fit earn more than today’s list, over today’s profit, in ${draws} draws of customers; the line is the fit.`,
    },
    { bins, fit: [{ change: relativeChange }] },
    {
      ...frame,
      layer: [
        {
          data: { name: 'bins' },
          mark: { type: 'rect', color: colours.skyBlue },
          encoding: {
            x: axis('from'),
            x2: { field: 'to' },
            y: { field: 'draws', type: 'quantitative', axis: { title: 'draws', tickCount: 4 } },
            y2: { field: 'zero' },
          },
        },
        {
          data: { name: 'fit' },
          mark: { type: 'rule', color: colours.vermillion, strokeWidth: 1.5 },
          encoding: { x: axis('change') },
        },
      ],
    },
  );
};
