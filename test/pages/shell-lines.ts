/** A command of a page, and what the page shows of its answer. */
export interface ShellLine {
  readonly command: string;
  /** Behind the command: `# exit code 3`. */
  readonly code: number;
  /** The lines shown below it; none where the page shows nothing. */
  readonly excerpt: readonly string[];
}

const shellLine = (line: string, excerpt: readonly string[]): ShellLine => {
  const [command, remark] = line.split(/ +# /);
  return { command: command!, code: Number(/^exit code (\d+)/.exec(remark ?? '')?.[1] ?? 0), excerpt };
};

const joined = (text: string): string => text.replaceAll(/(?<!\\)\\\n\s*/g, '');

/** Commands of a block of a shell: a line each, lines that end in `\` going on; comments are left out. */
export const commandsIn = (text: string): readonly ShellLine[] =>
  joined(text)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => shellLine(line, []));

/** Commands of a console, which begin with `$ `, with the lines below each. Throws where the first line is none. */
export const sessionIn = (text: string): readonly ShellLine[] => {
  if (!text.startsWith('$ ')) throw new Error(`expected "$ " and a command, got ${text.split('\n')[0]}`);
  return joined(`\n${text.trimEnd()}`)
    .split('\n$ ')
    .slice(1)
    .map((part) => {
      const [command, ...excerpt] = part.split('\n');
      return shellLine(command!, excerpt);
    });
};

/** The words of a command as a shell takes them, or undefined where it asks more of a shell than words in quotes. */
export const plainWords = (command: string): string[] | undefined =>
  /[|<>&;$`*]/.test(command)
    ? undefined
    : (command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) =>
        word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, one?: string, two?: string) => one ?? two ?? ''),
      );
