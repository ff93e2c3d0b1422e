import * as app from '@menusmith/app';
import { jsonChunks } from './json-text.ts';
import type { Content } from './whole-file.ts';
import type { WriteFile } from './write-files.ts';

/** A file's content, or the data of a file of JSON. */
export type MarkedContent = Content | { readonly document: object };

/** Writes files that say by what they were made. */
export const marking =
  (write: WriteFile, provenance: app.Provenance) =>
  (name: string, content: MarkedContent): Promise<void> =>
    write(name, marked(name, content, provenance));

/** The content of a file of this name, in which its provenance stands where files of its kind have it. A text of JSON has it already. */
export const marked = (name: string, content: MarkedContent, provenance: app.Provenance): Content => {
  if (typeof content === 'object' && 'document' in content)
    return jsonChunks({ ...content.document, provenance });
  if (app.endingOf(name) === 'json') return content;
  if (content instanceof Uint8Array && app.endingOf(name) === 'pdf')
    return app.markedPdf(content, provenance);
  if (content instanceof Uint8Array) return app.markedPng(content, provenance);
  if (typeof content === 'string') return app.markedText(name, content, provenance);
  return markedPieces(name, content, provenance);
};

/** The same as texts, for files that are left to whoever ends the command. */
export const markedTexts = (
  contents: Readonly<Record<string, string | { readonly document: object }>>,
  provenance: app.Provenance,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [
      name,
      [...(marked(name, content, provenance) as Iterable<string>)].join(''),
    ]),
  );

/** The first piece has the beginning of the file. */
function* markedPieces(
  name: string,
  pieces: Iterable<string>,
  provenance: app.Provenance,
): Generator<string> {
  let isFirst = true;
  for (const piece of pieces) {
    yield isFirst ? app.markedText(name, piece, provenance) : piece;
    isFirst = false;
  }
}
