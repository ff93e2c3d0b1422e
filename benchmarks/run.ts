import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { renderSvg } from '@menusmith/app';
import { brackets } from './brackets.ts';
import { bandFigures, calibrationTimes, recoveryFigures } from './calibration/calibration.ts';
import { type FamilyMember, readCases } from './cases.ts';
import { errorAgainstNodes } from './closed-form/error-against-nodes.ts';
import { technologySweep } from './closed-form/technology-sweep.ts';
import { timeAgainstError } from './closed-form/time-against-error.ts';
import { goodsBrackets } from './goods-brackets.ts';
import { interaction } from './interaction.ts';
import { commit, describeMachine } from './machine.ts';
import { planFigures } from './plans.ts';
import type { Section } from './section.ts';
import { servingFigures } from './serving.ts';
import { growth } from './solvers/growth.ts';
import { otherSolvers } from './solvers/other-solvers.ts';
import { profiles } from './solvers/profile.ts';
import { stopping } from './stopping.ts';
import { sweepFigures } from './sweep.ts';

const isQuick = process.argv.includes('--quick');
/** Only chapters whose name contains this are run, and RESULTS.md is left alone, or has these chapters anew with `--update`. */
const only = process.argv.find((word) => word.startsWith('--only='))?.slice(7);
const isUpdate = process.argv.includes('--update');

const isWanted = (member: FamilyMember): boolean => !(isQuick && member.isLarge === true);
const closedForm = await readCases('closed-form');
const chapters: Record<string, () => Section | Promise<Section>> = {
  'time-against-error': () => timeAgainstError(closedForm, isQuick),
  'error-against-nodes': () => errorAgainstNodes(closedForm, isQuick),
  'technology-sweep': () => technologySweep(isQuick),
  'other-solvers': async () => otherSolvers(await readCases('finite', isWanted), isQuick),
  growth: async () => growth(await readCases('growth', isWanted), isQuick),
  brackets: () => brackets(isQuick),
  'goods-brackets': () => goodsBrackets(isQuick),
  interaction: () => interaction(isQuick),
  stopping: () => stopping(isQuick),
  'calibration-times': () => calibrationTimes(isQuick),
  'calibration-recovery': () => recoveryFigures(isQuick),
  plans: () => planFigures(isQuick),
  sweeps: () => sweepFigures(isQuick),
  serving: () => servingFigures(isQuick),
  ...(isQuick
    ? {}
    : {
        'calibration-bands': bandFigures,
        profile: async () => profiles(await readCases('finite'), closedForm),
      }),
};

const RESULTS = 'benchmarks/RESULTS.md';
const sections: Section[] = [];
for (const [name, chapter] of Object.entries(chapters)) {
  if (only !== undefined && (only in chapters ? name !== only : !name.includes(only))) continue;
  const started = performance.now();
  const section = await chapter();
  sections.push(section);
  console.log(`\n## ${section.title}\n\n${section.body.join('\n\n')}`);
  console.log(`\n(${((performance.now() - started) / 1000).toFixed(1)} s)`);
  mkdirSync('benchmarks/pictures', { recursive: true });
  for (const { name: picture, specification } of section.pictures)
    writeFileSync(`benchmarks/pictures/${picture}.svg`, await renderSvg(specification));
}
const failures = sections.flatMap((section) => section.failures);
if (only === undefined) writeFileSync(RESULTS, document());
else if (isUpdate) writeFileSync(RESULTS, updated(readFileSync(RESULTS, 'utf8')));
for (const failure of failures) console.error(`wrong: ${failure}`);
if (failures.length > 0) process.exitCode = 1;

function document(): string {
  const lines = [
    '# What was measured',
    `Written by \`npm run bench${isQuick ? ' -- --quick` (the short run that checks answers; times of a full run are more reliable)' : '`'}.`,
    describeMachine().join('\n'),
    failures.length === 0
      ? 'Every answer was right.'
      : `**Wrong answers:**\n${failures.map((failure) => `- ${failure}`).join('\n')}`,
    ...sections.map(chapterText),
  ];
  return `${lines.join('\n\n')}\n`;
}

function chapterText({ title, body, pictures }: Section): string {
  const shown = pictures.map(({ name, caption }) => `![${caption}](pictures/${name}.svg)\n\n*${caption}*`);
  return [`## ${title}`, ...body, ...shown].join('\n\n');
}

/** The document with the chapters that were run in the place of those of the same title, or at its end. */
function updated(before: string): string {
  const [top = '', ...chapters] = before.trimEnd().split(/\n\n(?=## )/);
  for (const section of sections) {
    const place = chapters.findIndex((chapter) => chapter.startsWith(`## ${section.title}\n`));
    const measured = `Measured at commit ${commit()}, by \`npm run bench -- ${process.argv.slice(2).join(' ')}\`.`;
    const chapter = chapterText({ ...section, body: [measured, ...section.body] });
    chapters.splice(place < 0 ? chapters.length : place, place < 0 ? 0 : 1, chapter);
  }
  return `${[top, ...chapters].join('\n\n')}\n`;
}
