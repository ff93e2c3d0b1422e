import { type NamedBuyers, namedBuyers } from '../problem/named-buyers.ts';
import { sharedInputWords } from '../report/study-inputs.ts';
import type { Result, TypeResult } from '../result.ts';
import type { Solution } from '../solution.ts';
import { degreeOf } from '../study/degree.ts';
import type { Study } from '../study/study.ts';
import { drawnSupply } from './drawn-supply.ts';
import { colours, type Picture, pictureOf, type Row } from './picture.ts';
import { threshold } from './threshold.ts';

/** At one scale, the lowest value that is served and the lowest that gets some of a shared input; the highest value where none does. */
export interface Boundary {
  readonly scale: number;
  readonly service: number;
  readonly fineTuning: number;
}

const SCALES = 41;
/** In the place of no tasks at all, where nobody could be served. */
const LEAST_SCALE = 1e-6;
const side = 250;
/** Of the distance between quotes or scales: how near to a boundary the search for it ends. */
const NEAR = 1 / 256;

/** Figure 1 of the paper for any value-scale study: who is excluded, served, and served with shared inputs. */
export const regionsPicture = (
  study: Study,
  boundaries: readonly Boundary[],
  isGrid: boolean,
): Picture | undefined => {
  const buyers = namedBuyers(study.buyers);
  if (buyers.kind !== 'plane') return undefined;
  const [from, to] = [buyers.values.min, buyers.values.max];
  const shared = sharedInputs(study);
  const hasShared = shared.length > 0;
  const names = regionNames(shared);
  const regions = boundaries.flatMap(({ scale, service, fineTuning }): Row[] => {
    const ends = hasShared ? [from, service, fineTuning, to] : [from, service, to];
    return names.map((region, k) => ({ scale, region, from: ends[k]!, to: ends[k + 1]! }));
  });
  return pictureOf(
    {
      name: 'regions',
      title,
      caption: `${regionsCaption(shared, 'Every point is a buyer')}${isGrid ? ' Small steps and corners of the borders are those of the grid of types for which the menu was made.' : ''}`,
    },
    {
      regions,
      'service-boundary': boundaryRows(boundaries, 'service', to),
      'shared-boundary': hasShared ? boundaryRows(boundaries, 'fineTuning', to) : [],
    },
    {
      width: side,
      height: side,
      layer: [
        {
          data: { name: 'regions' },
          mark: { type: 'area', orient: 'horizontal', clip: true },
          encoding: {
            x: { field: 'from', ...axis('value w of a task') },
            x2: { field: 'to' },
            y: { field: 'scale', ...axis('scale s, share of the tasks') },
            color: regionColour(names),
          },
        },
        ...['service-boundary', 'shared-boundary'].map((name) => ({
          data: { name },
          mark: { type: 'line', color: 'black', strokeWidth: 1.5, clip: true },
          encoding: {
            x: { field: 'value', type: 'quantitative' },
            y: { field: 'scale', type: 'quantitative' },
            order: { field: 'scale' },
          },
        })),
      ],
    },
  );
};

/** The same of listed values and scales: one square a type. */
export const listedRegions = (study: Study, { types }: Result): Picture | undefined => {
  if (namedBuyers(study.buyers).kind !== 'list') return undefined;
  if (!types.every(({ value, scale }) => value !== undefined && scale !== undefined)) return undefined;
  const shared = sharedInputs(study);
  const names = regionNames(shared);
  const rows = types.map((type): Row => {
    const isTuned = shared.some(({ name }) => (type.inputs[name] ?? 0) > 0);
    return { value: type.value!, scale: type.scale!, region: names[type.excluded ? 0 : isTuned ? 2 : 1]! };
  });
  const size = Math.min(300, Math.max(6, (0.8 * side) ** 2 / types.length));
  return pictureOf(
    { name: 'regions', title, caption: regionsCaption(shared, 'Every square is a type of buyer') },
    { regions: rows },
    {
      width: side,
      height: side,
      data: { name: 'regions' },
      mark: { type: 'point', shape: 'square', filled: true, opacity: 1, size },
      encoding: {
        x: { field: 'value', ...axis('value w of a task'), scale: { zero: false } },
        y: { field: 'scale', ...axis('scale s, share of the tasks'), scale: { zero: false } },
        color: regionColour(names),
      },
    },
  );
};

const title = 'Who is excluded and who is served';

const regionNames = (shared: readonly { readonly name: string }[]): readonly string[] => {
  if (shared.length === 0) return ['excluded', 'served'];
  const words = sharedInputWords([...new Set(shared.map(({ name }) => name))]);
  return ['excluded', `served, no ${words}`, `with ${words}`];
};

const regionColour = (names: readonly string[]): object => ({
  field: 'region',
  type: 'nominal',
  scale: { domain: names, range: [colours.absent, colours.skyBlue, colours.blue].slice(0, names.length) },
  legend: { title: null, direction: 'horizontal', symbolType: 'square', columns: 2 },
});

const regionsCaption = (shared: readonly { readonly name: string }[], what: string): string => {
  const sharedNames = [...new Set(shared.map(({ name }) => name))].join(', ');
  return (
    `${what}: to the right she values quality more, further up she has more tasks. In the grey region the menu has nothing that she would buy` +
    (shared.length > 0
      ? `; in the dark blue region her item includes ${sharedNames}, which serves all her tasks at once.`
      : '.')
  );
};

/** Where service and fine-tuning begin, at ascending scales; nothing where buyers are not values and scales. */
export const regionBoundariesOf = (study: Study, solution: Solution): readonly Boundary[] => {
  const buyers = namedBuyers(study.buyers);
  if (buyers.kind !== 'plane') return [];
  const [low, high] = [buyers.scales.min, buyers.scales.max];
  const scales = Array.from({ length: SCALES }, (_, k) => low + ((high - low) * k) / (SCALES - 1));
  return boundariesOf(study, buyers, solution, scales);
};

