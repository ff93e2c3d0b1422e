import { InputError } from '@menusmith/core';
import type { Redis } from 'ioredis';

/** A Redis that has answered, and the library that keeps queues of jobs in it. */
export interface RedisConnection {
  readonly bullmq: typeof import('bullmq');
  readonly client: Redis;
  /** Its address for messages: without what is secret in it. */
  readonly shown: string;
}

/** Milliseconds in which a Redis has to answer at first, and the longest pause before it is tried again later. */
const PATIENCE = 5000;
const LONGEST_PAUSE = 1000;
/** As the package was tried with. */
const PACKAGES = 'bullmq@6.7.0 ioredis@5';

/** Connects to the Redis at a URL. Throws InputError where that is none, where nothing answers, or where the packages are not installed; what is secret in the URL is never told. */
export const redisConnection = async (url: string): Promise<RedisConnection> => {
  const address = redisAddress(url);
  const [bullmq, { Redis: Client }] = await packages();
  let [isOpen, problem] = [false, ''];
  const client = new Client(address.url, {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => (isOpen ? Math.min(LONGEST_PAUSE, 50 * tries) : null),
    ...(address.password === undefined ? {} : { password: address.password }),
  });
  client.on('error', (error: NodeJS.ErrnoException) => {
    problem = error.code ?? error.message;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    await Promise.race([client.connect().then(() => client.ping()), late]);
    isOpen = true;
    return { bullmq, client, shown: address.shown };
  } catch (error) {
    client.disconnect();
    const why = problem === '' ? (error as Error).message : problem;
    throw new InputError(
      'redis',
      `--redis ${address.shown}: expected a Redis that answers, got none (${why})`,
    );
  } finally {
    clearTimeout(timer);
  }
};

/** The URL, and what of it may be shown. Throws InputError where it is none of a Redis. */
const redisAddress = (
  text: string,
): { readonly url: string; readonly shown: string; readonly password?: string } => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw new InputError('redis', '--redis: expected a URL as redis://host:6379 or rediss://host, got none');
  const hidden = url.username === '' && url.password === '' ? '' : '…@';
  const shown = `${url.protocol}//${hidden}${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  // As redis-cli has it: who lists the processes of a machine sees their arguments.
  const password = url.password === '' ? process.env.REDISCLI_AUTH : undefined;
  return { url: text, shown, ...(password === undefined ? {} : { password }) };
};

const packages = async () => {
  try {
    return await Promise.all([import('bullmq'), import('ioredis')]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new InputError(
      'redis',
      `--redis: expected the packages that it takes beside menusmith, got none; npm install ${PACKAGES} brings them`,
    );
  }
};

/** Waits for what a Redis that has gone would hold up for ever. */
export const briefly = async (work: Promise<unknown>, milliseconds = 1000): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
};
