import {
  createRegistry,
  csvTable,
  loadBeta,
  type MadeFrom,
  type Study,
  studyFromText,
  withoutBeta,
} from '@menusmith/app/browser';
import { InputError, type Plugin } from '@menusmith/core';
import { declarationsOf } from './declarations.ts';
import type { Files, Reply } from './messages.ts';

/** The first view has the network to itself for so many milliseconds. */
const LATER = 2000;

/** Plugins that the page was given. */
let plugins: readonly Plugin[] = [];
let registry = createRegistry([withoutBeta]);
let completing: Promise<void> | undefined;

/** Loads the plugins at these addresses, and tells the page of what there is. */
export const loadPlugins = async (
  addresses: readonly string[],
  reply: (message: Reply) => void,
): Promise<void> => {
  tell = reply;
  for (const address of addresses) {
    reply({ kind: 'at', work: address });
    const { default: plugin } = (await import(/* @vite-ignore */ address)) as { default: Plugin };
    plugins = [...plugins, plugin];
  }
  register([]);
  // So that the page can offer what is not there yet.
  setTimeout(() => complete().catch(() => undefined), LATER);
};

const register = (later: readonly Plugin[]): void => {
  registry = createRegistry([withoutBeta, ...later, ...plugins]);
  tell({ kind: 'ready', declarations: declarationsOf(registry) });
};

/** Loads the entries that few studies need. */
const complete = async (): Promise<void> => {
  completing ??= loadBeta().then((beta) => register([{ name: 'later', distributions: [beta] }]));
  await completing.catch((error) => {
    completing = undefined;
    throw error;
  });
};

/** The study of a text, with the entries that are there, and what its results are made from; where those entries do not do, with all. */
export const readStudy = async (
  text: string,
  files: Files,
): Promise<{ readonly study: Study; readonly madeFrom: MadeFrom }> => {
  const read = () => {
    const given = new Map<string, string>();
    const study = studyFromText(text, { file: 'study', registry, csvFiles: filesOf(files, given) });
    const read = [...given].map(([path, content]) => ({ path, text: content }));
    const named = plugins.map(({ name }) => ({ name }));
    return { study, madeFrom: { text, given: read, registry: { plugins: named } } };
  };
  try {
    return read();
  } catch (error) {
    const isComplete = completing !== undefined;
    await complete();
    if (isComplete) throw error;
    return read();
  }
};

/** `, with the plugin mine`. */
export const pluginWords = (): string => plugins.map(({ name }) => `, with the plugin ${name}`).join('');

/** Who hears of entries that come later. */
let tell: (message: Reply) => void = () => undefined;

const filesOf = (files: Files, given: Map<string, string>) => (path: string) => {
  const text = files[path];
  if (text === undefined)
    throw new InputError('no-such-file', `${path}: attach this CSV file to the page first`);
  given.set(path, text);
  return csvTable(text, path);
};
