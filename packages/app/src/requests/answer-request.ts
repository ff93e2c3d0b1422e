import { type FieldPath, InputError } from '@menusmith/core';
import { checkingStudy } from '../check-study.ts';
import { customersIn } from '../plans/customers.ts';
import { type EvaluationOptions, evaluatingMenu } from '../plans/evaluate-menu.ts';
import { type OpenPlans, openPlans } from '../plans/open-plans.ts';
import { type AskedBuyer, givenBuyers, quotedBuyers } from '../problem/asked-buyers.ts';
import { namedBuyers } from '../problem/named-buyers.ts';
import { type GivenContent, provenanceOf } from '../provenance/provenance.ts';
import type { TypeResult } from '../result.ts';
import type { Solution } from '../solution.ts';
import { prepareStudy, solvingStudy } from '../solve/solve-study.ts';
import { checkSupply } from '../study/fitting-parts.ts';
import type { Study } from '../study/study.ts';
import { findingMenus } from '../tiers/finding-menus.ts';
import { tierCounts } from '../tiers/tier-count.ts';
import { tiersDocument } from '../tiers/tiers-document.ts';
import { certifiedTiers, stoppedTiers } from '../tiers/tiers-so-far.ts';
import { type GivenStudy, givenStudy } from './given-study.ts';
import { recentSolutions } from './recent-solutions.ts';
import type { Answering, RequestSurroundings } from './request.ts';
import { type RequestMethod, type RequestParams, readParams } from './request-params.ts';

/** How the request of a method is answered, once its study is read and what that needs is loaded. */
type Answers = {
  readonly [M in RequestMethod]: (
    params: RequestParams<M>,
    given: GivenStudy,
    surroundings: RequestSurroundings,
  ) => Answering;
};

/**
 * Answers requests of programs: params of a method in, the document of the command of that name out. Solutions of studies without files are remembered for a while, so that whoever asks
 * for one more buyer does not wait for the same solve again.
 *
 * Throws InputError where params, study or menus are wrong; of a study with its place there.
 */
export const requestAnswers = (surroundings: RequestSurroundings) => {
  const recent = recentSolutions();
  /** Solves for the buyers who are asked for. What is wrong with params is said at once, what is wrong with the study by its steps. */
  const solving = (
    params: RequestParams<'solve'>,
    given: GivenStudy,
    { clock }: RequestSurroundings,
    documentOf: (solution: Solution, study: Study, quotes: readonly TypeResult[]) => object,
  ): Answering => {
    const { study, asked } = askedOf(params, given);
    return (function* () {
      const solution = yield* recent.solution(params, given, () => solvingStudy(study, { clock }));
      return documentOf(solution, study, quotedBuyers(solution, asked));
    })();
  };
  const answers: Answers = {
    solve: (params, given, own) =>
      solving(params, given, own, ({ result }, study, quotes) => {
        // Types of a list are all there.
        const isListed = namedBuyers(study.buyers).kind === 'list';
        return { ...result, types: isListed ? result.types : quotes };
      }),
    quote: (params, given, own) =>
      solving(params, given, own, ({ result: { name, status } }, _, types) => ({ name, status, types })),
    tiers({ count, share, keep, ...params }, { study }, { clock }) {
      if (share !== undefined && keep === undefined)
        throw new InputError('share', 'expected keep beside it, with today’s plans', ['share']);
      const { kind = 'bundle', round, minShare, fee, scale, deterministic } = params;
      const finding = findingMenus(study, {
        counts: within(['count'], () => tierCounts(String(count))),
        kind,
        clock,
        ...(keep === undefined
          ? {}
          : { keep: { plans: plansIn(keep, 'keep', study).plans, share: share ?? 1 } }),
        ...(round === undefined ? {} : { round }),
        ...(minShare === undefined ? {} : { minShare }),
        ...(fee === undefined ? {} : { fees: typeof fee === 'number' ? [fee] : fee }),
        ...(scale === undefined ? {} : { scale }),
        ...(deterministic === undefined ? {} : { deterministic }),
      });
      return tiersAnswer(finding, study, String(count).includes('..'));
    },
    evaluate({ menu, against, customers, scale }, { study }) {
      return evaluateAnswer(study, {
        menu: plansIn(menu, 'menu', study),
        ...(against === undefined ? {} : { against: plansIn(against, 'against', study) }),
        ...(scale === undefined ? {} : { scale }),
        ...(customers === undefined ? {} : { customers: customersOf(customers, study) }),
      });
    },
    check: (_, { study }) => checkingStudy(study),
  };
  return async (method: RequestMethod, given: unknown): Promise<Answering> => {
    const params = readParams(method, given);
    const study = givenStudy(params.study, params.set ?? [], surroundings);
    await prepareStudy(study.study);
    const answering = (answers[method] as Answers['check'])(params, study, surroundings);
    const provenance = provenanceOf({ ...study.madeFrom, given: givenParams(params) });
    return (function* (): Answering {
      let step = study.locating(() => answering.next());
      while (step.done !== true) {
        const isToStop = yield step.value;
        step = study.locating(() => answering.next(isToStop));
      }
      return { ...step.value, provenance };
    })();
  };
};

