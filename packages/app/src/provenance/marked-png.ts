import { utf8ToBytes } from '@noble/hashes/utils.js';
import { provenanceText } from './marked-text.ts';
import type { Provenance } from './provenance.ts';

/** Bytes before the first chunk of a PNG file, and those of its header chunk (ISO/IEC 15948, 5.2 and 11.2.2). */
const HEADER_END = 8 + 25;

/** A PNG file with its provenance as a text chunk, `tEXt` with the keyword Comment, behind its header. */
export const markedPng = (png: Uint8Array, provenance: Provenance): Uint8Array<ArrayBuffer> => {
  const body = utf8ToBytes(`tEXtComment\0${provenanceText(provenance)}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(4 + body.length, crc32(body));
  const marked = new Uint8Array(png.length + chunk.length);
  marked.set(png.subarray(0, HEADER_END));
  marked.set(chunk, HEADER_END);
  marked.set(png.subarray(HEADER_END), HEADER_END + chunk.length);
  return marked;
};

/** The check of a chunk (ISO/IEC 15948, annex D): the remainder by x³² + x²⁶ + … + 1, lowest bit first. */
const crc32 = (bytes: Uint8Array): number => {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
};
