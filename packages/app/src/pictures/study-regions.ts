import type { Result, TypeResult } from '../result.ts';
import type { Solution } from '../solution.ts';
import { degreeOf } from '../study/degree.ts';
import type { Study, ValueScaleBuyers } from '../study/study.ts';
import { drawnMenus, endOf } from './drawn-menus.ts';
import { drawnSupply } from './drawn-supply.ts';
import { colours, type Picture, pictureOf, type Row } from './picture.ts';

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
/** Halvings in search of a boundary between quotes. */
const HALVINGS = 8;

/** Figure 1 of the paper for any value-scale study: who is excluded, served, and served with shared inputs. */
export const regionsPicture = (study: Study, boundaries: readonly Boundary[]): Picture | undefined => {
  const { buyers } = study;
  if (buyers.kind !== 'value-scale') return undefined;
  const [from, to] = [buyers.value.min, endOf(buyers.value)];
  const shared = sharedInputs(study);
  const hasShared = shared.length > 0;
  const names = regionNames(hasShared);
  const regions = boundaries.flatMap(({ scale, service, fineTuning }): Row[] => {
    const ends = hasShared ? [from, service, fineTuning, to] : [from, service, to];
    return names.map((region, k) => ({ scale, region, from: ends[k]!, to: ends[k + 1]! }));
  });
  return pictureOf(
    { name: 'regions', title, caption: regionsCaption(shared, 'Every point is a buyer') },
    {
      regions,
      'service-boundary': boundaryRows(boundaries, 'service', to),
      'fine-tuning-boundary': hasShared ? boundaryRows(boundaries, 'fineTuning', to) : [],
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
        ...['service-boundary', 'fine-tuning-boundary'].map((name) => ({
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
  const { buyers } = study;
  if (buyers.kind !== 'file' && buyers.kind !== 'value-scale-grid') return undefined;
  if (!types.every(({ value, scale }) => value !== undefined && scale !== undefined)) return undefined;
  const shared = sharedInputs(study);
  const names = regionNames(shared.length > 0);
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

const regionNames = (hasShared: boolean): readonly string[] =>
  hasShared ? ['excluded', 'served, no fine-tuning', 'fine-tuned'] : ['excluded', 'served'];

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
  const { buyers } = study;
  if (buyers.kind !== 'value-scale') return [];
  const [low, high] = [buyers.scale.min, endOf(buyers.scale)];
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

const boundariesOf = (
  study: Study,
  buyers: ValueScaleBuyers,
  solution: Solution,
  scales: readonly number[],
): Boundary[] => {
  const [from, to] = [buyers.value.min, endOf(buyers.value)];
  const within = (value: number): number => Math.min(to, Math.max(from, value));
  const isFineTuned = ({ inputs }: TypeResult): boolean =>
    sharedInputs(study).some(({ name }) => (inputs[name] ?? 0) > 0);
  if (solution.result.method !== 'finite') {
    const { axis, menuAt } = drawnMenus(study, buyers);
    if (axis === 'value')
      return scales.map((scale) => {
        const { cutoff, fineTuningCutoff } = menuAt(Math.max(scale, LEAST_SCALE));
        return { scale, service: within(cutoff), fineTuning: within(fineTuningCutoff) };
      });
    // Who is served depends on θ = w s^{1−σ} alone.
    const { cutoff, fineTuningCutoff } = menuAt(1);
    const power = 1 - (degreeOf(study.technology) ?? 0);
    const startAt = (index: number, scale: number): number => within(scale > 0 ? index / scale ** power : to);
    return scales.map((scale) => ({
      scale,
      service: startAt(cutoff, scale),
      fineTuning: startAt(fineTuningCutoff, scale),
    }));
  }
  const value = (scale: number, holds: (quote: TypeResult) => boolean): number =>
    threshold((w) => holds(solution.quote({ value: w, scale })), from, to, HALVINGS);
  const few = scales.filter((_, k) => k % 2 === 0);
  return few.map((scale) => {
    // In the place of a buyer without tasks, one with few.
    const asked = scale > 0 ? scale : few[1]! / 4;
    return {
      scale,
      service: value(asked, ({ excluded }) => !excluded),
      fineTuning: value(asked, isFineTuned),
    };
  });
};

/** The least x from which `holds` is true, halving the interval so often; `to` where it never is. */
const threshold = (holds: (x: number) => boolean, from: number, to: number, halvings: number): number => {
  if (!holds(to)) return to;
  let [below, above] = [from, to];
  for (let i = 0; i < halvings; i++) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
};

const sharedInputs = (study: Study) =>
  drawnSupply(study).supply.inputs.filter(({ scope }) => scope === 'shared');

/** A boundary from where it leaves the edge of the picture: on the edge itself nobody is on the other side. */
const boundaryRows = (
  boundaries: readonly Boundary[],
  field: 'service' | 'fineTuning',
  edge: number,
): Row[] => {
  const inside = boundaries.findIndex((boundary) => boundary[field] < edge);
  const start = inside < 0 ? boundaries.length : Math.max(0, inside - 1);
  return boundaries.slice(start).map((boundary) => ({ scale: boundary.scale, value: boundary[field] }));
};