/** Params that a command has in files; of data their JSON. */
const givenParams = (params: Readonly<Record<string, unknown>>): readonly GivenContent[] =>
  ['keep', 'menu', 'against', 'customers'].flatMap((path) => {
    const value = params[path];
    if (value === undefined) return [];
    return [{ path, text: typeof value === 'string' ? value : JSON.stringify(value) }];
  });

function* tiersAnswer(
  finding: ReturnType<typeof findingMenus>,
  study: Study,
  isRange: boolean,
): Generator<unknown, object, boolean | undefined> {
  let [step, isStopped] = [finding.next(), false];
  while (step.done !== true) {
    isStopped = (yield) === true || isStopped;
    step = finding.next(isStopped);
  }
  return tiersDocument(isStopped ? stoppedTiers(step.value) : certifiedTiers(step.value), study, isRange);
}

function* evaluateAnswer(
  study: Study,
  options: EvaluationOptions,
): Generator<unknown, object, boolean | undefined> {
  const { evaluation, migration } = yield* evaluatingMenu(study, options);
  if (migration === undefined) return evaluation;
  const { columns, rows } = migration;
  const named = rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k]])));
  return { ...evaluation, migration: named };
}

type Asking = Pick<RequestParams<'solve'>, 'at' | 'supply'>;

/** The study as it is to be solved, and the buyers who are asked for. */
const askedOf = (
  { at = [], supply }: Asking,
  { study: read }: GivenStudy,
): { readonly study: Study; readonly asked: readonly AskedBuyer[] } => {
  if (supply !== undefined) checkSupply(read.technology, supply);
  const study = supply === undefined ? read : { ...read, solver: { ...read.solver, supply } };
  const asked = at.flatMap((point, k) => within(['at', k], () => givenBuyers(point, study.buyers, 'at')));
  return { study, asked };
};

/** What is wrong with a param is said with its path. */
const within = <T>(path: FieldPath, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? error.within(...path) : error;
  }
};

/** Plans of a menu that came as a text or as data, which messages call by its param. */
const plansIn = (menu: string | Readonly<Record<string, unknown>>, param: string, study: Study): OpenPlans =>
  openPlans(typeof menu === 'string' ? menu : JSON.stringify(menu), param, study);

const customersOf = (customers: NonNullable<RequestParams<'evaluate'>['customers']>, study: Study) => {
  const names = customers.some((customer) => 'theta' in customer) ? ['theta'] : ['value', 'scale'];
  const rows = customers.map((customer, k) => {
    const known = customer as Readonly<Record<string, string | number>>;
    return { line: k + 1, cells: [customer.customer_id, ...names.map((name) => String(known[name] ?? ''))] };
  });
  const table = { file: 'customers', columns: ['customer_id', ...names], headerLine: 0, rows };
  return customersIn(table, study);
};
