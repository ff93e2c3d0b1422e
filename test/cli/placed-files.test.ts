import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outDirectory } from '../../packages/cli/src/write-files.ts';
import { type Files, memoryDisk } from './memory-file-system.ts';
import { recordedOutput } from './run-main.ts';

const OUT = '/report';

/** Writes a file into a directory with these files; the time that it waits passes at once. */
const write = async (held: Files) => {
  const { system, files } = memoryDisk(OUT, held);
  const output = recordedOutput();
  const out = await outDirectory(OUT, { ...output, fileSystem: system });
  const filling = out.fill([], async (writeFile) => {
    await writeFile('table.csv', 'new');
    return 0;
  });
  await vi.advanceTimersByTimeAsync(11_000);
  return { code: await filling, stderr: output.written().stderr, files: files(OUT) };
};

describe('a run that seems to be putting its files in place', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('on another machine, and is not done in ten seconds, has ended: what it has done is undone', async () => {
    const plan = JSON.stringify({ writer: 'elsewhere-1-0', files: ['old.csv', 'old.html'] });
    const finishing = {
      'plan.json': plan,
      files: { 'old.html': 'half' },
      earlier: { 'old.html': 'old', 'table.csv': 'old' },
    };
    expect(
      await write({ 'notes.txt': 'mine', 'old.csv': 'half', '.menusmith-finishing': finishing }),
    ).toEqual({
      code: 0,
      stderr: '',
      files: { 'notes.txt': 'mine', 'old.html': 'old', 'table.csv': 'new' },
    });
  });

  it('and is none of ours is left alone, and named', async () => {
    const held = { 'table.csv': 'old', '.menusmith-finishing': { 'mine.txt': 'mine' } };
    expect(await write(held)).toEqual({
      code: 2,
      stderr:
        'cannot write /report/.menusmith-finishing: something else has this name (ENOTEMPTY); nothing is written\n',
      files: held,
    });
  });
});
