import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import {
  bestTiers,
  checkStudy,
  createRegistry,
  fewTiers,
  filesBeside,
  latexTable,
  menuTable,
  prepareStudy,
  reportPage,
  type Study,
  sharedInputNames,
  solveStudy,
  standardPlugin,
  studyFromText,
  studyPictures,
} from '../../packages/app/src/index.ts';
import { solveReport } from '../../packages/cli/src/solve-report.ts';
import { tiersReport } from '../../packages/cli/src/tiers-report.ts';
import { Headline } from '../../packages/explorer/src/results/headline.tsx';

const folder = join(import.meta.dirname, '../../examples');
const registry = createRegistry([standardPlugin]);

/** What no reader understands: numbers as machines print them, and rounding told as if it were something. */
const machine =
  /\bNaN\b|\bInfinity\b|\bundefined\b|\bnull\b|(?<![\w.-])-0(?![\w.])|\de[-−](?:1[6-9]|[2-9]\d|\d{3})|\[object/;
/** Minus signs of numbers are minus signs, but for exponents and for what a study or a command says. */
const hyphen = /(?<=^|[\s(>])-\d/m;

const textsOf = (study: Study): Readonly<Record<string, string>> => {
  const solution = solveStudy(study);
  const { result } = solution;
  const menu = menuTable(study, solution);
  const pictures = studyPictures(study, solution);
  const report = {
    study,
    result,
    menu,
    pictures: pictures.map((picture) => ({ picture, svg: '<svg></svg>' })),
    ...(study.contract === 'efficient' ? {} : { tiers: fewTiers(study, 2) }),
    origin: { program: 'menusmith', command: 'menusmith solve', file: 'study.yaml', text: '' },
  };
  return {
    report: reportPage(report).replace(/<style>.*?<\/style>/s, ''),
    LaTeX: latexTable(result, menu, study),
    terminal: solveReport(result, study, 'types' in study.buyers ? [] : [solution.quote(quotedBuyer(study))]),
    notes: result.notes.join('\n'),
    pictures: pictures
      .map(({ title, caption, specification }) => JSON.stringify([title, caption, specification.title]))
      .join('\n'),
    legends: JSON.stringify(pictures.map(({ specification }) => wordsIn(specification))),
    tiers: tiersText(study),
    page: textOf(
      Headline({ result, units: study.units, shared: sharedInputNames(study.technology), other: undefined }),
    ),
  };
};

/** All texts of a specification, its data included. */
const wordsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? [...new Set(Object.values(value).flatMap(wordsIn))]
      : [];

/** The answer of `tiers` for people, or why there is none. */
const tiersText = (study: Study): string => {
  try {
    return tiersReport(bestTiers(study, { counts: [2], kind: 'bundle' }), undefined, study.units);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
};

/** What a reader sees of an element of the page, components without a state called as the functions that they are. */
const textOf = (node: unknown): string => {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join(' ');
  if (typeof node !== 'object' || node === null) return '';
  const { type, props } = node as { type: unknown; props: { title?: unknown; children?: unknown } };
  if (typeof type === 'function' && type.name !== 'Fragment' && type.length === 1) return textOf(type(props));
  return `${textOf(props.title)} ${textOf(props.children)}`;
};

/** Words of studies of tokens, of which a study of anything else says nothing. */
const ofTuning = /fine[- ]?tun|\bshared inputs?\b/i;
const ofTokens = /\btokens?\b/i;

const quotedBuyer = ({ buyers }: Study) =>
  buyers.kind === 'value-scale'
    ? { value: buyers.value.min, scale: buyers.scale.max }
    : 'type' in buyers
      ? { value: buyers.type.min }
      : { value: 0 };

/** Few types in place of many: the words are the same. */
const small = (text: string): string => text.replace(/grid: \{[^}]*\}/g, 'grid: { values: 5, scales: 4 }');

/** One needs a plugin of its own, the others take long, and have the words of their neighbours. */
const leftOut = ['saturating-quality', 'correlated-packages', 'beta-values', 'ces'];
const studies = readdirSync(folder).filter(
  (file) => file.endsWith('.yaml') && !leftOut.includes(file.slice(0, -'.yaml'.length)),
);

/** Where it stands, so that a failure can be read. */
const oddities = (text: string, odd: RegExp): string[] =>
  [...text.matchAll(new RegExp(odd.source, `${odd.flags.replace('g', '')}g`))].map(({ index }) =>
    text.slice(Math.max(0, index - 60), index + 20),
  );

describe('what people read', () => {
  it.each(studies)('of %s has no numbers for machines', async (file) => {
    const path = join(folder, file);
    const study = studyFromText(small(readFileSync(path, 'utf8')), {
      file: path,
      registry,
      ...filesBeside(path),
    });
    await prepareStudy(study);
    const texts = textsOf(study);
    for (const [kind, text] of Object.entries(texts)) {
      expect(oddities(text, machine), kind).toEqual([]);
      if (kind !== 'LaTeX' && kind !== 'legends') expect(oddities(text, hyphen), kind).toEqual([]);
    }
    const shared = sharedInputNames(study.technology);
    // A study that speaks of tokens itself has its words repeated.
    const isOfTokens = ofTokens.test(readFileSync(path, 'utf8'));
    for (const [kind, text] of Object.entries(texts)) {
      if (shared.length === 0) expect(oddities(text, ofTuning), kind).toEqual([]);
      if (!isOfTokens) expect(oddities(text, ofTokens), kind).toEqual([]);
    }
    for (const name of shared) {
      expect(texts.terminal).toContain(`buyers with ${name}`);
      expect(texts.report).toContain(`Buyers with ${name}`);
      expect(texts.LaTeX).toContain(`Share of buyers with ${name}`);
      expect(texts.page).toContain(name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`));
    }
  });

  it('calls inputs, tasks and units as the study does', async () => {
    const study = studyFromText(
      `
name: Clinics
production: { use: cobb-douglas, exponents: { nurse_hours: 0.25, beds: 0.3, licence: 0.1 } }
inputs: { nurse_hours: { scope: task, cost: 0.2 }, beds: { scope: task, cost: 0.3 }, licence: { scope: shared, cost: 0.1 } }
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform } }
contract: packages
implementation: two-part-tariff
units: { currency: EUR, period: month, inputs: { nurse_hours: { unit: hours }, beds: { unit: beds }, licence: { unit: licences } } }
`,
      { file: 'study.yaml', registry, ...filesBeside('study.yaml') },
    );
    await prepareStudy(study);
    const texts = textsOf(study);
    for (const [kind, text] of Object.entries(texts))
      expect(oddities(text, /fine[- ]?tun|token/i), kind).toEqual([]);
    for (const kind of ['report', 'terminal', 'legends', 'tiers'] as const)
      for (const name of ['nurse_hours', 'beds', 'licence', 'EUR']) expect(texts[kind], kind).toContain(name);
    expect(texts.legends).toContain('served, no licence');
    expect(texts.legends).toContain('with licence');
    expect(texts.page).toContain('With licence');
  });

  const uniform = '{ kind: representative, type: { use: uniform } }';
  it.each([
    [
      'nobody who can be served',
      '{ cost: { use: linear, rate: 2, max: 1 }, buyers: { kind: representative, type: { use: uniform } } }',
    ],
    [
      'a density that vanishes at both ends',
      '{ cost: { use: quadratic }, buyers: { kind: representative, type: { use: beta, a: 2, b: 2 } } }',
    ],
    [
      'types that hardly exist',
      '{ cost: { use: quadratic }, buyers: { kind: representative, types: [{ value: 1, mass: 1e-300 }, { value: 2, mass: 1 }] } }',
    ],
    [
      'one type',
      '{ cost: { use: quadratic }, buyers: { kind: representative, types: [{ value: 1, mass: 1 }] } }',
    ],
    [
      'money in billions',
      `{ cost: { use: quadratic }, buyers: { kind: representative, type: { use: uniform, max: 100000 } }, units: { currency: $, money: 0.5 } }`,
    ],
    [
      'money in billionths',
      '{ cost: { use: quadratic }, buyers: { kind: representative, type: { use: uniform, max: 1e-5 } } }',
    ],
    ['the efficient allocation', `{ cost: { use: quadratic }, buyers: ${uniform}, contract: efficient }`],
    [
      'values too small to sell to',
      '{ production: { use: cobb-douglas, exponents: { input: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }, inputs: { input: { scope: task, cost: 0.125 }, fineTuning: { scope: shared, cost: 0.125 } }, ' +
        'buyers: { kind: value-scale, value: { use: uniform, max: 1e-281 }, scale: { use: uniform }, dependence: { use: gaussian, rho: 0.5 }, grid: { values: 4, scales: 3 } } }',
    ],
  ])('of %s has none either', async (_, text) => {
    const study = studyFromText(text, {
      file: 'study.yaml',
      registry,
      ...filesBeside('study.yaml'),
    });
    await prepareStudy(study);
    // The study's own words stay as they are.
    const texts = textsOf(study);
    for (const [kind, own] of Object.entries(texts))
      expect(oddities(own.replaceAll('[0, 1e-281]', ''), machine), kind).toEqual([]);
    expect(checkStudy(study).notes.join('\n')).not.toMatch(machine);
  });
});

it('a virtual value that is −∞, but for a density of rounding, is null', () => {
  const study = studyFromText(readFileSync(join(folder, 'priced-packages.yaml'), 'utf8'), {
    file: 'x.yaml',
    registry,
    ...filesBeside('x.yaml'),
  });
  const { virtualValue, ironedVirtualValue } = solveStudy(study).quote({ value: 0, scale: 1 });
  expect([virtualValue, ironedVirtualValue]).toEqual([null, null]);
});
