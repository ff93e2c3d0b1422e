import { readFileSync } from 'node:fs';
import type { Font } from 'fontkit';
import { type PictureFont, sans } from './picture-fonts.ts';
import { svgSize } from './render-svg.ts';

/** Points an inch, over the pixels an inch of CSS. */
const POINTS = 72 / 96;

/**
 * The picture of SVG text as a PDF of its size: lines as lines and text as text, with its fonts embedded. The same SVG makes the same bytes: no time is written.
 *
 * Text is in the font that is given, and in DejaVu Sans where that lacks a letter.
 */
export async function renderPdf(svg: string, font: PictureFont = sans()): Promise<Uint8Array> {
  const [{ default: Document }, { default: drawSvg }, { create }] = await Promise.all([
    import('pdfkit'),
    import('svg-to-pdfkit'),
    import('fontkit'),
  ]);
  const { width, height } = svgSize(svg);
  const [across, down] = [POINTS * width, POINTS * height];
  const document = new Document({
    size: [across, down],
    margin: 0,
    // Its own font would be read from a file of the package.
    font: null,
    info: { Producer: 'menusmith', Creator: 'menusmith', CreationDate: new Date(0) },
  });
  const fallback = sans();
  const own = font.files.length === 0 ? fallback : font;
  const isOwn = own.files[0] === fallback.files[0];
  for (const { family, files } of [own, fallback])
    for (const [k, file] of files.entries()) document.registerFont(`${family} ${k}`, file);
  const has = isOwn ? () => true : lettersOf(create(readFileSync(own.files[0]!)));
  const pieces: Uint8Array[] = [];
  document.on('data', (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  const solid = svg.replaceAll(/ stroke-dasharray="[\d.]+,0"/g, '');
  drawSvg(document, isOwn ? solid : withFallback(solid, has, fallback.family), 0, 0, {
    width: across,
    height: down,
    preserveAspectRatio: 'xMinYMin meet',
    fontCallback: (family: string, isBold: boolean) => {
      const named = !isOwn && firstFamily(family) === fallback.family ? fallback : own;
      if (named.files.length === 0) return isBold ? 'Helvetica-Bold' : 'Helvetica';
      return `${named.family} ${isBold && named.files.length > 1 ? 1 : 0}`;
    },
    // What the drawing has that a PDF has not, of which there is nothing in our pictures.
    warningCallback: () => {},
  });
  document.end();
  await ended;
  return Buffer.concat(pieces);
}

/** Of a list as CSS has it. */
const firstFamily = (families: string): string =>
  families
    .split(',')[0]!
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2');

const lettersOf =
  (font: Font) =>
  (text: string): boolean =>
    [...text].every((letter) => font.hasGlyphForCodePoint(letter.codePointAt(0)!));

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The drawing with text in the other font wherever its own lacks a letter. */
const withFallback = (svg: string, has: (text: string) => boolean, family: string): string =>
  svg.replace(/<text([^>]*)>([^<]*)<\/text>/g, (element, attributes: string, content: string) => {
    const text = content.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '');
    return has(text)
      ? element
      : `<text${attributes.replace(/font-family="[^"]*"/, `font-family="${family}"`)}>${content}</text>`;
  });