/** Whether a buyer is excluded, by the nearest of the scales at which that is known. */
export const isExcludedBy =
  (boundaries: readonly Boundary[]) =>
  (value: number, scale: number): boolean => {
    let nearest: Boundary | undefined;
    for (const boundary of boundaries) {
      const distance = Math.abs(boundary.scale - scale);
      if (nearest === undefined || distance < Math.abs(nearest.scale - scale)) nearest = boundary;
    }
    return nearest !== undefined && value <= nearest.service;
  };

const axis = (title: string) => ({
  type: 'quantitative',
  scale: { zero: false, nice: false },
  axis: { title, grid: false, tickCount: 5, labelFlush: false },
});

/** What is known of the places where service and fine-tuning begin at one scale. */
interface Beginnings {
  at(scale: number): Omit<Boundary, 'scale'>;
  /** Whether there is anybody at the scale for whom it begins. */
  isReached(start: Start, scale: number): boolean;
}
type Start = 'service' | 'fineTuning';

/**
 * The boundaries at these scales, and at those where one of them reaches the edge of the picture: borders drawn from one sampled scale to the next
 * would meet the edge where everybody is still on one side.
 */
const withEnds = ({ at, isReached }: Beginnings, scales: readonly number[]): Boundary[] => {
  const ends = (['service', 'fineTuning'] as const).flatMap((start) => {
    const reached = scales.map((scale) => isReached(start, scale));
    return scales.slice(1).flatMap((to, k) => {
      const from = scales[k]!;
      if (reached[k] === reached[k + 1]) return [];
      const isAcross = (scale: number): boolean => isReached(start, scale) !== reached[k];
      const near = (to - from) * NEAR;
      const across = threshold(isAcross, { from, to }, near);
      // Both sides: one is on the edge, the other is where the area begins.
      return [across - near, across];
    });
  });
  const all = [...new Set([...scales, ...ends])].sort((a, b) => a - b);
  return all.map((scale) => ({ scale, ...at(scale) }));
};

const boundariesOf = (
  study: Study,
  buyers: Extract<NamedBuyers, { kind: 'plane' }>,
  solution: Solution,
  scales: readonly number[],
): Boundary[] => {
  const [from, to] = [buyers.values.min, buyers.values.max];
  const within = (value: number): number => Math.min(to, Math.max(from, value));
  if (solution.continuous !== undefined) {
    const { axis, menuAt } = solution.continuous;
    // Of representative types, who is served depends on θ = w s^{1−σ} alone.
    const power = 1 - (degreeOf(study.technology) ?? 0);
    const one = axis === 'type' ? menuAt(1) : undefined;
    const at = (scale: number): Omit<Boundary, 'scale'> => {
      const { cutoff, fineTuningCutoff } = one ?? menuAt(Math.max(scale, LEAST_SCALE));
      if (one === undefined) return { service: within(cutoff), fineTuning: within(fineTuningCutoff) };
      const startAt = (index: number): number => within(scale > 0 ? index / scale ** power : to);
      return { service: startAt(cutoff), fineTuning: startAt(fineTuningCutoff) };
    };
    return withEnds({ at, isReached: (start, scale) => at(scale)[start] < to }, scales);
  }
  const shared = sharedInputs(study);
  // In the place of a buyer without tasks, one with few.
  const least = scales[0]! > 0 ? scales[0]! : scales[1]! / 2;
  const begins = {
    service: ({ excluded }: TypeResult) => !excluded,
    fineTuning: ({ inputs }: TypeResult) => shared.some(({ name }) => (inputs[name] ?? 0) > 0),
  } as const;
  const isReachedBy = (start: Start, value: number, scale: number): boolean =>
    begins[start](solution.quote({ value, scale: Math.max(scale, least) }));
  const near = (to - from) * NEAR;
  // The middle of what is not known: its upper end could be the edge, where nobody is inside.
  const search = (start: Start, scale: number): number =>
    isReachedBy(start, to, scale)
      ? threshold((value) => isReachedBy(start, value, scale), { from, to }, near) - near / 2
      : to;
  // From one scale to the next a step often stays where it is, which takes two quotes to see in the place of nine.
  const last: Partial<Record<Start, number>> = {};
  const startAt = (start: Start, scale: number): number => {
    const known = last[start];
    const isKept =
      known !== undefined &&
      known < to &&
      !isReachedBy(start, known - near / 2, scale) &&
      isReachedBy(start, known + near / 2, scale);
    const found = isKept ? known : search(start, scale);
    last[start] = found;
    return found;
  };
  return withEnds(
    {
      at: (scale) => ({ service: startAt('service', scale), fineTuning: startAt('fineTuning', scale) }),
      isReached: (start, scale) => isReachedBy(start, to, scale),
    },
    scales,
  );
};

const sharedInputs = (study: Study) =>
  drawnSupply(study).supply.inputs.filter(({ scope }) => scope === 'shared');

/** A boundary where it is inside the picture, with its ends on the edge: on the edge itself nobody is on the other side. */
const boundaryRows = (boundaries: readonly Boundary[], start: Start, edge: number): Row[] => {
  const isInside = (boundary: Boundary): boolean => boundary[start] < edge;
  const first = boundaries.findIndex(isInside);
  if (first < 0) return [];
  return boundaries
    .slice(Math.max(0, first - 1), boundaries.findLastIndex(isInside) + 2)
    .map((boundary) => ({ scale: boundary.scale, value: boundary[start] }));
};
