/**
 * In the thread of a command nothing ends the process but the command: `process.exit` and the like throw, so that a plugin that calls them is told of as one that throws.
 *
 * Without it they end the thread without a word, or everything.
 */
export const forbidEnding = (): void => {
  const own = process as unknown as Record<string, unknown>;
  const forbid = (name: string): never => {
    throw new Error(`process.${name} would end the program`);
  };
  for (const name of ['exit', 'reallyExit', 'abort']) own[name] = () => forbid(name);
  const { kill, pid: self, ppid } = process;
  process.kill = (pid, signal) => {
    // Whether a process is there may be asked.
    const isOurs = [self, -self, ppid, 0, -1].includes(Number(pid));
    return signal === 0 || !isOurs ? kill(pid, signal) : forbid('kill');
  };
};
