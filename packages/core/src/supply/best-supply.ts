import { root } from '../integration/root.ts';
import { type EfficientSupply, type SupplyPoint, supplyPoint } from './efficient-supply.ts';

/** A model that the seller can serve a buyer with: its own production function and inputs. */
export interface ModelSupply {
  readonly name: string;
  readonly supply: EfficientSupply;
}

const SCAN = 48;
/** Values below this share of the highest are not searched for a change of model. */
const LOWEST = 1e-6;
/** Shares of the highest value between which a change of model is looked for. */
const scan = Array.from({ length: SCAN + 1 }, (_, i) => Math.exp((1 - i / SCAN) * Math.log(LOWEST)));

/**
 * Supply with a choice of base model (Section 8): S(φ, s) = max over models of S_k(φ, s), each buyer served by the model that serves her best.
 *
 * S stays convex in φ, so that everything that asks only for supply at φ̄ works as before; quality jumps up where the best model changes.
 * Inputs stand model by model, and those of models not used are 0.
 */
export const bestSupply = (models: readonly ModelSupply[]): EfficientSupply => {
  const inputs = models.flatMap(({ name, supply }) =>
    supply.inputs.map((input) => ({ ...input, model: name })),
  );
  const points = models.map(({ supply }) => supplyPoint(supply.inputs.length));
  let start = 0;
  const starts = models.map(({ supply }) => {
    const own = start;
    start += supply.inputs.length;
    return own;
  });
  const regimes = 3 ** Math.max(0, ...models.map(({ supply }) => supply.inputs.length));

  const bestAt = (value: number, scale: number): number => {
    let best = 0;
    for (let k = 0; k < models.length; k++) {
      models[k]!.supply.supply(value, scale, points[k]!);
      if (points[k]!.surplus > points[best]!.surplus) best = k;
    }
    return best;
  };
  const publish = (best: number, out: SupplyPoint): void => {
    const point = points[best]!;
    out.inputs.fill(0);
    out.inputs.set(point.inputs, starts[best]!);
    out.quality = point.quality;
    out.cost = point.cost;
    out.surplus = point.surplus;
    out.regime = best * regimes + point.regime;
    out.model = best;
    out.qualityByValue = point.qualityByValue;
    out.qualityByScale = point.qualityByScale;
    out.solved = points.every(({ solved }) => solved);
  };

  /** Where the models' own supplies have kinks while they are best, and where the best model changes. */
  const searchKinks = (scale: number, upTo: number): readonly number[] => {
    const own = models.map(({ supply }) => supply.kinks(scale, upTo));
    const found = own.flatMap((kinks, k) => kinks.filter((value) => bestAt(value, scale) === k));
    const places = Float64Array.from([...scan.map((share) => share * upTo), ...own.flat()]).sort();
    let above = bestAt(places[0]!, scale);
    for (let i = 0; i + 1 < places.length; i++) {
      const below = above;
      above = bestAt(places[i + 1]!, scale);
      if (below === above) continue;
      const [loses, wins] = [points[below]!, points[above]!];
      const lead = (value: number): number => {
        bestAt(value, scale);
        return wins.surplus - loses.surplus;
      };
      found.push(root(lead, places[i]!, places[i + 1]!));
    }
    return found.filter((value) => value > 0 && value < upTo).sort((a, b) => a - b);
  };
  /** The kinks of every scale as they were asked for last: quadrature, audit and pictures come back to the same scales. */
  const known = new Map<number, { readonly upTo: number; readonly kinks: readonly number[] }>();

  return {
    inputs,
    models: models.map(({ name }) => name),
    supply: (value, scale, out) => publish(bestAt(value, scale), out),
    slopes: (value, scale, out) => {
      const best = bestAt(value, scale);
      models[best]!.supply.slopes(value, scale, points[best]!);
      publish(best, out);
    },
    kinks: (scale, upTo) => {
      if (!(upTo > 0)) return [];
      const before = known.get(scale);
      if (before?.upTo === upTo) return before.kinks;
      const kinks = searchKinks(scale, upTo);
      known.set(scale, { upTo, kinks });
      return kinks;
    },
  };
};
