import type { Picture } from '@menusmith/app';
import type { ExitCode, TextStream } from './command-context.ts';
import { type PictureLook, strayTitles, styleOf } from './picture-options.ts';
import { pictureFiles } from './report-files.ts';
import { systemErrorWords } from './system-error.ts';
import type { WriteFile } from './write-files.ts';

/** Dots an inch on paper, over the pixels an inch of a specification. */
const PNG_SCALE = 300 / 96;

/** As much of a picture as drawing takes. */
type Drawing = Pick<Picture, 'name' | 'specification'>;

export interface WrittenPictures<P> {
  /** Those that are written as SVG. */
  readonly pictures: readonly { readonly picture: P; readonly svg: string }[];
  /** The others. */
  readonly undrawn: readonly P[];
  readonly code: ExitCode;
}

/**
 * Draws the pictures that `picturing` makes and writes each as SVG, PNG and PDF, in the look that is given. One that cannot be drawn is left out, and so are all from when `isStopped` says so: what is left out
 * is told on `stderr`. 0 where nothing is, 1 where something could not be drawn, 3 where it was stopped.
 */
export const writePictures = async <P extends Drawing>(
  write: WriteFile,
  picturing: () => readonly P[],
  stderr: TextStream,
  isStopped: () => boolean = () => false,
  look: PictureLook = {},
): Promise<WrittenPictures<P>> => {
  const { renderPdf, renderPng, renderSvg, svgWidth } = await import('@menusmith/app');
  const drawn: { readonly picture: P; readonly svg: string }[] = [];
  /** Files by what kept them from being drawn. */
  const faults = new Map<string, string[]>();
  const made = async <T>(file: string, draw: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await draw();
    } catch (error) {
      const words = systemErrorWords(error);
      faults.set(words, [...(faults.get(words) ?? []), file]);
      return undefined;
    }
  };
  const pictures = (await made('the pictures', async () => picturing())) ?? [];
  const names = pictures.map(({ name }) => name);
  for (const words of strayTitles(look, names)) stderr.write(words);
  let next = 0;
  for (; next < pictures.length && !isStopped(); next++) {
    const picture = pictures[next]!;
    const [svgFile, pngFile, pdfFile] = pictureFiles(picture.name);
    const style = styleOf(look, picture.name, names);
    const svg = await made(svgFile, () => renderSvg(picture.specification, style));
    if (svg === undefined) continue;
    await write(svgFile, svg);
    drawn.push({ picture, svg });
    const png = await made(pngFile, () => renderPng(svg, Math.round(PNG_SCALE * svgWidth(svg)), look.face));
    if (png !== undefined) await write(pngFile, png);
    const pdf = await made(pdfFile, () => renderPdf(svg, look.face));
    if (pdf !== undefined) await write(pdfFile, pdf);
    // Whoever asks for a stop is heard between two pictures.
    await new Promise(setImmediate);
  }
  for (const [words, files] of faults) stderr.write(`cannot draw ${files.join(', ')}: ${words}\n`);
  const late = pictures.slice(next);
  if (late.length > 0) {
    stderr.write(`stopped before these pictures were drawn: ${late.map(({ name }) => name).join(', ')}\n`);
  }
  return {
    pictures: drawn,
    undrawn: pictures.filter((picture) => !drawn.some((one) => one.picture === picture)),
    code: late.length > 0 ? 3 : faults.size > 0 ? 1 : 0,
  };
};
