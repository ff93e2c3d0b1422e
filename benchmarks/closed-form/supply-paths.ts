import type { ProductionTechnology } from '@menusmith/app';
import { standardPlugin } from '@menusmith/app';
import {
  type EfficientSupply,
  type Minimizer,
  numericProfileSupply,
  numericSupply,
  type ProductionFunction,
  type ProfileSupply,
  supplyByIndex,
  technology,
} from '@menusmith/core';
import {
  type MinimizerCount,
  minimizedProfileSupply,
  minimizedSupply,
  minimizerCount,
} from './minimized-supply.ts';

/** A way from a production function to what is efficiently supplied. */
export interface SupplyPath {
  readonly name: string;
  supply(how: ProductionTechnology): EfficientSupply;
  profileSupply(how: ProductionTechnology, tasks: number): ProfileSupply;
  /** Of a general minimizer: what became of its tries. */
  readonly count?: MinimizerCount;
}

const closedForm: SupplyPath = {
  name: 'closed form',
  supply: ({ production, inputs }) => production.closedForm!(inputs),
  profileSupply: ({ production, inputs }, tasks) =>
    supplyByIndex(production.closedForm!(inputs), production.degree!, tasks),
};

const newton: SupplyPath = {
  name: 'our Newton',
  supply: ({ production, inputs }) => numericSupply(technology(production, inputs)),
  profileSupply: ({ production, inputs }, tasks) =>
    numericProfileSupply(technology(production, inputs), tasks),
};

const valueAlone = (production: ProductionFunction): ProductionFunction => ({
  value: (x, z) => production.value(x, z),
});

const withoutGradients: SupplyPath = {
  name: 'our Newton, v alone',
  supply: ({ production, inputs }) => numericSupply(technology(valueAlone(production), inputs)),
  profileSupply: ({ production, inputs }, tasks) =>
    numericProfileSupply(technology(valueAlone(production), inputs), tasks),
};

const byMinimizer = (name: string, minimizer: Minimizer): SupplyPath => {
  const count = minimizerCount();
  return {
    name,
    supply: ({ production, inputs }) => minimizedSupply(technology(production, inputs), minimizer, count),
    profileSupply: ({ production, inputs }, tasks) =>
      minimizedProfileSupply(technology(production, inputs), minimizer, tasks, count),
    count,
  };
};

export const ownPaths: readonly SupplyPath[] = [closedForm, newton, withoutGradients];

/** Every registered minimizer, by the name under which a study asks for it; counts start at zero. */
export const minimizerPaths = (): SupplyPath[] =>
  (standardPlugin.minimizers ?? []).map((entry) => byMinimizer(entry.name, entry.create({})));
