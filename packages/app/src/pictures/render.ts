import type { compile as compileSpecification, TopLevelSpec } from 'vega-lite';

type Logger = NonNullable<NonNullable<Parameters<typeof compileSpecification>[1]>['logger']>;

/** The picture of a Vega-Lite specification as SVG text. Vega is loaded here and nowhere else. `warn` hears what Vega-Lite finds odd in it. */
export async function renderSvg(
  specification: TopLevelSpec,
  warn: (message: string) => void = () => {},
): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = compile(specification, { logger: listener(warn) });
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

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

/** The width of an SVG file, in its own pixels. */
export const svgWidth = (svg: string): number => Number(/<svg[^>]*\swidth="([\d.]+)"/.exec(svg)?.[1] ?? 0);

/**
 * The picture of SVG text as a PNG of this many pixels across, 300 dots an inch on a page 6.5 inches wide.
 *
 * Text is drawn in DejaVu Sans from the package dejavu-fonts-ttf where that is installed, so that a machine without
 * fonts makes the same picture; else in the system's fonts.
 */
export async function renderPng(svg: string, width = 1950): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const fontFiles = await packagedFonts();
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

/** The font files of dejavu-fonts-ttf; none where it is not installed. */
async function packagedFonts(): Promise<readonly string[]> {
  const { createRequire } = await import('node:module');
  const { resolve } = createRequire(import.meta.url);
  try {
    return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`));
  } catch {
    return [];
  }
}
