import type { Copula } from './copula.ts';
import type { Distribution } from './distribution.ts';
import type { EfficientSupply } from './efficient-supply.ts';
import type { Minimizer } from './minimizer.ts';
import type { InputNames, InputScope, ProductionFunction } from './production-function.ts';

/** Bounds of a number: `min`, `max` are attained, `above`, `below` are not. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/**
 * A parameter of a plugin entry, declared once: validation, help, sliders and the ranges of the laws follow from it.
 * A parameter without `default` must be given.
 */
export type Parameter =
  | ({ readonly kind: 'number'; readonly doc: string; readonly default?: number } & NumberBounds)
  | ({
      readonly kind: 'numbers';
      readonly doc: string;
      readonly default?: readonly number[];
      readonly minLength?: number;
    } & NumberBounds)
  /** A number for each input, as { name: number }. With a `default`, inputs may be left out. */
  | ({
      readonly kind: 'by-input';
      readonly doc: string;
      readonly scope: InputScope | 'any';
      readonly default?: number;
    } & NumberBounds)
  | { readonly kind: 'text'; readonly doc: string; readonly default?: string };

/**
 * Parameter values after validation: every declared parameter is present, defaults filled in. The type is loose
 * because each entry declares its own; validation against the declaration stands in front of `create`.
 */
// biome-ignore lint/suspicious/noExplicitAny: an entry reads its own parameters, already validated
export type ParameterValues = Readonly<Record<string, any>>;

/** A named constructor of a T. `create` throws InputError where valid parameters contradict each other. */
export interface PluginEntry<T, Context = void> {
  readonly name: string;
  readonly doc: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Parameter sets on which the laws run, beside random ones. */
  readonly examples?: readonly ParameterValues[];
  create(parameters: ParameterValues, context: Context): T;
}

export type ProductionFunctionEntry = PluginEntry<ProductionFunction, InputNames>;
export type DistributionEntry = PluginEntry<Distribution>;
export type CopulaEntry = PluginEntry<Copula>;
/** A cost C(q) given outright, without inputs: the efficient supply itself. */
export type CostFunctionEntry = PluginEntry<EfficientSupply>;
export type MinimizerEntry = PluginEntry<Minimizer>;

/** A plugin is a plain value. */
export interface Plugin {
  readonly name: string;
  readonly productionFunctions?: readonly ProductionFunctionEntry[];
  readonly distributions?: readonly DistributionEntry[];
  readonly copulas?: readonly CopulaEntry[];
  readonly costFunctions?: readonly CostFunctionEntry[];
  readonly minimizers?: readonly MinimizerEntry[];
}
