import { jsonFault } from '@menusmith/app';
import { limits } from '@menusmith/core';

/* JSON-RPC 2.0 (jsonrpc.org/specification), as far as it is about texts. */

export type Id = string | number | null;

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** A request; a notification, which nobody answers, has no id. */
export interface RpcRequest {
  readonly id?: Id;
  readonly method: string;
  readonly params: unknown;
}

/** What is wrong with a part of a message, for whom it is. */
export interface Refused {
  readonly id: Id;
  readonly error: RpcError;
}

/** A line: one request or what is wrong with it, or a batch of such. */
export type Message =
  | { readonly kind: 'one'; readonly part: RpcRequest | Refused }
  | { readonly kind: 'batch'; readonly parts: readonly (RpcRequest | Refused)[] };

/** The specification's own codes; from −32000 on ours, and that of cancelling is the one of the Language Server Protocol. */
export const codes = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  internal: -32_603,
  ended: -32_000,
  timeLimit: -32_001,
  cancelled: -32_800,
} as const;

export const refused = (code: number, message: string, id: Id = null, data?: unknown): Refused => ({
  id,
  error: { code, message, ...(data === undefined ? {} : { data }) },
});

/** What a line of bytes says; undefined of an empty one. */
export const readMessage = (bytes: Uint8Array): Message | undefined => {
  const one = (part: RpcRequest | Refused): Message => ({ kind: 'one', part });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return one(refused(codes.parse, 'Parse error: expected text in UTF-8'));
  }
  if (text.trim() === '') return undefined;
  const fault = jsonFault(text);
  if (fault !== undefined) {
    const [code, name] =
      fault.code === 'syntax' ? [codes.parse, 'Parse error'] : [codes.request, 'Invalid Request'];
    const message = `${name}: column ${fault.at + 1}: ${fault.message}; expected one message a line`;
    return one(refused(code, message));
  }
  const data: unknown = JSON.parse(text);
  if (!Array.isArray(data)) return one(readRequest(data));
  const { most } = limits.batch;
  if (data.length === 0) return one(invalid('expected at least one request in a batch'));
  if (data.length > most)
    return one(invalid(`expected at most ${most} requests in a batch, got ${data.length}`));
  return { kind: 'batch', parts: data.map(readRequest) };
};

const invalid = (message: string, id: Id = null): Refused =>
  refused(codes.request, `Invalid Request: ${message}`, id);

const readRequest = (data: unknown): RpcRequest | Refused => {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return invalid('expected a map with jsonrpc, method and params');
  const own = (name: string): unknown =>
    Object.hasOwn(data, name) ? (data as Readonly<Record<string, unknown>>)[name] : undefined;
  const [id, method, params] = [own('id'), own('method'), own('params')];
  if (id !== undefined && !isId(id))
    return invalid('expected an id that is a text, null, or a number up to 2^53');
  if (own('jsonrpc') !== '2.0') return invalid('expected jsonrpc: "2.0"', id ?? null);
  if (typeof method !== 'string') return invalid('expected the name of a method as a text', id ?? null);
  if (params !== undefined && (typeof params !== 'object' || params === null))
    return invalid('expected params that are a map or a list', id ?? null);
  return { ...(id === undefined ? {} : { id }), method, params };
};

/** Larger numbers would come back as others. */
const isId = (id: unknown): id is Id =>
  id === null ||
  typeof id === 'string' ||
  (typeof id === 'number' && Math.abs(id) <= Number.MAX_SAFE_INTEGER && String(id).length <= 25);

/** A reply as one line, without its end. */
export const replyText = (
  id: Id,
  answer: { readonly result: string } | { readonly error: RpcError },
): string => {
  const body = 'result' in answer ? `"result":${answer.result}` : `"error":${JSON.stringify(answer.error)}`;
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},${body}}`;
};
