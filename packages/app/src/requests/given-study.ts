import type { InputError } from '@menusmith/core';
import type { MadeFrom } from '../provenance/provenance.ts';
import { filesBeside } from '../study/files-beside.ts';
import { jsonPlace } from '../study/json-place.ts';
import { LocatedInputError } from '../study/located-input-error.ts';
import type { Study } from '../study/study.ts';
import { locatingIn, studyFromSource } from '../study/study-from-text.ts';
import { studySetting } from '../study/study-settings.ts';
import { type StudySource, studySource } from '../study/study-source.ts';
import type { RequestSurroundings } from './request.ts';

/** What messages call a study that came with a request. */
const GIVEN_STUDY = 'study';

/** A study that came as a text, YAML or JSON, or as data. */
export type StudyGiven = string | Readonly<Record<string, unknown>>;

/** Fields of the study with other values: `PATH=VALUE` as on the command line, or values by path. */
export type SettingsGiven = readonly string[] | Readonly<Record<string, unknown>>;

export interface GivenStudy {
  readonly study: Study;
  /** What `work` throws about the study comes with its place there. */
  locating<T>(work: () => T): T;
  /** Whether it rests on files, which may change. */
  readonly readsFiles: boolean;
  /** What it was read from; of data its JSON is the text. */
  readonly madeFrom: Pick<MadeFrom, 'text' | 'settings' | 'files' | 'registry'>;
}

/** The study, checked and constructed; files that it names are beside the current folder. Throws LocatedInputError for the first problem. */
export const givenStudy = (
  given: StudyGiven,
  set: SettingsGiven,
  { registry, allowFiles }: RequestSurroundings,
): GivenStudy => {
  const source = typeof given === 'string' ? studySource(given, GIVEN_STUDY) : dataSource(given);
  const settings = settingTexts(set).map(studySetting);
  const beside = filesBeside(GIVEN_STUDY, { allowFiles });
  let readsFiles = false;
  const reading = <T>(read: (path: string) => T) => {
    return (path: string): T => {
      readsFiles = true;
      return read(path);
    };
  };
  const study = studyFromSource(source, {
    file: GIVEN_STUDY,
    registry,
    settings,
    csvFiles: reading(beside.csvFiles),
    jsonFiles: reading(beside.jsonFiles),
  });
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  return {
    study,
    readsFiles,
    madeFrom: { text, settings, files: beside.hashes(), registry },
    locating: (work) => locatingIn(source, settings, work),
  };
};

/** JSON is YAML too. */
const settingTexts = (set: SettingsGiven): readonly string[] =>
  Array.isArray(set)
    ? (set as readonly string[])
    : Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`);

/** Data has no lines, but an order of its fields. */
const dataSource = (data: Readonly<Record<string, unknown>>): StudySource => {
  let text: string | undefined;
  const textOf = (): string => {
    text ??= JSON.stringify(data);
    return text;
  };
  return {
    file: GIVEN_STUDY,
    data,
    orderOf: (path) => jsonPlace(textOf(), path).order,
    locate: (error: InputError) => new LocatedInputError(error, GIVEN_STUDY),
  };
};
