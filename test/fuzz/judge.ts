import type { FuzzInput, Outcome } from './fuzz-input.ts';

/** What an input may take at most, whatever it is. */
export const MOST_SECONDS = 20;
export const MOST_MEBIBYTES = 1024;

/** What a terminal obeys, and what has no place in a text. */
const obeyed = /(?![\t\n\r])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)/u;
/** An infinite margin is told as ∞, which is no start of a range. */
const notForPeople = /\bNaN\b|Infinity|from ∞|\bundefined\b|\[object |\[native code\]/;
const stack = /^ +at .*(?::\d+:\d+|<anonymous>)/m;
/** No message needs more; a name that is quoted in it may have as much. */
const LONGEST_MESSAGE = 12_000;

/** What is wrong with an outcome, in words; nothing where all is well. */
export const faultsOf = (input: FuzzInput, outcome: Outcome): readonly string[] => {
  const { code, stdout, stderr, seconds, mebibytes } = outcome;
  if (code === undefined)
    return [
      `did not end within ${MOST_SECONDS} s and ${MOST_MEBIBYTES} MiB: ${Math.round(seconds)} s, ${Math.round(mebibytes)} MiB`,
    ];
  if (code !== 0 && code !== 2 && code !== 3) return [`exit code ${code}: ${firstLines(stderr)}`];
  return [
    ...(mebibytes > MOST_MEBIBYTES ? [`took ${Math.round(mebibytes)} MiB`] : []),
    ...textFaults(input, outcome),
    ...(code === 2 ? messageFaults(input, outcome) : []),
    ...(code !== 2 && stdout === '' ? ['exit code without an answer'] : []),
    ...(code === 3 && stderr === '' && !['check', 'sweep'].includes(input.argv[0]!)
      ? ['exit code 3 without a word why']
      : []),
    ...(input.argv[0] === 'export' ? exportFaults(outcome) : []),
    ...answerFaults(input, outcome),
  ];
};

const firstLines = (text: string): string => text.trim().split('\n').slice(0, 3).join(' | ').slice(0, 400);

/** Words that are no words, controls, stack traces: on either stream, in what was left, and in files. */
const textFaults = (
  input: FuzzInput,
  { code, stdout, stderr, left = '', written }: Outcome,
): readonly string[] => {
  const given = [...input.argv, ...Object.values(input.files), ...Object.keys(input.files)].join('\n');
  const texts = { stdout, stderr, left, ...written };
  return Object.entries(texts).flatMap(([name, text]) => {
    // A message says what came; a plugin may say anything.
    const own =
      name === 'stderr' ? text.replaceAll(/(?:got|to be|of) \(?(?:NaN|-?Infinity|undefined)/g, '') : text;
    const word = input.isCode === true ? undefined : notForPeople.exec(own)?.[0];
    const control = obeyed.exec(text)?.[0];
    return [
      ...(/\.(?:html|svg)$/.test(name) && text.includes('<script>alert')
        ? [`markup of a name in ${name}`]
        : []),
      ...(word === undefined || given.includes(word) ? [] : [`"${word}" in ${name}: ${around(own, word)}`]),
      // What a plugin prints is its own, on standard error.
      ...(control === undefined || (input.isCode === true && name === 'stderr')
        ? []
        : [`control character ${JSON.stringify(control)} in ${name}`]),
      ...(stack.test(text) && !(input.isCode === true && code !== 1)
        ? [`stack trace in ${name}: ${firstLines(text)}`]
        : []),
    ];
  });
};

const around = (text: string, word: string): string => {
  const at = text.indexOf(word);
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 40));
};

/** Wrong input has one message, and no answer; laws that are broken are an answer. */
const messageFaults = (input: FuzzInput, { stdout, stderr }: Outcome): readonly string[] => [
  ...(stderr.trim() === '' ? ['exit code 2 without a message'] : []),
  ...(stdout === '' || input.argv[0] === 'laws' ? [] : ['exit code 2 beside an answer']),
  ...(stderr.length > LONGEST_MESSAGE ? [`a message of ${stderr.length} characters`] : []),
];

type Fields = Readonly<Record<string, unknown>>;
interface Solved {
  readonly status: string;
  readonly certificate: {
    readonly attainedObjective: number | null;
    readonly upperBound: number | null;
    readonly relativeGap: number | null;
    readonly doubts?: readonly string[];
  };
  readonly excludedShare: number | null;
}

