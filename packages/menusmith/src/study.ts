import {
  createRegistry,
  declarationFault,
  describeValue,
  fieldPath,
  type GivenContent,
  locating,
  type Provenance,
  provenanceOf,
  type Registry,
  type Study as SolvableStudy,
  type StudyFiles,
  type StudySetting,
  studyFromText,
} from '@menusmith/app/portable';
import { InputError, type Plugin } from '@menusmith/core';
import { standardPlugin } from '@menusmith/plugins';

/** A study that was read and checked: what `solve` and the other functions take. */
export interface Study {
  /** As the study calls itself, else its file's name. */
  readonly name: string;
  /** The text that it was read from. */
  readonly text: string;
}

/** What a study's text does not say itself. */
export interface ParseOptions {
  /** What messages call the text, and beside which file those are that it names; "study.yaml" where nothing is given. */
  readonly file?: string | undefined;
  /** Beside the standard plugin. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Fields with other values than the text gives them, by their paths: `{ 'production.exponents.input': 0.3 }`. */
  readonly set?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer that says by what it was made. */
export interface Made {
  /** Versions, hashes of what was read, and plugins. */
  readonly provenance: Provenance;
}

/** All that a study was read from. */
interface Origin extends StudyFiles {
  readonly text: string;
  readonly file: string;
  readonly settings: readonly StudySetting[];
  readonly registry: Registry;
}

interface Opened {
  readonly study: SolvableStudy;
  readonly origin: Origin;
}

/** By what an answer about the study was made. */
export const provenanceFor = (study: Study, given: readonly GivenContent[] = []): Provenance => {
  const { text, settings, registry, hashes } = openedStudy(study).origin;
  return provenanceOf({ text, settings, files: hashes(), registry, given });
};

/** What stands behind a study; callers see its name and text. */
const opened = new WeakMap<Study, Opened>();

/** Throws InputError with file, line and field. */
export const openStudyText = (
  text: string,
  { file = 'study.yaml', plugins = [], set = {} }: ParseOptions,
  files: StudyFiles,
): Study => {
  if (typeof text !== 'string')
    throw new InputError('wrong-type', `expected the text of a study, got ${describeValue(text)}`);
  requirePlugins(plugins);
  const registry = createRegistry([standardPlugin, ...plugins]);
  return studyFrom({ text, file, settings: settingsOf(set), registry, ...files });
};

const requirePlugins = (plugins: readonly Plugin[]): void => {
  const fault = Array.isArray(plugins)
    ? // What loadPlugin returns was held against the same before, and has more.
      plugins
        .map((plugin) => ('module' in Object(plugin) ? undefined : declarationFault(plugin)))
        .find((each) => each !== undefined)
    : `expected a list, got ${describeValue(plugins)}`;
  if (fault !== undefined) throw new InputError('plugin', `plugins: ${fault}`, ['plugins']);
};

const requireMap = <T extends object>(name: string, data: T): T => {
  if (typeof data === 'object' && data !== null) return data;
  throw new InputError('wrong-type', `${name}: expected a map of fields, got ${describeValue(data)}`, [name]);
};

const studyFrom = (origin: Origin): Study => {
  const { text } = origin;
  const study = studyFromText(text, origin);
  const handle = { name: study.name, text };
  opened.set(handle, { study, origin });
  return handle;
};

/** The same study with other values of some fields. Throws InputError. */
export const withFields = (study: Study, set: Readonly<Record<string, unknown>>): Study => {
  const { origin } = openedStudy(study);
  return studyFrom({ ...origin, settings: [...origin.settings, ...settingsOf(set)] });
};

const settingsOf = (set: Readonly<Record<string, unknown>>): StudySetting[] =>
  Object.entries(requireMap('set', set)).map(([text, value]) => {
    const path = fieldPath(text);
    if (path === undefined)
      throw new InputError(
        'set',
        `expected the path of a field, as production.exponents.input, got "${text}"`,
        ['set'],
      );
    return { text: 'set', path, value };
  });

/** What stands behind a study. Throws InputError where it is none of ours. */
export const openedStudy = (study: Study): Opened => {
  const found = opened.get(study);
  if (found === undefined)
    throw new InputError('study', 'expected a study as parseStudy or readStudy returns it');
  return found;
};

/** Runs `work` on what stands behind a study; what it complains of comes with file, line and column. */
export const onStudy = <T>(study: Study, work: (study: SolvableStudy) => T): T => {
  const { study: solvable, origin } = openedStudy(study);
  return locating(origin, () => work(solvable));
};
