import { spawnSync } from 'node:child_process';
import { threadId } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { hasEnded, thisWriter } from '../../packages/cli/src/writer.ts';

const [machine, process_] = thisWriter().split('-');

describe('a writer', () => {
  it('has a name for a file, and has not ended while it asks', () => {
    expect(thisWriter()).toMatch(/^[a-zA-Z0-9]{1,32}-\d+-\d+$/);
    expect(hasEnded(thisWriter())).toBe(false);
  });

  it('has ended where its process has', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(hasEnded(`${machine}-${pid}-0`)).toBe(true);
    expect(hasEnded(`${machine}-${process.ppid}-0`)).toBe(false);
  });

  it('has ended where it is another thread of this process, of which one writes', () => {
    expect(hasEnded(`${machine}-${process_}-${threadId + 1}`)).toBe(true);
  });

  it('of another machine, or without a name of this kind, may still be at work', () => {
    for (const name of [`${machine}x-1-0`, '', 'aaaaaa', `${machine}-1`, `${machine}-x-0`])
      expect(hasEnded(name)).toBe(false);
  });
});
