import type { Coordinates, OfferedTiers, TypeResult } from '@menusmith/app/browser';
import type {
  Declarations,
  Failure,
  Files,
  Progress,
  Reply,
  Request,
  SolvedStudy,
  SomePictures,
  TableFormat,
  TiersAnswer,
} from './messages.ts';

/** What the page hears of a study that it has asked for. */
export interface StudyListener {
  ready(declarations: Declarations): void;
  progress(progress: Progress): void;
  /** `asked` is when the study that was solved was asked for, in the page's time. */
  solved(solved: SolvedStudy, asked: number, pictures?: SomePictures): void;
  /** The same study, with what takes longer. */
  completed(solved: SolvedStudy): void;
  /** More pictures of the study solved last. */
  pictures(pictures: SomePictures, asked: number): void;
  failed(failure: Failure): void;
}

/** A worker that is busy is given so long, in milliseconds, to hear that its answer is not wanted, or to come to an end. */
const PATIENCE = { abandon: 1200, stop: 3000 };

/** A worker of which nothing was heard for so many seconds while something is asked of it is ended; looks are so many seconds apart, as a page that sleeps takes none. */
const MOST_SILENT = 60;
const LOOK = 5;

const cancelled: Failure = { message: 'cancelled before there was a menu', field: [], isOurs: false };

interface Asked {
  readonly text: string;
  readonly files: Files;
  /** When it was asked for, in the page's time. */
  readonly asked: number;
}

/**
 * The page's end of a worker that solves one study at a time.
 *
 * While one study is being solved only the newest of those that come after it is kept, and answers to older ones are dropped. A worker
 * that does not listen is replaced.
 */
export class StudyWorker {
  readonly #listener: StudyListener;
  readonly #plugins: readonly string[];
  #worker: Worker;
  #serial = 0;
  #solving: number | undefined;
  #last: Asked | undefined;
  #waiting: Asked | undefined;
  /** The study that was solved last: its pictures can come while the next is under way. */
  #solved: (Asked & { readonly serial: number }) | undefined;
  /** The solve by which a new worker learns what the page shows, and the questions that wait for it. */
  #restoring: number | undefined;
  #held: Request[] = [];
  #impatience: ReturnType<typeof setTimeout> | undefined;
  #questions = new Map<number, (answer: unknown) => void>();
  #question = 0;
  #sight = new Set<string>();
  /** What the worker has begun, and the seconds of silence since it was heard. */
  #at = 'the worker';
  #silent = 0;
  readonly #watch: ReturnType<typeof setInterval>;

  constructor(listener: StudyListener, plugins: readonly string[]) {
    this.#listener = listener;
    this.#plugins = plugins;
    this.#worker = this.#start();
    this.#watch = setInterval(() => this.#look(), 1000 * LOOK);
  }

