/*
 * What a command can be asked for, a program can ask for too: each option of a command beside the field of the API's function of that name, and the param of the server's method. One that is in a
 * command alone has its reason here.
 */
import { readFileSync } from 'node:fs';
import { paramNames, type RequestMethod } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../packages/cli/src/program.ts';
import { recordedOutput } from '../cli/run-main.ts';

const api = readFileSync('packages/menusmith/API.md', 'utf8');

/** Fields of an interface of the API, and of those that it extends, as its report declares them. */
const fieldsOf = (name: string): readonly string[] => {
  const found = new RegExp(
    `^(?:export )?interface ${name}(?:<\\w+>)?(?: extends ([^{]*))? \\{\\n([^]*?)^\\}`,
    'm',
  ).exec(api);
  expect(found, name).not.toBeNull();
  const own = [...found![2]!.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field]) => field!);
  const above = [...(found![1] ?? '').matchAll(/\w+Options/g)].flatMap(([other]) => fieldsOf(other));
  return [...own, ...above];
};

/** Of every command. */
const everywhere: Readonly<Record<string, string>> = {
  help: 'the documentation is the API’s help',
  json: 'an answer is data',
  plugin: 'ParseOptions.plugins; a server is started with its plugins',
  set: 'ParseOptions.set, withFields; the param set',
  allowFiles: 'readStudy and parseStudy; a server is started with it',
  out: 'a program writes its files itself',
  jobs: 'functions run in the thread that calls them; a server has --jobs',
};

type Reasons = Readonly<Record<string, string>>;
interface Pairing {
  /** The API's interface. */
  readonly options: string;
  /** Options that one of both has under another name, or not, and why. */
  readonly api: Reasons;
  /** Undefined of what a server has no method for. */
  readonly server: Reasons | undefined;
}

const tables = 'tables are of files; a program makes its own of types';
const pictured = 'renderSvg and renderPdf take a style';
const style = { width: pictured, height: pictured, font: pictured, fontSize: pictured, title: pictured };
const drawn = 'pictures are files';
const noStyle = { width: drawn, height: drawn, font: drawn, fontSize: drawn, title: drawn };
const commands: Readonly<Record<string, Pairing>> = {
  solve: {
    options: 'SolveOptions',
    api: {
      supply: 'withFields(study, { "solver.supply": "numeric" })',
      proof: 'Solution.proof()',
      tiers: 'tiers(); the option is of the report',
      columns: tables,
      rows: tables,
      digits: tables,
      ...style,
    },
    server: {
      proof: 'verify reads a file that the command writes',
      tiers: 'the method tiers',
      columns: tables,
      rows: tables,
      digits: tables,
      ...noStyle,
    },
  },
  check: { options: 'RunOptions', api: {}, server: {} },
  tiers: {
    options: 'TiersOptions',
    api: { share: 'keep.share', menuOut: 'menuOf', format: 'for people' },
    server: { menuOut: 'a file', format: 'for people' },
  },
  evaluate: {
    options: 'EvaluateOptions',
    api: {
      model: 'customers of one model are handed over',
      draws: 'a file of calibrate’s, and many threads',
    },
    server: {
      model: 'customers of one model are handed over',
      draws: 'a file of calibrate’s, and many threads',
    },
  },
  sweep: {
    options: 'SweepOptions',
    api: {
      varyFile: 'vary',
      shard: 'a directory',
      redis: 'workers',
      format: 'of files',
      ...style,
    },
    server: undefined,
  },
};

const program = createProgram(recordedOutput(), () => undefined);
const optionsOf = (name: string): readonly string[] =>
  program.commands
    .find((command) => command.name() === name)!
    .options.map((option) => option.attributeName());

describe.each(Object.entries(commands))('%s', (name, { options, api: ofApi, server }) => {
  it('has each of its options in the API, or a reason why not', () => {
    const fields = fieldsOf(options);
    const missing = optionsOf(name).filter(
      (option) => !fields.includes(option) && !(option in ofApi) && !(option in everywhere),
    );
    expect(missing).toEqual([]);
    for (const option of Object.keys(ofApi)) {
      expect(fields, 'a reason for what is there').not.toContain(option);
      expect(optionsOf(name), 'a reason for no option').toContain(option);
    }
  });

  it.skipIf(server === undefined)('has each of its options in the server, or a reason why not', () => {
    const params = paramNames(name as RequestMethod);
    const missing = optionsOf(name).filter(
      (option) => !params.includes(option) && !(option in server!) && !(option in everywhere),
    );
    expect(missing).toEqual([]);
    for (const option of Object.keys(server!)) expect(params).not.toContain(option);
    // And nothing that no command has.
    expect(params.filter((param) => param !== 'study' && !optionsOf(name).includes(param))).toEqual([]);
  });
});
