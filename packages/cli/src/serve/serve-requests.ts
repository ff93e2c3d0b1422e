import { requestMethods } from '@menusmith/app';
import { atMost, didYouMean, limits } from '@menusmith/core';
import type { TextStream } from '../command-context.ts';
import { writeChunks } from '../write-json.ts';
import {
  codes,
  type Id,
  type Message,
  type Refused,
  type RpcRequest,
  readMessage,
  refused,
  replyText,
} from './json-rpc.ts';
import { type Line, linesOf } from './lines.ts';
import type { RequestThreads, Running } from './request-threads.ts';

/** Told of a request that nobody waits for any more: `$/cancelRequest` with its id, as the Language Server Protocol has it. */
const CANCEL = '$/cancelRequest';

/** Reads requests, one message a line, to their end, and writes the answers as they come, in any order. Nothing that is read ends it. */
export const serveRequests = async (
  input: AsyncIterable<Uint8Array>,
  output: TextStream,
  threads: RequestThreads,
  stopped: Promise<void>,
): Promise<void> => {
  const running = new Map<string, Set<Running>>();
  /** Answers that are not written yet. */
  const open = new Set<Promise<void>>();
  let [isStopped, openBytes] = [false, 0];
  let wake = (): void => undefined;
  const replies = replyLine(output);

  const answer = async (part: RpcRequest | Refused): Promise<string | undefined> => {
    if ('error' in part) return replyText(part.id, { error: part.error });
    if (part.method === CANCEL && part.id === undefined) {
      cancelled(part.params, running);
      return undefined;
    }
    // Nothing that a notification asks for would be heard of.
    if (part.id === undefined) return undefined;
    const wrong = refusedRequest(part, part.id);
    if (wrong !== undefined) return replyText(part.id, wrong);
    // Who does not read gets no more answers, which would lie in memory.
    if (replies.isWaiting()) await replies.taken();
    const own = threads.answer({
      method: part.method as (typeof requestMethods)[number],
      params: part.params ?? {},
    });
    const key = JSON.stringify(part.id);
    const same = running.get(key) ?? new Set();
    running.set(key, same.add(own));
    if (isStopped) own.cancel();
    const served = await own.answer;
    same.delete(own);
    if (same.size === 0) running.delete(key);
    return replyText(part.id, served);
  };
  const handle = async (message: Message): Promise<void> => {
    if (message.kind === 'one') {
      const text = await answer(message.part);
      if (text !== undefined) await replies.write(text);
      return;
    }
    const texts = (await Promise.all(message.parts.map(answer))).filter((text) => text !== undefined);
    if (texts.length > 0) await replies.write(`[${texts.join(',')}]`);
  };

  const reading = (async () => {
    for await (const line of linesOf(input, limits.requestBytes.most)) {
      const message = messageIn(line);
      if (message === undefined) continue;
      const bytes = 'bytes' in line ? line.bytes.length : 0;
      openBytes += bytes;
      const handled: Promise<void> = handle(message).finally(() => {
        open.delete(handled);
        openBytes -= bytes;
        wake();
      });
      open.add(handled);
      const isFull = (): boolean =>
        open.size >= limits.openRequests.most || openBytes > MOST_BYTES || replies.isWaiting();
      while (isFull() && !isStopped)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  })();
  const ending = stopped.then(() => {
    isStopped = true;
    replies.release();
    for (const all of running.values()) for (const each of all) each.cancel();
  });
  await Promise.race([reading, ending]);
  await Promise.all(open);
};

/** Writes replies one after another, each once its reader has taken those before it. */
const replyLine = (output: TextStream) => {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  let waiters: (() => void)[] = [];
  const release = (): void => {
    for (const resume of waiters) resume();
    waiters = [];
  };
  return {
    async write(text: string): Promise<void> {
      waiting++;
      last = last.then(() => writeChunks(output, [`${text}\n`]));
      await last;
      if (--waiting === 0) release();
    },
    /** Whether a reply is there that its reader has not taken. */
    isWaiting: (): boolean => waiting > 0,
    /** Waits until none is. */
    taken: (): Promise<void> => new Promise((resolve) => waiters.push(resolve)),
    release,
  };
};

/** Bytes of requests that are open, beyond which no more are read: as much as ten of the largest. */
const MOST_BYTES = 10 * limits.requestBytes.most;

const messageIn = (line: Line): Message | undefined =>
  'isTooLong' in line
    ? {
        kind: 'one',
        part: refused(codes.request, `Invalid Request: ${atMost(limits.requestBytes)}, got more`),
      }
    : readMessage(line.bytes);

const cancelled = (params: unknown, running: ReadonlyMap<string, ReadonlySet<Running>>): void => {
  const id = (params as { readonly id?: Id } | undefined)?.id;
  for (const own of running.get(JSON.stringify(id) ?? '') ?? []) own.cancel();
};

const refusedRequest = ({ method, params }: RpcRequest, id: Id): Refused | undefined => {
  if (!(requestMethods as readonly string[]).includes(method)) {
    const known = requestMethods.join(', ');
    const name = method.length > 60 ? `${method.slice(0, 59)}…` : method;
    const message = `Method not found: ${JSON.stringify(name)}${didYouMean(method, requestMethods)} (known: ${known})`;
    return refused(codes.method, message, id);
  }
  return Array.isArray(params)
    ? refused(codes.params, 'Invalid params: expected a map, as { "study": … }, got a list', id, {
        code: 'params',
      })
    : undefined;
};
