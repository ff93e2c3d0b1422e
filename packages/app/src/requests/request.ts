import type { Registry } from '../registry.ts';
import type { FileAccess } from '../study/files-beside.ts';

/** What requests are answered with. */
export interface RequestSurroundings extends Pick<FileAccess, 'allowFiles'> {
  readonly registry: Registry;
  /** Seconds. */
  readonly clock: () => number;
}

/** What answers a request, step by step: `next(true)` asks it to end soon with what it has. Its document is what the command of its name prints with --json. */
export type Answering = Generator<unknown, object, boolean | undefined>;