  solve(text: string, files: Files): void {
    this.#waiting = { text, files, asked: performance.now() };
    if (this.#solving === undefined) this.#next();
    else this.#hurry({ kind: 'abandon', serial: this.#solving });
  }

  /** Ends a long solve with the best so far; where that takes long, without it. */
  cancel(): void {
    this.#waiting = undefined;
    if (this.#solving !== undefined) this.#hurry({ kind: 'stop', serial: this.#solving });
  }

  /** A picture has come into sight, or has left it. */
  sight(name: string, isInSight: boolean): void {
    if (isInSight) this.#sight.add(name);
    else this.#sight.delete(name);
    this.#post({ kind: 'sight', names: [...this.#sight] });
  }

  quote(buyer: Coordinates): Promise<TypeResult | undefined> {
    return this.#ask((id) => ({ kind: 'quote', id, buyer })) as Promise<TypeResult | undefined>;
  }

  table(format: TableFormat): Promise<string | undefined> {
    return this.#ask((id) => ({ kind: 'table', id, format })) as Promise<string | undefined>;
  }

  /** A menu of so many tiers, which the picture of the tariff shows from then on; undefined where a newer study has come, and for 0. */
  tiers(count: number): Promise<TiersAnswer | undefined> {
    return this.#ask((id) => ({ kind: 'tiers', id, count })) as Promise<TiersAnswer | undefined>;
  }

  /** What the tiers found last sell at other prices. */
  sales(transfers: readonly number[]): Promise<OfferedTiers | undefined> {
    return this.#ask((id) => ({ kind: 'sales', id, transfers })) as Promise<OfferedTiers | undefined>;
  }

  end(): void {
    clearTimeout(this.#impatience);
    clearInterval(this.#watch);
    this.#worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'study' });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#hear(data);
    worker.onerror = ({ message }) =>
      this.#listener.failed({
        message: message || 'the worker could not be started',
        field: [],
        isOurs: true,
      });
    worker.postMessage({ kind: 'start', plugins: this.#plugins } satisfies Request);
    return worker;
  }

  #ask(request: (id: number) => Request): Promise<unknown> {
    const id = ++this.#question;
    return new Promise((resolve) => {
      this.#questions.set(id, resolve);
      if (this.#restoring === undefined) this.#post(request(id));
      else this.#held.push(request(id));
    });
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }

  #next(): void {
    clearTimeout(this.#impatience);
    this.#impatience = undefined;
    this.#solving = undefined;
    if (this.#waiting === undefined) return;
    this.#solving = ++this.#serial;
    const { text, files } = this.#waiting;
    this.#last = this.#waiting;
    this.#post({ kind: 'solve', serial: this.#solving, text, files });
    this.#waiting = undefined;
  }

  /** Ends a worker that does not answer, as where a plugin never returns. */
  #look(): void {
    const isAsked = this.#solving !== undefined || this.#restoring !== undefined || this.#questions.size > 0;
    this.#silent = isAsked ? this.#silent + LOOK : 0;
    if (this.#silent < MOST_SILENT) return;
    const message = `${this.#at} did not answer within ${MOST_SILENT} s`;
    // What has just failed to answer is not asked again.
    if (this.#restoring !== undefined) this.#solved = undefined;
    this.#replace({ message, field: [], isOurs: false });
  }

  #hurry(request: Extract<Request, { kind: 'abandon' | 'stop' }>): void {
    this.#post(request);
    this.#impatience ??= setTimeout(() => this.#replace(), PATIENCE[request.kind]);
  }

  #replace(failure = cancelled): void {
    this.#worker.terminate();
    this.#silent = 0;
    for (const answer of this.#questions.values()) answer(undefined);
    this.#questions.clear();
    this.#held = [];
    this.#restoring = undefined;
    const isWaited = this.#waiting !== undefined;
    this.#worker = this.#start();
    this.#post({ kind: 'sight', names: [...this.#sight] });
    this.#next();
    if (isWaited) return;
    this.#listener.failed(failure);
    this.#restore();
  }

  /** Has a new worker solve what the page shows, so that it can answer questions about it. */
  #restore(): void {
    if (this.#solved === undefined) return;
    this.#restoring = ++this.#serial;
    const { text, files } = this.#solved;
    this.#post({ kind: 'solve', serial: this.#restoring, text, files });
  }

  #hear(data: Reply): void {
    this.#silent = 0;
    if (data.kind === 'at') this.#at = data.work;
    else if (data.kind === 'ready') this.#listener.ready(data.declarations);
    else if (data.kind === 'answer') {
      this.#questions.get(data.id)?.(data.answer);
      this.#questions.delete(data.id);
    } else if (data.kind === 'pictures') {
      if (data.serial === this.#solved?.serial) this.#listener.pictures(data.pictures, this.#solved.asked);
    } else if (data.kind === 'completed') {
      const isNewest = data.serial === this.#solved?.serial && this.#solving === undefined;
      if (isNewest) this.#listener.completed(data.solved);
    } else if (data.serial === this.#solving) this.#hearOfSolve(data);
    else if (data.kind === 'failed' && data.serial === this.#solved?.serial) this.#hearOfWhole(data.failure);
    else if (data.serial === this.#restoring && data.kind !== 'progress') this.#hearOfRestoring(data);
  }

  /** What takes longer has failed, after the menu itself was solved. */
  #hearOfWhole(failure: Failure): void {
    if (this.#solving === undefined) this.#listener.failed(failure);
  }

  #hearOfRestoring({ kind, serial }: Extract<Reply, { kind: 'solved' | 'dropped' | 'failed' }>): void {
    if (kind === 'solved' && this.#solved !== undefined) this.#solved = { ...this.#solved, serial };
    this.#restoring = undefined;
    for (const question of this.#held.splice(0)) this.#post(question);
  }

  #hearOfSolve(data: Extract<Reply, { kind: 'progress' | 'solved' | 'dropped' | 'failed' }>): void {
    const isNewest = this.#waiting === undefined;
    if (data.kind === 'progress') {
      if (isNewest) this.#listener.progress(data.progress);
      return;
    }
    const asked = this.#last!;
    if (data.kind === 'solved') this.#solved = { ...asked, serial: data.serial };
    this.#next();
    if (data.kind === 'solved') this.#listener.solved(data.solved, asked.asked, data.pictures);
    // What is wrong with a study that is being left behind is of no interest.
    else if (isNewest) this.#listener.failed(data.kind === 'failed' ? data.failure : cancelled);
  }
}
