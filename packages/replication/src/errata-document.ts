import { type ErratumClass, errata } from './errata.ts';
import type { ReplicationRow } from './replicate.ts';

const titles: readonly (readonly [ErratumClass, string])[] = [
  ['substantive', 'Substantive: a claim is false or incomplete'],
  ['formula', 'Wrong formulas'],
  ['typo', 'Typos and notation'],
  ['slides', 'The slides'],
  ['further', 'Further findings'],
];

const header = `# Errata

Bergemann, Bonatti and Smolin, “The Economics of Large Language Models” (Cowles Discussion Paper 2425, February 2025), and the
slides on it (Yang, September 2025). σ = α + β, κ = α + β + γ, FB is the efficient surplus, G1 to G5 are named in the evidence.

This file is written by \`menusmith replicate --errata\`. The evidence is read off the rows of \`menusmith replicate\`: what is
computed comes from v and its gradient and from the distributions alone. *No number*: nothing to compute.
`;

/** docs/errata.md: one table a class, with the numbers that bear each entry out. */
export function errataDocument(rows: readonly ReplicationRow[]): string {
  const sections = titles.map(([kind, title]) => {
    const lines = errata
      .filter((entry) => entry.kind === kind)
      .map(({ id, place, printed, corrected }) => {
        const evidence = evidenceFor(rows.filter((row) => row.erratum === id));
        return `| ${[id, place, printed, corrected].map(escaped).join(' | ')} | ${evidence} |`;
      });
    return [
      `## ${title}`,
      '',
      '| | place | printed | corrected | evidence |',
      '|---|---|---|---|---|',
      ...lines,
      '',
    ].join('\n');
  });
  return [header, ...sections].join('\n');
}

/** Points a statement is shown at: enough to see it, few enough to read. */
const MOST_POINTS = 2;

function evidenceFor(rows: readonly ReplicationRow[]): string {
  const byStatement = new Map<string, ReplicationRow[]>();
  for (const row of rows) {
    if (row.numeric === null) continue;
    const before = byStatement.get(row.id);
    if (before) before.push(row);
    else byStatement.set(row.id, [row]);
  }
  if (byStatement.size === 0) return '*No number.*';
  let setting: string | null = null;
  const parts = [...byStatement.values()].map((points) => {
    const { quantity, setting: own } = points[0]!;
    const name = own.name ?? (own.ρ === 1 / 4 && own.c === 1 / 8 ? null : `ρ = ${own.ρ}, c = ${own.c}`);
    const prefix = name !== null && name !== setting ? `*${escaped(name)}*: ` : '';
    setting = name;
    return `${prefix}${escaped(quantity)}: ${points.slice(0, MOST_POINTS).map(evidenceAt).join('; ')}`;
  });
  return parts.map((part) => `${part}.`).join('<br>');
}

function evidenceAt({ at, numeric, ...row }: ReplicationRow): string {
  const said = row.printed === null ? '' : `printed ${related(row.printedRelation, row.printed)}, `;
  return `${at === '' ? '' : `${escaped(at)}: `}${said}computed ${shown(numeric ?? Number.NaN)}`;
}

const related = (relation: string, x: number): string =>
  (relation === '=' ? '' : `${escaped(relation)} `) + shown(x);

/** Six significant digits; what is nought but for rounding is 0, so that the text does not depend on it. */
function shown(x: number): string {
  return Math.abs(x) < 1e-10 ? '0' : String(Number(x.toPrecision(6)));
}

const escaped = (text: string): string => text.replaceAll(/[|*<_~]/g, (sign) => `\\${sign}`);
