import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Declarations, Failure, Files, Progress, ShownPicture, SolvedStudy } from './messages.ts';
import { StudyWorker } from './study-worker.ts';
import { measure } from './timings.ts';

/** A study as far as it is solved: the last good result stays while a newer one is computed, or fails. */
export interface Solved {
  readonly declarations: Declarations | undefined;
  readonly solved: SolvedStudy | undefined;
  readonly pictures: readonly ShownPicture[];
  /** When the studies behind result and pictures were asked for. */
  readonly asked: { readonly result: number; readonly pictures: number };
  readonly failure: Failure | undefined;
  readonly progress: Progress | undefined;
  readonly isSolving: boolean;
  readonly worker: StudyWorker | undefined;
}

type State = Omit<Solved, 'worker'>;

const nothing: State = {
  declarations: undefined,
  solved: undefined,
  pictures: [],
  asked: { result: 0, pictures: 0 },
  failure: undefined,
  progress: undefined,
  isSolving: false,
};

/** The study of this text, solved in a worker; nothing while the text is undefined. */
export const useSolved = (text: string | undefined, files: Files): Solved => {
  const [state, setState] = useState(nothing);
  const [worker, setWorker] = useState<StudyWorker>();
  const isWanted = text !== undefined;

  useEffect(() => {
    if (!isWanted) return undefined;
    const change = (part: Partial<State>): void => setState((before) => ({ ...before, ...part }));
    const asked = (kind: 'result' | 'pictures', at: number): void =>
      setState((before) => ({ ...before, asked: { ...before.asked, [kind]: at } }));
    const started = new StudyWorker({
      ready: (declarations) => change({ declarations }),
      progress: (progress) => change({ progress }),
      solved: (solved, at) => {
        asked('result', at);
        change({ solved, failure: undefined, progress: undefined, isSolving: false });
      },
      completed: (solved) => change({ solved }),
      pictures: (pictures, at) => {
        asked('pictures', at);
        change({ pictures });
      },
      failed: (failure) => change({ failure, progress: undefined, isSolving: false }),
    });
    setWorker(started);
    return () => {
      started.end();
      setState(nothing);
      setWorker(undefined);
    };
  }, [isWanted]);

  useLayoutEffect(() => {
    if (worker === undefined || text === undefined) return;
    setState((before) => ({ ...before, isSolving: true }));
    worker.solve(text, files);
  }, [worker, text, files]);

  // Layout effects run when the page shows what was solved.
  useLayoutEffect(() => {
    if (state.solved === undefined) return;
    measure('parameter-to-result', state.asked.result);
    measure('solve-in-worker', performance.now() - state.solved.milliseconds);
  }, [state.asked.result]);

  return useMemo(() => ({ ...state, worker }), [state, worker]);
};
