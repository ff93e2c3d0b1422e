import { colours, panel, pictureOf, renderSvg } from '@menusmith/app';
import type { Distribution, DistributionEntry, ParameterValues } from '@menusmith/core';

/** Points of a density that are drawn between two neighbouring breakpoints. */
const POINTS = 160;

/** A density that is infinite somewhere is cut off above so many times the height below which nine tenths of its points stay. */
const ROOM = 2.5;

const strokes: readonly (readonly [string, readonly number[]])[] = [
  [colours.blue, []],
  [colours.vermillion, [6, 3]],
  [colours.green, [2, 2]],
];

/** Points of the density, two at every point where it jumps. */
const pointsOf = (distribution: Distribution): readonly (readonly [number, number])[] => {
  const { min, max, breakpoints } = distribution;
  const ends = [min, ...breakpoints, max];
  const next = (max - min) * 1e-6;
  const drawn = ends.slice(1).flatMap((to, k) => {
    const from = ends[k]!;
    const count = Math.max(2, Math.round((POINTS * (to - from)) / (max - min)));
    return Array.from({ length: count + 1 }, (_, i) => {
      const at = from + ((to - from) * i) / count;
      return [at, Math.min(Math.max(at, from + next), to - next)] as const;
    });
  });
  return [[min, 0], ...drawn.map(([at, near]) => [at, distribution.density(near)] as const), [max, 0]];
};

/** Vega numbers what it clips by all that a process has drawn; a picture that is kept counts its own. */
const renumbered = (svg: string): string => {
  const numbers = new Map<string, number>();
  return svg.replace(/\bclip(\d+)\b/g, (_, own: string) => {
    if (!numbers.has(own)) numbers.set(own, numbers.size + 1);
    return `clip${numbers.get(own)}`;
  });
};

const rounded = (value: number): number => Number(value.toPrecision(5));

/** Densities of a distribution, one curve a set of parameters, as an SVG. `labels` name them. */
export const densityPicture = async (
  entry: DistributionEntry,
  drawn: readonly { readonly label: string; readonly parameters: ParameterValues }[],
): Promise<string> => {
  const made = drawn.map(({ label, parameters }) => ({ label, distribution: entry.create(parameters) }));
  const curves = made.map(({ label, distribution }) => ({ label, points: pointsOf(distribution) }));
  const isBounded = made.every(({ distribution: { min, max, breakpoints, density } }) =>
    [min, ...breakpoints, max].every((at) => Number.isFinite(density(at))),
  );
  const heights = curves.flatMap(({ points }) => points.map(([, height]) => height)).sort((a, b) => a - b);
  const most = isBounded ? heights.at(-1)! : ROOM * heights[Math.floor(0.9 * (heights.length - 1))]!;
  const { specification } = pictureOf(
    { name: `density-${entry.name}`, title: `Densities of ${entry.name}`, caption: '' },
    {
      densities: curves.flatMap(({ label, points }) =>
        points.map(([type, density], order) => ({
          label,
          order,
          type: rounded(type),
          density: rounded(Math.min(density, 2 * most)),
        })),
      ),
    },
    {
      ...panel,
      data: { name: 'densities' },
      mark: { type: 'line', clip: true, strokeWidth: 1.8 },
      encoding: {
        x: { field: 'type', type: 'quantitative', title: 'x', scale: { zero: false } },
        y: {
          field: 'density',
          type: 'quantitative',
          title: 'density f(x)',
          scale: { domain: [0, rounded(1.05 * most)] },
        },
        order: { field: 'order' },
        color: {
          field: 'label',
          type: 'nominal',
          sort: null,
          title: null,
          scale: { range: strokes.map(([colour]) => colour) },
          legend: { columns: 1, symbolType: 'stroke', labelLimit: 0 },
        },
        strokeDash: {
          field: 'label',
          type: 'nominal',
          sort: null,
          scale: { range: strokes.map(([, dash]) => dash) },
        },
      },
    },
  );
  return renumbered(await renderSvg(specification));
};
