import type { Cell } from '../menu-table.ts';
import { shortenedTo } from '../study/describe-value.ts';

/** Letters of a line over a picture: as wide as a panel with its axis. */
const TITLE = 42;
const SUBTITLE = 50;
/** Lines of a text; the last one has the rest, as far as it fits. */
const MOST_LINES = 3;
/** Letters of a value on an axis or in a legend. */
const LONGEST_VALUE = 42;

/** A picture's title, with the study's name below it, in lines no wider than the picture. */
export const pictureTitle = (words: string, study: string): { text: string[]; subtitle: string[] } => ({
  text: lines(words, TITLE),
  subtitle: lines(study, SUBTITLE),
});

const lines = (text: string, letters: number): string[] => {
  const broken: string[] = [];
  for (const word of text.split(' ')) {
    const last = broken.at(-1);
    const isFull = last === undefined || last.length + word.length >= letters;
    if (isFull && broken.length < MOST_LINES) broken.push(word);
    else broken[broken.length - 1] = `${last} ${word}`;
  }
  return broken.map((line) => shortenedTo(letters + 1, line));
};

/** A value that a field takes, as people say it: `uniform, min 0.2, max 1` for what a cell has as JSON. */
export const valueWords = (cell: Cell): string => {
  const text = String(cell);
  return shortenedTo(LONGEST_VALUE, /^[[{]/.test(text) ? wordsOf(parsed(text)) : text);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const wordsOf = (data: unknown): string => {
  if (Array.isArray(data)) return `[${data.map(wordsOf).join(', ')}]`;
  if (typeof data !== 'object' || data === null) return String(data);
  return Object.entries(data)
    .map(([key, value]) => {
      const words = typeof value === 'object' && value !== null ? `(${wordsOf(value)})` : wordsOf(value);
      return key === 'use' ? words : `${key} ${words}`;
    })
    .join(', ');
};
