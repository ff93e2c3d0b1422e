import { createRequire } from 'node:module';
import {
  createRegistry,
  parseStudy,
  pictureFont,
  renderPdf,
  renderSvg,
  solveStudy,
  standardPlugin,
  studyPictures,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { markedPdf } from '../../packages/app/src/provenance/marked-pdf.ts';

const study = parseStudy(
  `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 }, fineTuning: { scope: shared, cost: 0.125 } }
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform } }
contract: allocations
`,
  { file: 's.yaml', registry: createRegistry([standardPlugin]) },
);
const pictures = studyPictures(study, solveStudy(study));
const named = (name: string) => pictures.find((picture) => picture.name === name)!.specification;

const sheet = (svg: string) => {
  const [, width, height, across, down] =
    /<svg[^>]* width="([\d.]+)" height="([\d.]+)" viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
  return [width, height, across, down].map(Number) as [number, number, number, number];
};
const sizes = (svg: string): Set<string> =>
  new Set([...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => size!));

describe('a picture with a size', () => {
  it.each(pictures.map(({ name, specification }) => [name, specification] as const))(
    '%s is as wide as it is asked to be, its letters not made smaller by more than a tenth',
    async (_, specification) => {
      for (const width of [260, 321, 700]) {
        const [own, , across] = sheet(await renderSvg(specification, { width, fontSize: 9 }));
        expect(own).toBe(width);
        expect(across / own).toBeLessThan(1.1);
        expect(across / own).toBeGreaterThan(0.999);
      }
    },
    60_000,
  );

  it('is as high as it is asked to be, too', async () => {
    const [width, height, across, down] = sheet(
      await renderSvg(named('tariff'), { width: 500, height: 250 }),
    );
    expect([width, height]).toEqual([500, 250]);
    expect(Math.max(across / width, down / height)).toBeLessThan(1.01);
  });

  it('keeps the shape of its panels where one side is given', async () => {
    const panel = (svg: string) => {
      const [, x, y] = /class="background"[^>]*d="M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)/.exec(
        svg.slice(svg.indexOf('role-frame root')),
      )!;
      return Number(x) / Number(y);
    };
    const own = await renderSvg(named('regions'));
    expect(panel(await renderSvg(named('regions'), { width: 600 }))).toBeCloseTo(panel(own), 1);
  });
});

describe('fonts and titles', () => {
  it('have the size that is asked for along axes, and others in proportion', async () => {
    const [before, after] = await Promise.all(
      [{}, { fontSize: 22 }].map((style) => renderSvg(named('tariff'), style)),
    );
    expect(sizes(before!)).toContain('11');
    expect(sizes(after!)).toContain('22');
    expect(sizes(after!)).toContain('26');
    expect(sizes(after!)).not.toContain('11');
  });

  it('are of the family that is asked for, and no other', async () => {
    const svg = await renderSvg(named('tariff'), { font: 'Some Serif' });
    expect(new Set([...svg.matchAll(/font-family="([^"]*)"/g)].map(([, family]) => family))).toEqual(
      new Set(['Some Serif']),
    );
  });

  it('replace a title, break one that is long, or leave it out', async () => {
    expect(await renderSvg(named('tariff'), { title: 'Figure 3' })).toContain('>Figure 3</text>');
    const long = await renderSvg(named('tariff'), {
      width: 321,
      title: 'A title of so many words that it takes lines',
    });
    expect(long).toContain('<tspan>A title of so many words that</tspan>');
    const none = await renderSvg(named('tariff'), { title: null });
    expect(none).not.toContain('Price of an item');
    expect(await renderSvg(named('tariff'))).toContain('Price of an item');
  });
});

describe('PDF', () => {
  const text = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

  it('has the size of the SVG, embedded fonts, and the same bytes each time', async () => {
    for (const { specification } of pictures) {
      const svg = await renderSvg(specification, { width: 321 });
      const [width, height] = sheet(svg);
      const pdf = await renderPdf(svg);
      const [, across, down] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text(pdf))!;
      expect(Number(across)).toBeCloseTo(width * 0.75, 2);
      expect(Number(down)).toBeCloseTo(height * 0.75, 2);
      expect(text(pdf)).toMatch(/\/FontName \/[A-Z]{6}\+DejaVuSans\n/);
      expect(text(pdf)).toContain('/FontFile2');
      expect(Buffer.from(await renderPdf(svg)).equals(Buffer.from(pdf))).toBe(true);
    }
  }, 60_000);

  it('is drawn in another font, and in DejaVu Sans where that lacks a letter', async () => {
    const mono = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf');
    const font = await pictureFont(mono);
    expect(font).toEqual({ family: 'DejaVu Sans Mono', files: [mono] });
    const title = 'Ein Titel \u{1D54A}';
    const svg = await renderSvg(named('tariff'), { font: font.family, title });
    const pdf = text(await renderPdf(svg, font));
    expect(pdf).toContain('+DejaVuSansMono\n');
    // 𝕊 is in DejaVu Sans alone.
    expect(pdf).toMatch(/\+DejaVuSans(-Bold)?\n/);
    const plain = await renderPdf(
      await renderSvg(named('tariff'), { font: font.family, title: 'Titel' }),
      font,
    );
    expect(text(plain)).not.toMatch(/\+DejaVuSans(-Bold)?\n/);
  });

  it('says by what it was made in an update behind it, which its trailer finds', async () => {
    const pdf = await renderPdf(await renderSvg(named('tariff')));
    const made = { menusmith: '1', node: null, study: null, set: ['name="(a)\\"'], files: {}, plugins: {} };
    const marked = text(markedPdf(pdf, made));
    expect(marked.startsWith(text(pdf))).toBe(true);
    const update = marked.slice(pdf.length);
    expect(update).toContain('/Keywords (provenance: {"menusmith":"1"');
    const [, start] = /startxref\n(\d+)\n%%EOF\n$/.exec(update)!;
    expect(marked.slice(Number(start), Number(start) + 4)).toBe('xref');
    const [, number, at] = /xref\n(\d+) 1\n(\d{10}) 00000 n/.exec(update)!;
    expect(marked.slice(Number(at)).startsWith(`${number} 0 obj\n`)).toBe(true);
    expect(update).toContain(`/Info ${number} 0 R`);
    const [, previous] = /\/Prev (\d+)/.exec(update)!;
    expect(marked.slice(Number(previous), Number(previous) + 4)).toBe('xref');
  });

  it.each(['times', 'no-such.ttf', import.meta.filename.replace(/ts$/, 'ttf')])(
    'refuses %s as a font',
    async (name) => {
      await expect(pictureFont(name)).rejects.toThrow(InputError);
    },
  );
});
