import type { Output } from '../command-context.ts';
import type { CommandMessage } from './messages.ts';
import type { LeftAnswer } from './supervisor.ts';

/** What is known of a command that another thread works on. */
export interface CommandState {
  /** What a signal or an end of the time finds the command at. */
  readonly stage: 'working' | 'answering' | 'writing';
  /** What it does, as in "Ctrl-C ended the solve". */
  readonly does: string;
  readonly left: LeftAnswer | undefined;
  /** Whether the answer was to be JSON. */
  readonly isJson: boolean;
  /** The time limit. */
  readonly seconds: number;
}

/** What is known by what is heard; what is to be printed is printed. */
export const commandState = (
  argv: readonly string[],
  { stdout, stderr }: Output,
): CommandState & { hear(message: CommandMessage): void } => {
  const state = {
    stage: 'working' as CommandState['stage'],
    does: 'command',
    left: undefined as LeftAnswer | undefined,
    isJson: argv.some(
      (word, k) => /^(--json|--format=json)$/.test(word) || (word === 'json' && argv[k - 1] === '--format'),
    ),
    seconds: 0,
    hear: (message: CommandMessage): void => {
      switch (message.kind) {
        case 'stdout':
          if (state.stage === 'working') state.stage = 'answering';
          stdout.write(message.text);
          return;
        case 'stderr':
          stderr.write(message.text);
          return;
        case 'limit':
          state.seconds = message.seconds;
          return;
        case 'does':
          state.does = message.work;
          return;
        case 'left':
          state.left = message.answer;
          return;
        case 'answered':
          state.stage = 'writing';
      }
    },
  };
  return state;
};
