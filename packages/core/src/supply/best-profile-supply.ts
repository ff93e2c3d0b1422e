import {
  type CurvedPoint,
  curvedPoint,
  type PointWithInputs,
  type ProfileModel,
  type ProfilePoint,
  type ProfileSupply,
  pointWithInputs,
  profilePoint,
  taskInputCount,
} from './profile-supply.ts';

/**
 * Supply to profiles with a choice of base model (Section 8): S(φ) = max over models of S_l(φ), each profile made by the model that makes it best;
 * of models that are as good the first.
 *
 * S is convex, as each S_l is; where two are equal it has a kink, and both qualities, and every lottery between them, attain it. Curvature is that
 * of the best model. Inputs stand task inputs of all models first, model by model, and those of models not used are 0.
 */
export const bestProfileSupply = (models: readonly ProfileModel[]): ProfileSupply => {
  const tasks = Math.max(...models.map(({ supply }) => supply.tasks));
  const supplies = models.map(({ supply }) => supply);
  const inputs = (['task', 'shared'] as const).flatMap((scope) =>
    models.flatMap(({ name, supply }) =>
      supply.inputs.filter((input) => input.scope === scope).map((input) => ({ ...input, model: name })),
    ),
  );
  const plain = supplies.map(profilePoint);
  let curved: readonly CurvedPoint[] | undefined;
  let withInputs: readonly PointWithInputs[] | undefined;
  const start = Math.min(...supplies.map(({ starts = [0] }) => Math.min(...starts)));

  return {
    inputs,
    tasks,
    mostRank: Math.max(...supplies.map(({ mostRank }) => mostRank)),
    ...(start > 0 ? { starts: Float64Array.of(start) } : {}),
    models,
    supply: (values, weights, count, out) => {
      let best = 0;
      let solved = true;
      for (let l = 0; l < supplies.length; l++) {
        supplies[l]!.supply(values, weights, count, plain[l]!);
        solved &&= plain[l]!.solved;
        if (plain[l]!.surplus > plain[best]!.surplus) best = l;
      }
      copyPoint(plain[best]!, count, out);
      out.model = best;
      out.solved = solved;
      if (out.curvature) {
        curved ??= supplies.map(curvedPoint);
        const own = curved[best]!;
        supplies[best]!.supply(values, weights, count, own);
        const { diagonal, factors, coefficients, rank } = own.curvature;
        out.curvature.diagonal.set(diagonal.subarray(0, count));
        out.curvature.factors.set(factors.subarray(0, count * rank));
        out.curvature.coefficients.set(coefficients.subarray(0, rank));
        out.curvature.rank = rank;
      }
      if (out.inputs) {
        withInputs ??= supplies.map(pointWithInputs);
        const own = withInputs[best]!;
        supplies[best]!.supply(values, weights, count, own);
        copyInputs(supplies, best, own, count, out);
      }
    },
  };
};

const copyPoint = (from: ProfilePoint, count: number, out: ProfilePoint): void => {
  for (let b = 0; b < count; b++) out.quality[b] = from.quality[b]!;
  out.surplus = from.surplus;
  out.cost = from.cost;
  out.sharedCost = from.sharedCost;
};

/** Writes the inputs of one model among those of all. */
const copyInputs = (
  supplies: readonly ProfileSupply[],
  best: number,
  { inputs: own }: PointWithInputs,
  count: number,
  { inputs: out }: ProfilePoint,
): void => {
  if (out === undefined) return;
  const counts = supplies.map(({ inputs }) => taskInputCount(inputs));
  const before = (of: readonly number[]): number => of.slice(0, best).reduce((sum, each) => sum + each, 0);
  const all = counts.reduce((sum, each) => sum + each, 0);
  const [firstTask, firstShared] = [
    before(counts),
    before(supplies.map(({ inputs }, l) => inputs.length - counts[l]!)),
  ];
  out.task.fill(0);
  out.shared.fill(0);
  const each = counts[best]!;
  for (let m = 0; m < count; m++)
    for (let j = 0; j < each; j++) out.task[m * all + firstTask + j] = own.task[m * each + j]!;
  out.shared.set(own.shared, firstShared);
};
