import { formatPath, LocatedInputError, type RequestMethod, requestAnswers } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { registryFor } from '../command-context.ts';
import type { JobKind } from '../jobs/job.ts';
import { jsonChunks } from '../json-text.ts';
import { codes, type RpcError } from './json-rpc.ts';

/** What all requests of a server have in common. */
export interface ServeContext {
  readonly plugin: readonly string[];
  readonly allowFiles: boolean;
  /** One Int32, not 0 once the request that is at work is to end. */
  readonly stop: SharedArrayBuffer;
}

export interface ServeJob {
  readonly method: RequestMethod;
  readonly params: unknown;
}

/** An answer as a text of JSON in one line. */
export type Served = { readonly result: string } | { readonly error: RpcError };

/** Answers requests one by one; what is wrong with one is its answer. */
export const serveJobs: JobKind<ServeContext, ServeJob, Served> = {
  async prepare({ plugin, allowFiles, stop }) {
    const clock = (): number => performance.now() / 1000;
    const answer = requestAnswers({ registry: await registryFor({ plugin }), allowFiles, clock });
    const flag = new Int32Array(stop);
    return async ({ method, params }) => {
      try {
        const end = clock() + timeLimitIn(params);
        const answering = await answer(method, params);
        let step = answering.next(false);
        while (step.done !== true) step = answering.next(Atomics.load(flag, 0) !== 0 || clock() >= end);
        return { result: lineOf(step.value) };
      } catch (error) {
        if (error instanceof InputError) return { error: paramsError(error) };
        throw error;
      }
    };
  },
};

/** Seconds. */
export const timeLimitIn = (params: unknown): number => {
  const given = (params as { readonly timeLimit?: unknown } | undefined)?.timeLimit;
  return typeof given === 'number' && given > 0 ? given : Number.POSITIVE_INFINITY;
};

/** The document of the command in one line: line breaks in texts are written otherwise in JSON. */
const lineOf = (document: object): string => [...jsonChunks(document)].join('').replace(/\n */g, '');

/** Wrong input in words for people, and in `data` for programs: `path` is the field, as `buyers.types[0].mass`. */
export const paramsError = (error: InputError): RpcError => {
  const isLocated = error instanceof LocatedInputError;
  const path = formatPath(error.field);
  const message = isLocated || path === '' ? error.message : `${path}: ${error.message}`;
  return {
    code: codes.params,
    message: `Invalid params: ${message}`,
    data: {
      code: error.code,
      message: isLocated ? error.complaint : error.message,
      file: isLocated ? error.file : null,
      path,
      field: error.field,
      ...(isLocated && error.position !== undefined ? error.position : {}),
    },
  };
};
