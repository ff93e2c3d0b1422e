/** What an address holds: the study, the one that it is compared with, and how many tiers are asked for. */
export interface Shared {
  readonly study: string;
  readonly other?: string;
  readonly tiers?: number;
}

/** The part of an address behind #, which never leaves the browser: texts are deflated, in base64url. */
export const addressOf = async ({ study, other, tiers }: Shared): Promise<string> => {
  const parts = [
    `study=${await packed(study)}`,
    ...(other === undefined ? [] : [`other=${await packed(other)}`]),
    ...(tiers === undefined ? [] : [`tiers=${tiers}`]),
  ];
  return `#${parts.join('&')}`;
};

/** What an address holds; undefined where it holds nothing that can be read. */
export const readAddress = async (hash: string): Promise<Shared | undefined> => {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const [study, other] = [fields.get('study'), fields.get('other')];
  const tiers = Number(fields.get('tiers') ?? Number.NaN);
  if (study === null) return undefined;
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

const through = async (
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
