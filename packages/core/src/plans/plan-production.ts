import type { Amounts, ProductionFunction } from '../supply/production-function.ts';

/**
 * Quality that bought inputs add to what a plan includes, v(a + e) − v(a): concave where v is, and 0 at e = 0. `task` and `shared` hold
 * the amounts a, those of task inputs a task; `bought` says which inputs can be bought beyond them, task inputs before shared ones.
 */
export const productionBeyond = (
  production: ProductionFunction,
  { task, shared, bought }: { task: Float64Array; shared: Float64Array; bought: readonly boolean[] },
): ProductionFunction => {
  const x = Float64Array.from(task);
  const z = Float64Array.from(shared);
  const free = production.value(x, z);
  const places = bought.flatMap((is, i) => (is ? [i] : []));
  const taskPlaces = places.filter((i) => i < task.length);
  const marginal = new Float64Array(task.length + shared.length);
  const place = (ownX: Amounts, ownZ: Amounts): void => {
    places.forEach((i, k) => {
      if (i < task.length) x[i] = task[i]! + ownX[k]!;
      else z[i - task.length] = shared[i - task.length]! + ownZ[k - taskPlaces.length]!;
    });
  };
  const pick = (out: Float64Array): void => {
    places.forEach((i, k) => {
      out[k] = marginal[i]!;
    });
  };
  return {
    value: (ownX, ownZ) => {
      place(ownX, ownZ);
      return production.value(x, z) - free;
    },
    ...(production.gradient === undefined
      ? {}
      : {
          gradient: (ownX: Amounts, ownZ: Amounts, out: Float64Array) => {
            place(ownX, ownZ);
            production.gradient!(x, z, marginal);
            pick(out);
          },
        }),
    ...(production.valueWithGradient === undefined
      ? {}
      : {
          valueWithGradient: (ownX: Amounts, ownZ: Amounts, out: Float64Array) => {
            place(ownX, ownZ);
            const value = production.valueWithGradient!(x, z, marginal);
            pick(out);
            return value - free;
          },
        }),
  };
};
