import type { Input } from '@menusmith/core';
import type { Technology } from '../study/study.ts';

/** All inputs of a study, of each of its models; none where costs are given outright. */
export const studyInputs = (technology: Technology): readonly Input[] =>
  technology.kind === 'cost'
    ? []
    : technology.kind === 'models'
      ? technology.models.flatMap(({ inputs }) => inputs)
      : technology.inputs;

/** Names of the inputs that serve all tasks of a buyer at once. */
export const sharedInputNames = (technology: Technology): readonly string[] => [
  ...new Set(
    studyInputs(technology)
      .filter(({ scope }) => scope === 'shared')
      .map(({ name }) => name),
  ),
];

/** `fineTuning or storage`; in general where that would be long. */
export const sharedInputWords = (names: readonly string[]): string => {
  const words = names.join(' or ');
  return words.length > MOST_LETTERS ? 'shared inputs' : words;
};
const MOST_LETTERS = 16;
