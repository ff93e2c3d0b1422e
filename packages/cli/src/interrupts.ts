/** What Ctrl-C arrives at: the process, or a stand-in for it. */
export interface InterruptSource {
  on(event: 'SIGINT', listener: () => void): unknown;
  off(event: 'SIGINT', listener: () => void): unknown;
  exit(code: number): unknown;
}

/** Interrupts since the watch began. */
export interface InterruptWatch {
  isAsked(): boolean;
  end(): void;
}

/** As shells report the end by SIGINT. */
const INTERRUPTED = 130;

/** Takes the first Ctrl-C for the wish to stop cleanly, and ends the process at once on the second. */
export const watchInterrupts = (source: InterruptSource): InterruptWatch => {
  let count = 0;
  const listener = (): void => {
    count++;
    if (count > 1) source.exit(INTERRUPTED);
  };
  source.on('SIGINT', listener);
  return { isAsked: () => count > 0, end: () => void source.off('SIGINT', listener) };
};
