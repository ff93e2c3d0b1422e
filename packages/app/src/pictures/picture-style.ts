import type { TopLevelSpec } from 'vega-lite';

/** How a picture is to look; everything is as `look` has it where nothing is said. */
export interface PictureStyle {
  /** Of the whole picture, in CSS pixels: 96 to an inch. With one of the two the panels keep their shape. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Of the words along axes, in CSS pixels; titles stay larger in proportion. */
  readonly fontSize?: number | undefined;
  /** Name of the family of the font. */
  readonly font?: string | undefined;
  /** In place of the picture's own title; null for none. */
  readonly title?: string | null | undefined;
}

/** Size of the words along axes in `look`, in pixels. */
const LABEL_SIZE = 11;

type Fields = Readonly<Record<string, unknown>>;

/** How panels and legends make room for words. */
export interface Room {
  /** By how much panels are wider and higher. */
  readonly x: number;
  readonly y: number;
  /** Whether entries of legends stand one below the other. */
  readonly isNarrow?: boolean;
}

/** The specification in another style. */
export const styledSpecification = (
  specification: TopLevelSpec,
  { width, fontSize, font, title }: PictureStyle,
  scale: Room = { x: 1, y: 1 },
): TopLevelSpec => {
  const { datasets, title: own, ...drawn } = specification as unknown as Fields;
  const letters = fontSize === undefined ? 1 : fontSize / LABEL_SIZE;
  const visited = restyled({ title: own, ...drawn }, (key, value) => {
    if (key === 'width') return scale.x * value;
    if (key === 'height') return scale.y * value;
    if (key === 'columns' && scale.isNarrow === true) return 1;
    return /fontSize$|(?:label|title)Limit$/i.test(key) ? letters * value : value;
  }) as Fields;
  const { legend, ...others } = (visited.config ?? {}) as Fields;
  const config = {
    ...others,
    ...(font === undefined ? {} : { font }),
    legend: { ...(legend as object | undefined), ...(scale.isNarrow === true ? { columns: 1 } : {}) },
  };
  const { title: shown, ...rest } = visited;
  const words: { readonly title?: unknown } =
    title === undefined
      ? { title: shown }
      : title === null
        ? {}
        : { title: { ...(typeof shown === 'object' ? shown : {}), text: title } };
  const lines = width === undefined ? words : { title: broken(words.title, width / (LETTER * letters)) };
  return { ...rest, ...lines, config, datasets } as unknown as TopLevelSpec;
};

/** As wide as Vega takes a letter of a title to be, in pixels. */
const LETTER = 0.8 * 13;

/** A title whose lines have at most so many letters. */
const broken = (title: unknown, most: number): unknown => {
  if (typeof title === 'string') return broken({ text: title }, most);
  const { text } = (title ?? {}) as { readonly text?: unknown };
  if (typeof text !== 'string') return title;
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return { ...(title as object), text: lines };
};

/** A copy in which numbers are what `change` makes of them; what is drawn of data, such as values of a scale, stays. */
const restyled = (value: unknown, change: (key: string, value: number) => number, key = ''): unknown => {
  if (typeof value === 'number') return change(key, value);
  if (Array.isArray(value)) return value.map((each) => restyled(each, change));
  if (typeof value !== 'object' || value === null || key === 'data' || key === 'datum') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, restyled(member, change, name)]),
  );
};
