import type { Copula } from './distributions/copula.ts';
import type { Distribution } from './distributions/distribution.ts';
import type { FiniteSolver } from './finite/finite-solver.ts';
import type { EfficientSupply } from './supply/efficient-supply.ts';
import type { InputNames, InputScope } from './supply/input.ts';
import type { Minimizer } from './supply/minimizer.ts';
import type { ProductionAssumption } from './supply/production-assumptions.ts';
import type { ProductionFunction } from './supply/production-function.ts';

/** Bounds of a number: `min`, `max` are attained, `above`, `below` are not. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

export type NumberParameter = {
  readonly kind: 'number';
  readonly doc: string;
  readonly default?: number;
  /** It may be left out, and `create` then gets undefined: what takes its place follows from the other parameters. */
  readonly optional?: true;
  /** A list may stand for it, with one a task. */
  readonly perTask?: true;
} & NumberBounds;

/**
 * A parameter of a plugin entry, declared once: validation, help, sliders and the ranges of the laws follow from it.
 * A parameter without `default` must be given, unless it is optional.
 */
export type Parameter =
  | NumberParameter
  | ({
      readonly kind: 'numbers';
      readonly doc: string;
      readonly default?: readonly number[];
      readonly minLength?: number;
    } & NumberBounds)
  /**
   * A number for each input, as { name: number }. With a `default`, inputs may be left out. Where there are `formulaNames`, a text may
   * stand for a number: a formula in these names, which `create` parses and holds against the bounds.
   */
  | ({
      readonly kind: 'by-input';
      readonly doc: string;
      readonly scope: InputScope | 'any';
      readonly default?: number;
      readonly formulaNames?: readonly string[];
    } & NumberBounds)
  /** Several numbers for each input, as { name: { field: number } }. */
  | {
      readonly kind: 'fields-by-input';
      readonly doc: string;
      readonly scope: InputScope | 'any';
      readonly fields: Readonly<Record<string, NumberParameter>>;
      readonly default?: never;
    }
  /** Numbers under names of the user's choice, as { name: number }. */
  | ({
      readonly kind: 'by-name';
      readonly doc: string;
      readonly default?: Readonly<Record<string, number>>;
    } & NumberBounds)
  /** With `perTask`, a list may stand for it, with one a task. */
  | { readonly kind: 'text'; readonly doc: string; readonly default?: string; readonly perTask?: true }
  /** A list of { weight, of } with weight ≥ 0; `create` gets each `of` as a Distribution. */
  | { readonly kind: 'weighted-distributions'; readonly doc: string; readonly default?: never }
  /** The name of a column of the CSV file that the text parameter `file` names; `create` gets its numbers. */
  | { readonly kind: 'column'; readonly doc: string; readonly file: string; readonly default?: never };

/**
 * Parameter values after validation: every declared parameter is present, defaults filled in. The type is loose
 * because each entry declares its own; validation against the declaration stands in front of `create`.
 */
// biome-ignore lint/suspicious/noExplicitAny: an entry reads its own parameters, already validated
export type ParameterValues = Readonly<Record<string, any>>;

/** A named constructor of a T. `create` throws InputError where valid parameters contradict each other. */
export interface PluginEntry<T, Context = void, Example = ParameterValues> {
  readonly name: string;
  readonly doc: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Parameter sets on which the laws run, beside random ones. */
  readonly examples?: readonly Example[];
  create(parameters: ParameterValues, context: Context): T;
}

/** Parameters of a production function, the inputs that they are for, and what of Section 2 does not hold of it. */
export interface ProductionFunctionExample {
  readonly parameters: ParameterValues;
  readonly inputs: InputNames;
  /** Solving a study asks only that v is concave; beyond a peak nobody goes. */
  readonly without?: readonly Exclude<ProductionAssumption['name'], 'concave'>[];
}

/** A production function under a name; `create` gets the study’s inputs beside the parameters. */
export type ProductionFunctionEntry = PluginEntry<ProductionFunction, InputNames, ProductionFunctionExample>;
/** A distribution under a name. */
export type DistributionEntry = PluginEntry<Distribution>;
/** A copula under a name. */
export type CopulaEntry = PluginEntry<Copula>;
/** A cost C(q) given outright, without inputs: the efficient supply itself. */
export type CostFunctionEntry = PluginEntry<EfficientSupply>;
/** A minimizer under a name. */
export type MinimizerEntry = PluginEntry<Minimizer>;
/** A solver of finite problems under a name. */
export type SolverEntry = PluginEntry<FiniteSolver>;

/** A plugin is a plain value. */
export interface Plugin {
  /** What messages and provenance call it. */
  readonly name: string;
  /** For `production` of a study. */
  readonly productionFunctions?: readonly ProductionFunctionEntry[];
  /** For values, scales, types and goods. */
  readonly distributions?: readonly DistributionEntry[];
  /** For `dependence` of a study’s buyers. */
  readonly copulas?: readonly CopulaEntry[];
  /** For `cost` of a study. */
  readonly costFunctions?: readonly CostFunctionEntry[];
  /** For `solver.minimizer` of a study. */
  readonly minimizers?: readonly MinimizerEntry[];
  /** For `solver.use` of a study. */
  readonly solvers?: readonly SolverEntry[];
}
