import type { Tried } from './run-inputs.ts';

/** What a run came to, and what is quoted of it. */
export interface Summary {
  add(tried: Tried): void;
  readonly count: number;
  readonly faults: number;
  /** One line, for the time being. */
  line(): string;
  text(): string;
}

export const summary = (seed: number): Summary => {
  const codes = new Map<number | undefined, number>();
  const commands = new Map<string, number>();
  let [count, faults, alone] = [0, 0, 0];
  let slowest: Tried | undefined;
  let largest: Tried | undefined;
  return {
    add(tried) {
      const { outcome, input } = tried;
      count++;
      faults += tried.faults.length > 0 ? 1 : 0;
      alone += tried.isAlone ? 1 : 0;
      codes.set(outcome.code, (codes.get(outcome.code) ?? 0) + 1);
      const command = input.isCode === true ? 'plugins' : input.argv[0]!;
      commands.set(command, (commands.get(command) ?? 0) + 1);
      if (outcome.seconds > (slowest?.outcome.seconds ?? 0)) slowest = tried;
      // A process that has had others before holds what they left.
      if (tried.isAlone && outcome.mebibytes > (largest?.outcome.mebibytes ?? 0)) largest = tried;
    },
    get count() {
      return count;
    },
    get faults() {
      return faults;
    },
    line: () =>
      `${count} inputs, ${faults} with faults, ${counted(codes, (code) => `exit ${code ?? 'none'}`)}`,
    text: () =>
      [
        `seed ${seed}: ${count} inputs, ${faults} with faults`,
        `  by command    ${counted(commands, (name) => name)}`,
        `  by exit code  ${counted(codes, (code) => `${code ?? 'none'}`)}`,
        `  alone         ${alone}, being code, slow or large`,
        ...(slowest === undefined
          ? []
          : [`  slowest       ${slowest.outcome.seconds.toFixed(1)} s, input ${slowest.index}`]),
        ...(largest === undefined
          ? []
          : [
              `  most memory   ${Math.round(largest.outcome.mebibytes)} MiB of those alone, input ${largest.index}`,
            ]),
      ].join('\n'),
  };
};

const counted = <K>(counts: ReadonlyMap<K, number>, name: (key: K) => string): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => `${name(key)}: ${count}`)
    .join(', ');
