import type { Result } from '@menusmith/app/browser';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type {
  Declarations,
  Failure,
  Files,
  Progress,
  ShownPicture,
  SolvedStudy,
  SomePictures,
} from './messages.ts';
import { StudyWorker } from './study-worker.ts';
import { measure } from './timings.ts';

/** A study as far as it is solved: the last good result stays while a newer one is computed, or fails. */
export interface Solved {
  readonly declarations: Declarations | undefined;
  readonly solved: SolvedStudy | undefined;
  readonly pictured: Pictured;
  /** When the study behind the result was asked for. */
  readonly asked: number;
  readonly failure: Failure | undefined;
  readonly progress: Progress | undefined;
  /** It takes a time that one notices. */
  readonly isSlow: boolean;
  readonly worker: StudyWorker | undefined;
}

/** Pictures, the result that they show, and when it was asked for. */
export interface Pictured {
  readonly pictures: readonly ShownPicture[];
  readonly result: Result | undefined;
  readonly madeFrom: SolvedStudy['madeFrom'] | undefined;
  readonly asked: number;
}

/** Milliseconds after which one notices. */
const SLOW = 250;

type State = Omit<Solved, 'worker'>;

const nothing: State = {
  declarations: undefined,
  solved: undefined,
  pictured: { pictures: [], result: undefined, madeFrom: undefined, asked: 0 },
  asked: 0,
  failure: undefined,
  progress: undefined,
  isSlow: false,
};

/** Plugins that `menusmith explore --plugin` serves beside the page. */
const pluginAddresses = (): readonly string[] => {
  const count = Number(document.querySelector<HTMLMetaElement>('meta[name="plugins"]')?.content ?? 0);
  return Array.from({ length: count }, (_, k) => new URL(`plugins/${k}.js`, document.baseURI).href);
};

/** The study of this text, solved in a worker; nothing while the text is undefined. */
export const useSolved = (text: string | undefined, files: Files): Solved => {
  const [state, setState] = useState(nothing);
  const [worker, setWorker] = useState<StudyWorker>();
  const slow = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isWanted = text !== undefined;

  useEffect(() => {
    if (!isWanted) return undefined;
    const change = (part: Partial<State>): void => setState((before) => ({ ...before, ...part }));
    const end = (part: Partial<State>): void => {
      clearTimeout(slow.current);
      slow.current = undefined;
      change({ ...part, progress: undefined, isSlow: false });
    };
    const show = ({ some, names }: SomePictures, asked: number): void =>
      setState((before) => ({
        ...before,
        pictured: {
          pictures: merged(before.pictured.pictures, some, names),
          result: before.solved?.result,
          madeFrom: before.solved?.madeFrom,
          asked,
        },
      }));
    const started = new StudyWorker(
      {
        ready: (declarations) => change({ declarations }),
        progress: (progress) => change({ progress }),
        solved: (solved, asked, pictures) => {
          end({ solved, asked, failure: undefined });
          if (pictures !== undefined) show(pictures, asked);
        },
        completed: (solved) => change({ solved }),
        pictures: show,
        failed: (failure) => end({ failure }),
      },
      pluginAddresses(),
    );
    setWorker(started);
    return () => {
      started.end();
      setState(nothing);
      setWorker(undefined);
    };
  }, [isWanted]);

  useLayoutEffect(() => {
    if (worker === undefined || text === undefined) return;
    slow.current ??= setTimeout(
      () => setState((before) => ({ ...before, isSlow: true, failure: undefined })),
      SLOW,
    );
    worker.solve(text, files);
  }, [worker, text, files]);

  // Layout effects run when the page shows what was solved.
  useLayoutEffect(() => {
    if (state.solved === undefined) return;
    measure('parameter-to-result', state.asked);
    measure('solve-in-worker', performance.now() - state.solved.milliseconds);
  }, [state.asked]);

  return useMemo(() => ({ ...state, worker }), [state, worker]);
};

/** The newest of every picture, in the order of the names. */
const merged = (
  before: readonly ShownPicture[],
  now: readonly ShownPicture[],
  names: readonly string[],
): readonly ShownPicture[] =>
  names.flatMap((wanted) => {
    const of = ({ name }: ShownPicture): boolean => name === wanted;
    return now.find(of) ?? before.find(of) ?? [];
  });
