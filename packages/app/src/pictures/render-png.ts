import { type PictureFont, sans } from './picture-fonts.ts';

/** The width of an SVG file, in its own pixels. */
export const svgWidth = (svg: string): number => Number(/<svg[^>]*\swidth="([\d.]+)"/.exec(svg)?.[1] ?? 0);

/**
 * The picture of SVG text as a PNG of this many pixels across, 300 dots an inch on a page 6.5 inches wide.
 *
 * Text is drawn in the font that is given, and DejaVu Sans else, where its files are there, so that a machine without fonts makes the same picture; else in the
 * system's fonts.
 */
export async function renderPng(svg: string, width = 1950, font: PictureFont = sans()): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  // Letters that the font lacks are those of DejaVu Sans.
  const fontFiles = [...new Set([...font.files, ...sans().files])];
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    background: 'white',
    font: {
      fontFiles,
      loadSystemFonts: fontFiles.length === 0,
      defaultFontFamily: font.family,
    },
  });
  return picture.render().asPng();
}
