import {
  type AskedBuyer,
  type Coordinates,
  givenBuyers,
  type Headline,
  type ProofDocument,
  prepareStudy,
  proofDocument,
  quotedBuyers,
  requireOptions,
  type Solution as Solved,
  type Result as SolvedResult,
  solvingStudy,
  type TypeResult,
} from '@menusmith/app/portable';
import { InputError } from '@menusmith/core';
import { clock, type RunOptions, type RunProgress, runSteps } from './run-steps.ts';
import { type Made, onStudy, openedStudy, provenanceFor, type Study } from './study.ts';

type Numbers<Names extends keyof Headline> = { readonly [Name in Names]: number };
type Nothing<Names extends keyof Headline> = { readonly [Name in Names]: null };

/** Of a menu that sells: every total is a number. */
export type MenuTotals = Numbers<keyof Headline>;

/** Under `contract: efficient` nobody pays: there are no profit, no revenue and no consumer surplus, and the rest are numbers. */
export type EfficientTotals = Nothing<'profit' | 'revenue' | 'consumerSurplus'> &
  Numbers<'cost' | 'welfare' | 'efficientWelfare' | 'excludedShare' | 'fineTunedShare'>;

/** Where the numbers contradict each other, or a solver had none: see `certificate.doubts` and `notes`. */
export type UnknownTotals = Nothing<'profit' | 'welfare'> & Partial<Headline>;

/**
 * The result of `solve`, as the command prints it: money in the study's units, shares in [0, 1]. Its totals are told apart by null:
 * `if (result.profit !== null)` has a menu, whose totals are all numbers; else `if (result.welfare !== null)` an efficient allocation.
 */
export type Result = Made &
  Omit<SolvedResult, keyof Headline> &
  (MenuTotals | EfficientTotals | UnknownTotals);

/** A solved study. */
export interface Solution {
  /** The study that was solved. */
  readonly study: Study;
  /** What `menusmith solve --json` prints. */
  readonly result: Result;
  /** What the buyer with these coordinates gets and pays; a representative type θ is `value`. Throws InputError where there is no such buyer. */
  quote(buyer: Coordinates): TypeResult;
  /**
   * What a checker needs to believe the certificate without any of our solvers: the study, the items with their prices, the flows λ, and amounts that
   * make the bound tight. Money in the study's units. `menusmith verify` checks it. Throws InputError 'proof' where no proof covers the study, as with
   * continuous buyers.
   */
  proof(): ProofDocument;
}

/** How a study is solved, and whose items the result has. */
export interface SolveOptions extends RunOptions<Solution> {
  /**
   * Buyers whose items the result is to have under `types`, in this order: by their coordinates, with labels that are repeated beside their items, or by a text, as
   * `value=0:1:11,scale=0.5`. Listed types are there by themselves.
   */
  readonly at?: readonly (AskedBuyer | string)[] | undefined;
}

/** What stands behind a solution. */
const solved = new WeakMap<Solution, Solved>();

/** What stands behind a solution. Throws InputError where it is none of ours. */
export const solvedBehind = (solution: Solution): Solved => {
  const found = solved.get(solution);
  if (found === undefined) throw new InputError('solution', 'expected a solution as solve returns it');
  return found;
};

/**
 * The menu that is best for a study's seller, with its certificate: what it earns, a bound that no menu passes, and the worst violation of incentives and participation.
 * A numerical failure is a status in the result.
 *
 * Rejects with InputError where the study cannot be solved as it stands, and with the signal's reason once that is aborted.
 */
export const solve = async (study: Study, asking: SolveOptions = {}): Promise<Solution> => {
  const { study: solvable } = openedStudy(study);
  requireOptions('solve', asking);
  const { at = [], onProgress, ...options } = asking;
  // Held against the study's buyers before anything takes its time.
  const asked = at.flatMap((buyer) => givenBuyers(buyer, solvable.buyers, 'at'));
  const provenance = provenanceFor(study);
  const solutionOf = (found: Solved): Solution => {
    const quote = (buyer: Coordinates): TypeResult => {
      requireOptions('quote', buyer);
      const [known] = givenBuyers(buyer, solvable.buyers, 'quote');
      return found.quote(known!);
    };
    const types = asked.length === 0 ? found.result.types : quotedBuyers(found, asked);
    const proof = (): ProofDocument => proofDocument(solvable, found, openedStudy(study).origin, provenance);
    const solution: Solution = {
      study,
      result: { ...found.result, types, provenance } as Result,
      quote,
      proof,
    };
    solved.set(solution, found);
    return solution;
  };
  await prepareStudy(solvable);
  const heard = onProgress && {
    onProgress: (progress: RunProgress<Solved>) =>
      onProgress({
        ...progress,
        best: () => {
          const best = progress.best();
          return best && solutionOf(best);
        },
      }),
  };
  const steps = onStudy(study, () => solvingStudy(solvable, { clock }));
  return solutionOf(await runSteps(locatedSteps(study, steps), { ...options, ...heard }));
};

/** Steps whose complaints come with file, line and column. */
export const locatedSteps = <Steps extends Generator<unknown, unknown, boolean | undefined>>(
  study: Study,
  steps: Steps,
): Steps =>
  ({ next: (isToStop?: boolean) => onStudy(study, () => steps.next(isToStop)) }) as unknown as Steps;
