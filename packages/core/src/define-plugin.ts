import type { Copula } from './distributions/copula.ts';
import type { Distribution } from './distributions/distribution.ts';
import type { FiniteSolver } from './finite/finite-solver.ts';
import type { NumberParameter, Parameter, Plugin, ProductionFunctionExample } from './plugin.ts';
import type { EfficientSupply } from './supply/efficient-supply.ts';
import type { InputNames } from './supply/input.ts';
import type { Minimizer } from './supply/minimizer.ts';
import type { ProductionFunction } from './supply/production-function.ts';

/** One declaration for each name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** What `create` gets for a parameter, after validation. */
export type ValueOf<P extends Parameter> = P extends { kind: 'number' }
  ? OrOneATask<P, number> | (P extends { optional: true } ? undefined : never)
  : P extends { kind: 'text' }
    ? OrOneATask<P, string>
    : P extends { kind: 'numbers' | 'column' }
      ? readonly number[]
      : P extends { kind: 'by-input' }
        ? Readonly<Record<string, P extends { formulaNames: readonly string[] } ? number | string : number>>
        : P extends { kind: 'by-name' }
          ? Readonly<Record<string, number>>
          : P extends {
                kind: 'fields-by-input';
                fields: infer Fields extends Readonly<Record<string, NumberParameter>>;
              }
            ? Readonly<Record<string, { readonly [Name in keyof Fields]: number }>>
            : P extends { kind: 'weighted-distributions' }
              ? readonly { readonly weight: number; readonly of: Distribution }[]
              : never;

type OrOneATask<P, One> = One | (P extends { perTask: true } ? readonly One[] : never);

/** What `create` gets: every parameter that is declared, defaults filled in. */
export type ValuesOf<Declared> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Parameter ? ValueOf<Declared[Name]> : never;
};

/** An entry of a plugin: a constructor of a T under a name, with its parameters declared once. Validation, help, sliders and the ranges of laws follow from the declaration. */
interface Entry<Declared, T, Context, Example> {
  /** As `use:` in a study has it. */
  readonly name: string;
  /** One sentence for `menusmith plugins` and the page. */
  readonly doc: string;
  readonly parameters: Declared;
  /** Parameter sets on which the laws run, beside random ones. */
  readonly examples?: readonly Example[];
  /** Throws InputError where parameters that are valid one by one contradict each other. */
  create(parameters: ValuesOf<Declared>, context: Context): T;
}

type Entries<Declared extends readonly Parameters[], T, Context = void, Example = object> = {
  readonly [K in keyof Declared]: Entry<Declared[K], T, Context, Example>;
};

/** A plugin whose declarations give `create` its types. */
export interface PluginDeclaration<
  Production extends readonly Parameters[],
  Distributions extends readonly Parameters[],
  Copulas extends readonly Parameters[],
  Costs extends readonly Parameters[],
  Minimizers extends readonly Parameters[],
  Solvers extends readonly Parameters[],
> {
  /** What messages and provenance call it. */
  readonly name: string;
  /** For `production` of a study. */
  readonly productionFunctions?: Entries<
    Production,
    ProductionFunction,
    InputNames,
    ProductionFunctionExample
  >;
  /** For values, scales, types and goods. */
  readonly distributions?: Entries<Distributions, Distribution>;
  /** For `dependence` of a study’s buyers. */
  readonly copulas?: Entries<Copulas, Copula>;
  /** A cost C(q) given outright, without inputs: the efficient supply itself. */
  readonly costFunctions?: Entries<Costs, EfficientSupply>;
  /** For `solver.minimizer` of a study. */
  readonly minimizers?: Entries<Minimizers, Minimizer>;
  /** For `solver.use` of a study. */
  readonly solvers?: Entries<Solvers, FiniteSolver>;
}

/**
 * A plugin as it is given, with types that flow from each entry's declared parameters into its `create`: the default export of a plugin's module.
 *
 * Nothing is checked here: what is wrong with a plugin is said where it is loaded, and by `menusmith laws`.
 */
export const definePlugin = <
  const Production extends readonly Parameters[] = [],
  const Distributions extends readonly Parameters[] = [],
  const Copulas extends readonly Parameters[] = [],
  const Costs extends readonly Parameters[] = [],
  const Minimizers extends readonly Parameters[] = [],
  const Solvers extends readonly Parameters[] = [],
>(
  plugin: PluginDeclaration<Production, Distributions, Copulas, Costs, Minimizers, Solvers>,
): Plugin => plugin as Plugin;
