import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, limits } from '@menusmith/core';
import { readBytes } from '../study/read-text.ts';

/** A font of pictures: its family, and the files from which it is drawn where no font is installed. */
export interface PictureFont {
  readonly family: string;
  /** Regular and, where there is one, bold; none where they are not there. */
  readonly files: readonly string[];
}

/** The files that come with the published package, or those of dejavu-fonts-ttf; none where neither is there. */
const packaged = (name: string): readonly string[] => {
  const { resolve } = createRequire(import.meta.url);
  const own = fileURLToPath(new URL('../fonts/', import.meta.url));
  try {
    return [`${name}.ttf`, `${name}-Bold.ttf`].map((file) =>
      existsSync(join(own, file)) ? join(own, file) : resolve(`dejavu-fonts-ttf/ttf/${file}`),
    );
  } catch {
    return [];
  }
};

/** In which pictures are drawn that ask for none, and letters that another font lacks. */
export const sans = (): PictureFont => ({ family: 'DejaVu Sans', files: packaged('DejaVuSans') });
const serif = (): PictureFont => ({ family: 'DejaVu Serif', files: packaged('DejaVuSerif') });

/** The font that `--font` names: `sans`, `serif`, or a file in TrueType or OpenType. Rejects with InputError. */
export const pictureFont = async (named: string): Promise<PictureFont> => {
  if (named === 'sans') return sans();
  if (named === 'serif') return serif();
  const fail = (message: string): InputError => new InputError('font', `--font ${named}: ${message}`);
  if (!/\.(?:ttf|otf)$/i.test(named))
    throw fail('expected sans, serif, or a font file, which ends in .ttf or .otf');
  let bytes: Uint8Array;
  try {
    bytes = readBytes(named, { what: 'font', limit: limits.fileBytes });
  } catch (error) {
    throw error instanceof InputError ? fail(error.message) : error;
  }
  const { create } = await import('fontkit');
  try {
    const { familyName } = create(bytes);
    return { family: familyName || basename(named).replace(/\.\w+$/, ''), files: [named] };
  } catch {
    throw fail('expected a font in TrueType or OpenType');
  }
};
