import type { ProductionTechnology, Study } from '../study/study.ts';

/** ρ by input's name, in money per unit. */
export type ShadowPriceList = Readonly<Record<string, number>>;

/** The same buyers and costs with no limit on inputs. */
export const withoutCapacity = (study: Study): Study => {
  const { capacity, ...terms } = study.terms;
  return capacity === undefined ? study : { ...study, terms };
};

/** The study without its capacity at costs c + ρ, at which its best menu respects it. Inputs of one name have one price, whatever the model. */
export const pricedStudy = (study: Study, prices: ShadowPriceList, tolerance: number): Study => {
  return {
    ...withoutCapacity(study),
    technology: pricedTechnology(study.technology, prices),
    solver: { ...study.solver, tolerance },
  };
};

const pricedTechnology = (technology: Study['technology'], prices: ShadowPriceList): Study['technology'] => {
  if (technology.kind === 'cost') return technology;
  const priced = <T extends ProductionTechnology>(made: T): T => ({
    ...made,
    inputs: made.inputs.map((input) => ({ ...input, cost: input.cost + (prices[input.name] ?? 0) })),
  });
  return technology.kind === 'production'
    ? priced(technology)
    : { ...technology, models: technology.models.map(priced) };
};

/** The least cost of an input of each name: several models may pay differently for it. */
export const leastCost = ({ technology }: Study, name: string): number => {
  const made =
    technology.kind === 'models' ? technology.models : technology.kind === 'production' ? [technology] : [];
  return made
    .flatMap(({ inputs }) => inputs)
    .reduce(
      (least, input) => (input.name === name ? Math.min(least, input.cost) : least),
      Number.POSITIVE_INFINITY,
    );
};
