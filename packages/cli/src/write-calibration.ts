import { basename } from 'node:path';
import type { Calibration, FitDocument } from '@menusmith/app';
import * as app from '@menusmith/app';
import type { ExitCode } from './command-context.ts';
import type { DrawnBootstrap } from './drawn-bootstrap.ts';
import { marked } from './marked-files.ts';
import { CALIBRATION_FILES } from './report-files.ts';
import { version } from './version.ts';
import type { Content } from './whole-file.ts';
import type { WriteFile } from './write-files.ts';

/** What of the command the files repeat. */
export interface CalibrationCommandLine {
  readonly usage: string;
  readonly prices: string;
  readonly costs: string | undefined;
  readonly elasticity: string | undefined;
  readonly assume: string | undefined;
  readonly columns: string | undefined;
  readonly draws: number | undefined;
  readonly seed: number;
  readonly plugin: readonly string[] | undefined;
}

export interface CalibrationFiles {
  readonly document: FitDocument;
  /** Of all files that belong to a calibration. */
  readonly names: readonly string[];
  /** 3 where `isStopped` said so before the page was drawn, which is then left out. */
  readonly write: (write: WriteFile, isStopped: () => boolean) => Promise<ExitCode>;
  /** All but the page, whose pictures take time. */
  readonly tables: () => Readonly<Record<string, string>>;
}

/** A study a model, with today's list as a menu, the customers' types, and the fit as numbers and as a page, which comes last. */
export const calibrationFiles = (
  calibration: Calibration,
  madeFrom: Pick<app.MadeFrom, 'given' | 'registry'>,
  command: CalibrationCommandLine,
  drawn?: DrawnBootstrap,
): CalibrationFiles => {
  const { models, panel, costs } = calibration;
  const names = studyNames(models.map(({ model }) => panel.models[model]!.name));
  const made = { ...madeFrom, ...(command.draws === undefined ? {} : { seed: command.seed }) };
  const log = oneLine(basename(command.usage));
  const studies = models.map((fit, k) =>
    app.markedText(
      names[k]!,
      app.studyText(panel, fit, {
        name: `${panel.models[fit.model]!.name}, from ${log}`.slice(0, 200),
        comments: [
          `Made by menusmith ${version}: ${commandWords(command)}`,
          `Degree ${app.formatNumber(fit.degree, 4)}; ${calibration.identifiedBy}`,
        ],
        costs: costs[fit.model]!,
      }),
      app.provenanceOf(madeFrom),
    ),
  );
  const provenance = app.provenanceOf({ ...made, text: studies[0]! });
  const document = app.fitDocument(calibration, {
    name: `Calibration of ${log}`,
    studies: names,
    provenance,
    bootstrap: drawn?.bootstrap,
  });
  const tables = function* (): Generator<readonly [string, Content]> {
    for (const [k, text] of studies.entries()) {
      yield [names[k]!, text];
      const menu = { ...app.listMenu(panel, models[k]!), provenance: app.provenanceOf({ ...made, text }) };
      yield [menuName(names[k]!), `${JSON.stringify(menu, null, 2)}\n`];
    }
    yield ['customers.csv', marked('customers.csv', app.customerRows(calibration), provenance)];
    yield ['fit.json', `${JSON.stringify(document, null, 2)}\n`];
    if (drawn !== undefined) yield ['draws.json', drawsText(studies[0]!, drawn, provenance)];
  };
  return {
    document,
    names: [...new Set([...names, ...names.map(menuName), ...CALIBRATION_FILES])],
    write: async (write, isStopped) => {
      for (const [name, content] of tables()) await write(name, content);
      if (isStopped()) return 3;
      await write(
        'fit.html',
        marked('fit.html', await page(calibration, document, studies, command), provenance),
      );
      return 0;
    },
    tables: () =>
      Object.fromEntries(
        [...tables()].map(([name, content]) => [
          name,
          typeof content === 'string' ? content : [...(content as Iterable<string>)].join(''),
        ]),
      ),
  };
};

/** A draw a line. */
const drawsText = (
  study: string,
  { bootstrap: { seed, asked, optimism }, draws: made }: DrawnBootstrap,
  provenance: app.Provenance,
): string => {
  const { draws, ...rest } = app.drawsDocument(study, made, { seed, asked, optimism, provenance });
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, '');
  return `${head},\n  "draws": [\n${draws.map((draw) => `    ${JSON.stringify(draw)}`).join(',\n')}\n  ]\n}\n`;
};

/** Of today's list: `today.json` beside study.yaml. */
const menuName = (study: string): string => study.replace(/^study/, 'today').replace(/yaml$/, 'json');

/** More models than these are not drawn. */
const MOST_DRAWN = 6;

const page = async (
  calibration: Calibration,
  document: FitDocument,
  studies: readonly string[],
  command: CalibrationCommandLine,
): Promise<string> => {
  const predicted = calibration.models.map((fit) => app.predictedTokens(calibration, fit));
  const pictures = [];
  for (const [k, fit] of calibration.models.entries()) {
    const drawn = [];
    if (k < MOST_DRAWN)
      for (const picture of app.fitPictures(calibration, fit, predicted[k]!))
        drawn.push({ picture, svg: await app.renderSvg(picture.specification) });
    pictures.push(drawn);
  }
  const { bootstrap } = document;
  const picture = bootstrap && app.drawsPicture(bootstrap);
  return app.fitPage({
    document,
    pictures,
    ...(picture === undefined ? {} : { draws: { picture, svg: await app.renderSvg(picture.specification) } }),
    explained: predicted.map(({ explained }) => explained),
    program: `menusmith ${version}`,
    command: commandWords(command),
    studies,
  });
};

const commandWords = ({
  usage,
  prices,
  costs,
  elasticity,
  assume,
  columns,
  draws,
  seed,
  plugin = [],
}: CalibrationCommandLine): string =>
  [
    'menusmith calibrate',
    basename(usage),
    `--prices ${basename(prices)}`,
    ...(costs === undefined ? [] : [`--costs ${basename(costs)}`]),
    ...(elasticity === undefined ? [] : [`--elasticity ${elasticity}`]),
    ...(assume === undefined ? [] : [`--assume ${assume}`]),
    ...(columns === undefined ? [] : [`--columns ${columns}`]),
    ...(draws === undefined ? [] : [`--bootstrap ${draws} --seed ${seed}`]),
    ...plugin.map((path) => `--plugin ${basename(path)}`),
  ]
    .map(oneLine)
    .join(' ');

/** A line break in a file's name would end a comment. */
const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]/g, ' ');

/** study.yaml, and study-MODEL.yaml for each further model: what a file's name may not hold is a hyphen. */
const studyNames = (models: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return models.map((model, k) => {
    if (k === 0) return 'study.yaml';
    const plain = model.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
    let name = `study-${plain}.yaml`;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `study-${plain}-${n}.yaml`;
    taken.add(name.toLowerCase());
    return name;
  });
};
