import { basename } from 'node:path';
import type { PictureFont, PictureStyle } from '@menusmith/app';
import { didYouMean } from '@menusmith/core';
import { type Command, InvalidArgumentError } from 'commander';
import { collect } from './argument-values.ts';
import { shellWord } from './shell-word.ts';

/** How pictures are to look, as the options say it. */
export interface PictureOptions {
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly fontSize?: number;
  /** `sans`, `serif` or a file. */
  readonly font?: string;
  /** `none`, a text for all pictures, or NAME=TEXT for one. */
  readonly title?: readonly string[];
}

/** CSS pixels to each unit of length. */
const PIXELS: Readonly<Record<string, number>> = { mm: 96 / 25.4, cm: 96 / 2.54, in: 96, pt: 96 / 72, px: 1 };

/** A length in CSS pixels, between two of them. */
const length =
  (least: string, most: string) =>
  (text: string): number => {
    const pixels = pixelsOf(text);
    if (!(pixels >= pixelsOf(least) && pixels <= pixelsOf(most)))
      throw new InvalidArgumentError(
        `Expected a length from ${least} to ${most}, with its unit: mm, cm, in, pt or px.`,
      );
    return pixels;
  };

const pixelsOf = (text: string): number => {
  const [, number, unit = ''] = /^\s*(\d+\.?\d*|\.\d+)\s*(mm|cm|in|pt|px)\s*$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number) * PIXELS[unit]!;
};

/** The options by which a command's pictures get a size, fonts and titles. */
export const addPictureOptions = (command: Command): Command =>
  command
    .option('--width <length>', 'of pictures, as 85mm, 3.4in, 240pt or 320px', length('20mm', '1000mm'))
    .option('--height <length>', 'of pictures; by default panels keep their shape', length('20mm', '1000mm'))
    .option('--font <font>', 'of pictures: sans, serif, or a font file (.ttf, .otf), which is embedded')
    .option('--font-size <length>', 'of words along axes, as 8pt', length('4pt', '40pt'))
    .option(
      '--title <text>',
      'of pictures: none, a text, or NAME=TEXT for the picture of that name (repeatable)',
      collect,
      [],
    );

/** The options as they were written, so that a report can be made again. */
export const pictureWords = ({
  width,
  height,
  font,
  fontSize,
  title = [],
}: PictureOptions): readonly string[] => [
  ...(width === undefined ? [] : [`--width ${lengthWords(width)}`]),
  ...(height === undefined ? [] : [`--height ${lengthWords(height)}`]),
  ...(font === undefined ? [] : [`--font ${shellWord(basename(font))}`]),
  ...(fontSize === undefined ? [] : [`--font-size ${lengthWords(fontSize)}`]),
  ...title.map((text) => `--title ${shellWord(text)}`),
];

const lengthWords = (pixels: number): string => `${Number(pixels.toFixed(4))}px`;

/** The options with the font that they name. */
export interface PictureLook extends PictureOptions {
  readonly face?: PictureFont;
}

/** Rejects with InputError where the font is none. */
export const pictureLook = async (options: PictureOptions): Promise<PictureLook> => {
  const { width, height, fontSize, font, title } = options;
  const face = font === undefined ? undefined : await (await import('@menusmith/app')).pictureFont(font);
  return {
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(fontSize === undefined ? {} : { fontSize }),
    ...(title === undefined ? {} : { title }),
    ...(face === undefined ? {} : { face }),
  };
};

/** The style of one picture of those that are drawn. */
export const styleOf = (
  { width, height, fontSize, title = [], face }: PictureLook,
  name: string,
  names: readonly string[],
): PictureStyle => {
  const named = title.find((text) => text.startsWith(`${name}=`));
  const general = title.find((text) => !names.some((other) => text.startsWith(`${other}=`)));
  const words = named === undefined ? general : named.slice(name.length + 1);
  return {
    width,
    height,
    fontSize,
    font: face?.family,
    ...(words === undefined ? {} : { title: words === 'none' ? null : words }),
  };
};

/** Titles that look as if they were for a picture that there is none of. */
export const strayTitles = ({ title = [] }: PictureLook, names: readonly string[]): readonly string[] =>
  title.flatMap((text) => {
    const [, name] = /^([a-z0-9-]+)=/.exec(text) ?? [];
    if (name === undefined || names.includes(name)) return [];
    return [
      `--title ${text}: taken for the title of all pictures, as none is called ${name}${didYouMean(name, names)} (there are: ${names.join(', ')})\n`,
    ];
  });
