import type { compile as compileSpecification, TopLevelSpec } from 'vega-lite';
import { type PictureStyle, type Room, styledSpecification } from './picture-style.ts';

type Logger = NonNullable<NonNullable<Parameters<typeof compileSpecification>[1]>['logger']>;

/**
 * The picture of a Vega-Lite specification as SVG text, in another style where one is given. Vega is loaded here and nowhere else. `warn` hears what Vega-Lite finds
 * odd in it.
 */
export async function renderSvg(
  specification: TopLevelSpec,
  style: PictureStyle = {},
  warn: (message: string) => void = () => {},
): Promise<string> {
  const drawn = (room: Room) => drawing(styledSpecification(specification, style, room), warn);
  const { width, height } = style;
  return width === undefined && height === undefined ? drawn({ x: 1, y: 1 }) : fitted(drawn, style);
}

const drawing = async (specification: TopLevelSpec, warn: (message: string) => void): Promise<string> => {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = compile(specification, { logger: listener(warn) });
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  try {
    return withOwnNumbers(await view.toSVG());
  } finally {
    view.finalize();
  }
};

/** Width and height of an SVG file, in its own pixels. */
export const svgSize = (svg: string): { readonly width: number; readonly height: number } => {
  const side = (name: string): number =>
    Number(new RegExp(`<svg[^>]*\\s${name}="([\\d.]+)"`).exec(svg)?.[1] ?? 0);
  return { width: side('width'), height: side('height') };
};

/** Panels are no narrower than this part of what they are; where words and legends leave less, all of the picture is made smaller. */
const LEAST_SCALE = 0.2;
/** Pixels. */
const CLOSE = 0.5;
const MOST_TRIES = 4;

/**
 * The picture with panels so wide and high that all of it, titles and legends included, has the size that is asked for. Where legends are wider than that their entries
 * stand one below the other.
 */
const fitted = async (draw: Draw, style: PictureStyle): Promise<string> => {
  const wide = await sized(draw, style, false);
  const isTooWide = style.width !== undefined && wide.size.x > style.width + CLOSE;
  const { svg, size } = isTooWide ? await sized(draw, style, true) : wide;
  const { width, height } = style;
  const shrink = Math.min(1, (width ?? size.x) / size.x, (height ?? size.y) / size.y);
  const sheet = { width: width ?? size.x * shrink, height: height ?? size.y * shrink };
  return resized(svg, sheet, { width: size.x, height: size.y });
};

type Draw = (room: Room) => Promise<string>;

/** What surrounds panels hardly depends on their size, so that a few secant steps do. */
const sized = async (draw: Draw, style: PictureStyle, isNarrow: boolean) => {
  const aims = { x: style.width, y: style.height };
  const measured = async (at: Room) => {
    const svg = await draw({ ...at, isNarrow });
    const { width, height } = svgSize(svg);
    return { at, svg, size: { x: width, y: height } };
  };
  let before: Awaited<ReturnType<typeof measured>> | undefined;
  let now = await measured({ x: 1, y: 1 });
  const next = (axis: 'x' | 'y'): number | undefined => {
    const aim = aims[axis];
    if (aim === undefined) return undefined;
    const [at, size] = [now.at[axis], now.size[axis]];
    const step = before === undefined ? 0 : at - before.at[axis];
    const slope = step === 0 || before === undefined ? size / at : (size - before.size[axis]) / step;
    return Math.max(LEAST_SCALE, slope > 0 ? at + (aim - size) / slope : at);
  };
  const isClose = (axis: 'x' | 'y'): boolean =>
    aims[axis] === undefined || Math.abs(now.size[axis] - aims[axis]) < CLOSE;
  for (let tries = 0; tries < MOST_TRIES && !(isClose('x') && isClose('y')); tries++) {
    const [x, y] = [next('x'), next('y')];
    const found = await measured({ x: x ?? y!, y: y ?? x! });
    before = now;
    now = found;
  }
  return now;
};

/** The same drawing on a sheet of this size: made smaller where it is larger, and otherwise as large as it is. */
const resized = (svg: string, sheet: Size, drawn: Size): string => {
  const shrink = Math.max(1, drawn.width / sheet.width, drawn.height / sheet.height);
  const box = [shrink * sheet.width, shrink * sheet.height].map(rounded).join(' ');
  return svg.replace(/<svg[^>]*>/, (open) =>
    open
      .replace(/\swidth="[^"]*"/, ` width="${rounded(sheet.width)}"`)
      .replace(/\sheight="[^"]*"/, ` height="${rounded(sheet.height)}"`)
      .replace(/\sviewBox="[^"]*"/, ` viewBox="0 0 ${box}"`),
  );
};

type Size = ReturnType<typeof svgSize>;

const rounded = (x: number): number => Number(x.toFixed(2));

/** Vega numbers clips and gradients through all pictures that a process draws: the same picture would have other bytes each time. */
const withOwnNumbers = (svg: string): string => {
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const known = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, known);
    return known;
  };
  return svg.replace(
    /(\bid="|url\(#)(clip|gradient_)(\d+)/g,
    (_, before: string, kind: string, number: string) => `${before}${kind}${numberOf(kind + number)}`,
  );
};

/** Vega's logger as one function; nothing is written to a console. */
const listener = (warn: (message: string) => void): Logger => {
  const tell = (...words: unknown[]): Logger => {
    warn(words.join(' '));
    return logger;
  };
  const ignore = (): Logger => logger;
  const logger = { level: ignore, error: tell, warn: tell, info: ignore, debug: ignore } as Logger;
  return logger;
};
