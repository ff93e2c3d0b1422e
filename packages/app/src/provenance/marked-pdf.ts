import { provenanceText } from './marked-text.ts';
import type { Provenance } from './provenance.ts';

/**
 * A PDF file with its provenance in the document's information, by an incremental update (ISO 32000-1, 7.5.6): what was there stays as it is, byte by byte, and a new
 * dictionary stands behind it.
 */
export const markedPdf = (pdf: Uint8Array, provenance: Provenance): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const last = text.slice(text.lastIndexOf('trailer'));
  const found = (pattern: RegExp): string => {
    const value = pattern.exec(last)?.[1];
    if (value === undefined) throw new Error('no trailer to write provenance behind');
    return value;
  };
  const number = Number(found(/\/Size (\d+)/));
  const words = provenanceText(provenance).replace(/[\\()]/g, '\\$&');
  const object = `${number} 0 obj\n<< /Producer (menusmith) /Creator (menusmith) /Keywords (${words}) >>\nendobj\n`;
  const start = text.endsWith('\n') ? '' : '\n';
  const at = pdf.length + start.length;
  const entry = `${String(at).padStart(10, '0')} 00000 n \n`;
  const trailer = [
    `/Size ${number + 1}`,
    `/Root ${found(/\/Root (\d+ \d+ R)/)}`,
    `/Info ${number} 0 R`,
    `/ID ${found(/\/ID (\[[^\]]*\])/)}`,
    `/Prev ${found(/startxref\s+(\d+)/)}`,
  ].join('\n');
  const rest = `${start}${object}xref\n${number} 1\n${entry}trailer\n<<\n${trailer}\n>>\nstartxref\n${at + object.length}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(rest, 'latin1')]);
};
