import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The width of an SVG file, in its own pixels. */
export const svgWidth = (svg: string): number => Number(/<svg[^>]*\swidth="([\d.]+)"/.exec(svg)?.[1] ?? 0);

/**
 * The picture of SVG text as a PNG of this many pixels across, 300 dots an inch on a page 6.5 inches wide.
 *
 * Text is drawn in DejaVu Sans where its files are there, so that a machine without
 * fonts makes the same picture; else in the system's fonts.
 */
export async function renderPng(svg: string, width = 1950): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const fontFiles = packagedFonts();
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    background: 'white',
    font: {
      fontFiles: [...fontFiles],
      loadSystemFonts: fontFiles.length === 0,
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return picture.render().asPng();
}

/** The font files that come with the published package, or those of dejavu-fonts-ttf; none where neither is there. */
const packagedFonts = (): readonly string[] => {
  const { resolve } = createRequire(import.meta.url);
  const own = fileURLToPath(new URL('../fonts/', import.meta.url));
  try {
    return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
      existsSync(join(own, file)) ? join(own, file) : resolve(`dejavu-fonts-ttf/ttf/${file}`),
    );
  } catch {
    return [];
  }
};
