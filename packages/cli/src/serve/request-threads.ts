import { type AskedRequest, cancelledAnswer, requestSeat, type SeatOptions } from './request-seat.ts';
import type { Served, ServeJob } from './serve-jobs.ts';

/** A request that is answered or waits for that. */
export interface Running {
  readonly answer: Promise<Served>;
  /** Answers it at once, as cancelled. */
  cancel(): void;
}

/** Warm threads that answer requests, each one at a time; another thread is begun where all are busy. */
export interface RequestThreads {
  answer(job: ServeJob): Running;
  end(): Promise<unknown>;
}

export interface RequestThreadsOptions extends Omit<SeatOptions, 'said'> {
  /** How many threads at most. */
  readonly count: number;
}

export const requestThreads = ({ count, ...options }: RequestThreadsOptions): RequestThreads => {
  const waiting = new Set<AskedRequest>();
  const heard = new Set<string>();
  /** Each thread fails at the same. */
  const said = (text: string): void => {
    if (!heard.has(text)) options.printed.write(text);
    heard.add(text);
  };
  const seats = Array.from({ length: count }, () => {
    const seat = requestSeat({ ...options, said }, () => {
      const [next] = waiting;
      if (next === undefined) return;
      waiting.delete(next);
      seat.begin(next);
    });
    return seat;
  });
  return {
    answer(job) {
      let isOver = false;
      let resolve: (served: Served) => void = () => undefined;
      const answer = new Promise<Served>((settle) => {
        resolve = settle;
      });
      const request: AskedRequest = {
        job,
        settle(served) {
          isOver = true;
          resolve(served);
        },
      };
      // The first that is free is the warmest.
      const seat = seats.find((each) => each.at() === undefined);
      if (seat === undefined) waiting.add(request);
      else seat.begin(request);
      return {
        answer,
        cancel() {
          if (isOver) return;
          request.settle(cancelledAnswer);
          waiting.delete(request);
          seats.find((each) => each.at() === request)?.stop();
        },
      };
    },
    end() {
      waiting.clear();
      return Promise.all(seats.map((seat) => seat.end()));
    },
  };
};
