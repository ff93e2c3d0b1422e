import type { Verdict } from '@menusmith/verify';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { paragraph } from '../paragraph.ts';
import { writeJson } from '../write-json.ts';

/** `menusmith verify`: checks a proof that `solve --proof` wrote, without any solver; exit code 3 where it does not hold. */
export const verifyCommand = async (
  file: string,
  options: CommonOptions,
  output: Output,
): Promise<ExitCode> => {
  const { openProof } = await import('@menusmith/app');
  const { verifyProof } = await import('@menusmith/verify');
  const verdict = verifyProof(await openProof(file));
  if (options.json === true) await writeJson(output.stdout, verdict);
  else output.stdout.write(verdictText(verdict));
  return verdict.verified ? 0 : 3;
};

const verdictText = (verdict: Verdict): string => {
  const rows = [
    ['attained objective', verdict.attainedObjective],
    ['attained profit', verdict.attainedProfit],
    ['upper bound', verdict.upperBound],
  ] as const;
  const table = rows.flatMap(([name, interval]) =>
    interval === null
      ? []
      : [`  ${name.padEnd(20)}${digits(interval[0])}  to\n${' '.repeat(22)}${digits(interval[1])}\n`],
  );
  const said = verdict.verified
    ? ['The proof holds: no menu attains more than the upper bound, and this one attains what is claimed.']
    : ['The proof does not hold.', ...verdict.violations.map((violation) => `${violation}.`)];
  const assumed = verdict.assumes.map((each) => `It takes for granted that ${each}.`);
  return `${verdict.verified ? 'verified' : 'not verified'}\n\n${table.join('')}\n${[...said, ...assumed].map(paragraph).join('')}`;
};

/** Enough of fifty digits to see where two numbers part. */
const digits = (text: string): string => (text.includes('e') ? text : text.slice(0, 34));