/** JSON that is none, a status that the exit code contradicts, a bound below what is attained. */
const answerFaults = (input: FuzzInput, { code, stdout }: Outcome): readonly string[] => {
  const [command] = input.argv;
  if (code === 2 || stdout === '') return [];
  if (!isJson(input)) {
    const isSaid = /✓ certified (?:optimal|efficient)/.test(stdout);
    return command === 'solve' && isSaid !== (code === 0)
      ? [`exit code ${code} beside ${isSaid ? '' : 'no '}"certified optimal"`]
      : [];
  }
  let answer: Fields;
  try {
    answer = JSON.parse(stdout) as Fields;
  } catch (error) {
    return [`standard output is no JSON: ${(error as Error).message}`];
  }
  if (answer.status === 'stopped')
    return code === 3 ? [] : [`exit code ${code} of an answer that is stopped`];
  if (command === 'solve') return solvedFaults(answer as unknown as Solved, code);
  if (command === 'check')
    return (answer.doubts !== undefined || answer.stopped === true) === (code === 3)
      ? []
      : [`exit code ${code} of a check with ${JSON.stringify(answer.doubts)}`];
  if (command === 'sensitivity' && (answer.stopped === true) !== (code === 3))
    return [`exit code ${code} of an answer that says stopped: ${answer.stopped}`];
  if (command === 'sweep') return sweepFaults(answer as unknown as Swept, code);
  if (command === 'tiers') return [...tiersFaults(answer), ...tiersCodeFaults(answer, code)];
  if (command === 'laws')
    return answer.holds === (code === 0) ? [] : [`exit code ${code} where laws hold: ${answer.holds}`];
  return [];
};

/** Files beside a refusal, or none beside an answer, documents that are no JSON, and amounts in another form than billing systems take. */
const exportFaults = ({ code, written }: Outcome): readonly string[] => {
  const names = Object.keys(written);
  if ((code === 0) !== names.length > 0) return [`${names.length} files beside the exit code ${code}`];
  return names.flatMap((name) => {
    if (!name.endsWith('.json')) return [];
    const text = written[name]!;
    try {
      JSON.parse(text);
    } catch (error) {
      return [`${name} is no JSON: ${(error as Error).message}`];
    }
    const amounts = text.matchAll(/"(?:amount|\w+_amount|\w+_decimal|upToAmount|minimumAmount)": (.*?),?\n/g);
    return [...amounts]
      .map((match) => match[1]!)
      .filter((amount) => !/^"\d+(?:\.\d+)?"$/.test(amount))
      .map((amount) => `an amount of ${amount} in ${name}`);
  });
};

const isJson = ({ argv }: FuzzInput): boolean => argv.includes('--json') || argv.includes('--format=json');

/** Relative to the bound; certificates are good to 1e-6 where the study asks for no less. */
const ROUNDING = 1e-6;
/** What is left of nothing, where values are about 1. */
const NOTHING = 1e-12;

const solvedFaults = (
  { status, certificate, excludedShare }: Solved,
  code: number | undefined,
): readonly string[] => {
  const { attainedObjective: attained, upperBound: bound } = certificate;
  return [
    ...((status === 'optimal') === (code === 0) ? [] : [`exit code ${code} beside the status ${status}`]),
    ...(status === 'uncertified' || attained === null || bound === null || exceeds(attained, bound) === false
      ? []
      : [`${status} with more attained, ${attained}, than its bound, ${bound}`]),
    ...(status === 'optimal' && (attained === null || bound === null) ? ['optimal without a number'] : []),
    ...(status === 'optimal' && certificate.doubts !== undefined ? ['optimal beside doubts'] : []),
    ...(excludedShare === null || (excludedShare > -1e-9 && excludedShare < 1 + 1e-9)
      ? []
      : [`an excluded share of ${excludedShare}`]),
  ];
};

interface Swept {
  readonly rows: readonly Readonly<Record<'status' | 'error' | 'profit', unknown>>[];
}

/** Rows without a result and without a reason, or with both. */
const sweepFaults = ({ rows }: Swept, code: number | undefined): readonly string[] => [
  ...(code === 0 && !rows.every(({ status, error }) => status === 'optimal' && error === null)
    ? ['exit code 0 beside a row that is not certified']
    : []),
  ...(rows.some(({ status, error }) => status === null && typeof error !== 'string')
    ? ['a row without a result and without a reason']
    : []),
];

const exceeds = (attained: number, bound: number): boolean =>
  attained > bound + ROUNDING * Math.max(Math.abs(bound), Math.abs(attained)) + NOTHING;

interface Menu {
  readonly count: number;
  readonly profit: number;
  readonly objective?: number;
  readonly share: number | null;
  readonly upperBound: number;
  readonly status: string;
  readonly tiers: readonly { readonly share: number }[];
}

const tiersCodeFaults = (answer: Fields, code: number | undefined): readonly string[] => {
  const menus = (answer.menus ?? [answer]) as readonly Menu[];
  const isUnsure = answer.stopped === true || menus.some(({ status }) => status === 'uncertified');
  return isUnsure === (code === 3) ? [] : [`exit code ${code} of tiers, stopped: ${answer.stopped}`];
};

const tiersFaults = (answer: Fields): readonly string[] => {
  const menus = (answer.menus ?? [answer]) as readonly Menu[];
  return menus.flatMap(({ count, profit, objective = profit, share, upperBound, status, tiers = [] }) => [
    ...(status === 'uncertified' || !exceeds(objective, upperBound)
      ? []
      : [`${status}: ${count} tiers with more attained, ${objective}, than their bound, ${upperBound}`]),
    ...(share !== null && !(share < 1 + 1e-6) && status !== 'uncertified'
      ? [`${count} tiers keep a share of ${share}`]
      : []),
    ...tiers
      .filter((tier) => !(tier.share > -1e-9 && tier.share < 1 + 1e-9))
      .map((tier) => `a tier with a share of ${tier.share}`),
  ]);
};
