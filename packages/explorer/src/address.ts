import { limits, requireWithin } from '@menusmith/core';

/** What an address holds: the study, the one that it is compared with, and how many tiers are asked for. */
export interface Shared {
  readonly study: string;
  readonly other?: string;
  readonly tiers?: number;
}

/**
 * The part of an address behind #, which never leaves the browser: texts are deflated, in base64url. Empty where it would be longer than browsers and
 * programs that pass it on take.
 */
export const addressOf = async ({ study, other, tiers }: Shared): Promise<string> => {
  const parts = [
    `study=${await packed(study)}`,
    ...(other === undefined ? [] : [`other=${await packed(other)}`]),
    ...(tiers === undefined ? [] : [`tiers=${tiers}`]),
  ];
  const address = `#${parts.join('&')}`;
  return address.length <= limits.address.most ? address : '';
};

/** The page's whole address with what it shows; undefined where it would be too long. */
export const linkTo = async (shared: Shared, page: string): Promise<string | undefined> => {
  const address = await addressOf(shared);
  return address === '' ? undefined : new URL(address, page).href;
};

/** What an address holds; undefined where it holds nothing that can be read. */
export const readAddress = async (hash: string): Promise<Shared | undefined> => {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const [study, other] = [fields.get('study'), fields.get('other')];
  const tiers = Number(fields.get('tiers') ?? Number.NaN);
  if (study === null || hash.length > limits.address.most) return undefined;
  try {
    return {
      study: await unpacked(study),
      ...(other !== null && { other: await unpacked(other) }),
      ...(Number.isInteger(tiers) && tiers >= 1 && tiers <= 6 && { tiers }),
    };
  } catch {
    return undefined;
  }
};

const packed = async (text: string): Promise<string> => {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

const unpacked = async (text: string): Promise<string> => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = await through(
    Uint8Array.from(binary, (character) => character.charCodeAt(0)),
    new DecompressionStream('deflate-raw'),
  );
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
};

/** Throws InputError where more comes out than any study has: a short text may be deflated from one without end. */
const through = async (
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> => {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += value.length;
    requireWithin(limits.studyBytes, size <= limits.studyBytes.most ? size : Number.POSITIVE_INFINITY);
    chunks.push(value as Uint8Array<ArrayBuffer>);
  }
};
