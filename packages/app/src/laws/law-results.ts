import type { InputNames, ParameterValues } from '@menusmith/core';
import { type Comparison, type Law, notClaimed, strain, type Verdict, verdictOn, violated } from './law.ts';
import { thrownWords } from './thrown-words.ts';
import type { TimeLimit } from './time-limit.ts';

/** What an entry was made of for a trial; production functions have inputs, and a cap on the shared ones. */
export interface LawExample {
  readonly parameters: ParameterValues;
  readonly inputs?: InputNames;
  readonly cap?: number;
}

/** An example, and how it is turned into what the laws are about. */
export interface Trial<Subject> {
  readonly example: LawExample;
  create(): Subject | Promise<Subject>;
}

/** One law on all examples of an entry. */
export interface LawResult {
  readonly name: string;
  readonly statement: string;
  readonly holds: boolean;
  /** False where no example declares what the law speaks of. */
  readonly claimed: boolean;
  /** Places in `examples`, from 1, of those that break it. */
  readonly brokenBy: readonly number[];
  /** Allowed less actual error where that is least; negative where the law is broken, null where no numbers were compared. */
  readonly margin: number | null;
  /** The place in `examples`, from 1, of the tightest comparison, or of the remark. */
  readonly example: number | null;
  readonly tightest: Comparison | null;
  readonly remark: string | null;
}

/** What came of putting an entry through the laws of its kind. */
export interface EntryLaws {
  readonly kind: string;
  readonly name: string;
  readonly holds: boolean;
  readonly examples: readonly LawExample[];
  readonly laws: readonly LawResult[];
}

/** Told before every law how many are done, and of how many. */
type LawProgress = (done: number, total: number) => void;

export interface LawOptions {
  readonly progress?: LawProgress | undefined;
  /** For all that the entry does. */
  readonly limit?: TimeLimit | undefined;
}

/** Laws of what was created, and laws of the parameters themselves, on all trials of an entry. */
export const tryLaws = async <Subject extends object>(
  kind: string,
  name: string,
  trials: readonly Trial<Subject>[],
  laws: readonly Law<Subject>[],
  parameterLaws: readonly Law<ParameterValues>[],
  { progress = () => {}, limit }: LawOptions = {},
): Promise<EntryLaws> => {
  const total = 1 + laws.length + parameterLaws.length;
  progress(0, total);
  const created: (Subject | undefined)[] = [];
  const creations: Verdict[] = [];
  for (const trial of trials) {
    const [subject, verdict] = await creation(trial, limit);
    created.push(subject);
    creations.push(verdict);
  }
  const results = [resultOf(validExamples, creations)];
  for (const law of laws) {
    progress(results.length, total);
    const verdicts = created.map((subject) =>
      subject === undefined ? notCreated : verdictOn(law, subject, limit),
    );
    results.push(resultOf(law, verdicts));
  }
  for (const law of parameterLaws) {
    progress(results.length, total);
    const verdicts = trials.map(({ example }, t) =>
      created[t] === undefined ? notCreated : verdictOn(law, example.parameters, limit),
    );
    results.push(resultOf(law, verdicts));
  }
  const examples = trials.map(({ example }) => example);
  return { kind, name, holds: results.every(({ holds }) => holds), examples, laws: results };
};

const validExamples = {
  name: 'valid-examples',
  statement: 'Every example is within the declared bounds, and is created.',
};

const notCreated = notClaimed('it could not be created');

const creation = async <Subject extends object>(
  trial: Trial<Subject>,
  limit: TimeLimit | undefined,
): Promise<readonly [Subject | undefined, Verdict]> => {
  const create = async (): Promise<Subject> => trial.create();
  if (limit?.isOver()) return [undefined, notClaimed('it was not tried, as the time was up')];
  try {
    return [await (limit === undefined ? create() : limit.wait(create)), { holds: true, isClaimed: true }];
  } catch (thrown) {
    return [undefined, violated(thrownWords(thrown))];
  }
};

/** The verdict that has least to spare speaks for all. */
const resultOf = (
  { name, statement }: Pick<Law<never>, 'name' | 'statement'>,
  verdicts: readonly Verdict[],
): LawResult => {
  const rank = ({ holds, isClaimed, tightest }: Verdict): number => {
    if (!isClaimed) return -2;
    if (tightest !== undefined) return strain(tightest);
    return holds ? -1 : Number.POSITIVE_INFINITY;
  };
  let worst = 0;
  verdicts.forEach((verdict, v) => {
    if (rank(verdict) > rank(verdicts[worst]!)) worst = v;
  });
  const { holds, isClaimed, tightest, remark } = verdicts[worst]!;
  return {
    name,
    statement,
    holds,
    claimed: isClaimed,
    brokenBy: verdicts.flatMap((verdict, v) => (verdict.holds ? [] : [v + 1])),
    margin: tightest === undefined ? null : marginOf(tightest),
    example: isClaimed && (tightest !== undefined || remark !== undefined) ? worst + 1 : null,
    tightest: tightest ?? null,
    remark: remark ?? null,
  };
};

const marginOf = ({ relation, got, expected, error, allowed }: Comparison): number =>
  relation === '>' ? got - expected : allowed - error;
