import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { standardStream } from '../../packages/cli/src/standard-stream.ts';
import { wholeStream } from '../../packages/cli/src/whole-stream.ts';
import { writeJson } from '../../packages/cli/src/write-json.ts';
import { bundledScript, cliSource } from './bundled-script.ts';
import { withoutTimes } from './run-main.ts';

const value = Array.from({ length: 50_000 }, (_, k) => Math.sqrt(k));

/** A stream that takes `room` chunks and then fails with `code`, each after a turn of the event loop. */
const failing = (room: number, code: string): Writable & { readonly taken: string[] } => {
  const taken: string[] = [];
  const stream = new Writable({
    autoDestroy: false,
    decodeStrings: false,
    highWaterMark: 1,
    write(chunk, _, done) {
      setImmediate(() => {
        if (taken.length >= room) return done(Object.assign(new Error('refused'), { code }));
        taken.push(chunk as string);
        done();
      });
    },
  });
  return Object.assign(stream, { taken });
};

describe('a stream of the process', () => {
  it.each([0, 1, 2, 5])(
    'that fails after %i chunks neither throws nor keeps the writer waiting',
    async (room) => {
      const stream = failing(room, 'ENOSPC');
      const standard = standardStream(stream);
      await writeJson(standard, value);
      expect(await standard.failure()).toMatchObject({ code: 'ENOSPC' });
      expect(stream.taken).toHaveLength(room);
      expect(standard.write('more')).toBe(true);
      await new Promise(setImmediate);
      expect(stream.taken).toHaveLength(room);
    },
  );

  it('whose last chunk fails has failed, though nobody waited for it', async () => {
    const standard = standardStream(failing(0, 'EIO'));
    standard.write('all there is');
    expect(await standard.failure()).toMatchObject({ code: 'EIO' });
  });

  it('that fails while a command goes on is told of at once, and once', async () => {
    const told: Error[] = [];
    const standard = standardStream(failing(0, 'EIO'), (error) => told.push(error));
    standard.write('one');
    standard.write('two');
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(told).toMatchObject([{ code: 'EIO' }]);
  });

  it.each(['EPIPE', 'EOF'])('whose reader had enough (%s) has not failed', async (code) => {
    const standard = standardStream(failing(1, code));
    await writeJson(standard, value);
    expect(await standard.failure()).toBeUndefined();
  });

  it('that takes everything has it all', async () => {
    const stream = failing(Number.POSITIVE_INFINITY, '');
    const standard = standardStream(stream);
    await writeJson(standard, value);
    expect(await standard.failure()).toBeUndefined();
    expect(JSON.parse(stream.taken.join(''))).toEqual(value);
  });
});

describe('a file behind standard output', () => {
  const written = async (write: (file: number, bytes: Uint8Array) => number) => {
    const path = join(mkdtempSync(join(tmpdir(), 'menusmith-stdout-')), 'output');
    const file = openSync(path, 'w');
    const told: unknown[] = [];
    const standard = standardStream(
      wholeStream(Object.assign(new Writable(), { fd: file }), write),
      ({ code }: NodeJS.ErrnoException) => told.push(code),
    );
    await writeJson(standard, value);
    const failure: NodeJS.ErrnoException | undefined = await standard.failure();
    closeSync(file);
    return { failure: failure?.code, told, text: readFileSync(path, 'utf8') };
  };
  const whole = `${JSON.stringify(value)}\n`;

  it('has all of what is written, however little the system takes at once', async () => {
    const { failure, told, text } = await written((file, bytes) => writeSync(file, bytes.subarray(0, 1000)));
    expect({ failure, told }).toEqual({ failure: undefined, told: [] });
    expect(JSON.parse(text)).toEqual(JSON.parse(whole));
  });

  it('that takes a part and has no room for the rest has failed, which is told once', async () => {
    let room = 100_000;
    const { failure, told, text } = await written((file, bytes) => {
      if (room === 0) throw Object.assign(new Error('refused'), { code: 'ENOSPC' });
      const count = writeSync(file, bytes.subarray(0, room));
      room -= count;
      return count;
    });
    expect({ failure, told, length: text.length }).toEqual({
      failure: 'ENOSPC',
      told: ['ENOSPC'],
      length: 100_000,
    });
  });

  it('that takes nothing, and does not say why, is full', async () => {
    expect(await written(() => 0)).toMatchObject({ failure: 'ENOSPC', text: '' });
  });
});

describe.skipIf(!existsSync('/dev/full') || !existsSync('/bin/sh'))('a process', () => {
  let menusmith = '';
  beforeAll(async () => {
    const source = (file: string): string => JSON.stringify(join(cliSource, file));
    menusmith = await bundledScript(`
      import { isMainThread } from 'node:worker_threads';
      import { runCommand } from ${source('main.ts')};
      import { run } from ${source('supervision/run.ts')};
      import { work } from ${source('supervision/work.ts')};
      if (isMainThread) await run(new URL(import.meta.url));
      else await work(runCommand);
    `);
  });

  const full = 'standard output is not complete: no space is left on the disk (ENOSPC)\n';
  it.each([
    ['plugins --json >/dev/full', 1, full],
    ['plugins >/dev/full', 1, full],
    ['--help >/dev/full', 1, full],
    ['plugins >/dev/full 2>/dev/full', 1, ''],
    ['plugins --json >/dev/null 2>&-', 0, ''],
    ['plugins >&-', 0, ''],
    ['solve no-such.yaml 2>/dev/full', 2, ''],
    ['solve no-such.yaml 2>&-', 2, ''],
    ['plugins no-such >/dev/full', 2, 'no entry called "no-such" (`menusmith plugins` lists all)\n'],
  ])('%s ends with %i', (words, code, message) => {
    const { status, stderr } = spawnSync('/bin/sh', [
      '-c',
      `"$0" "$1" ${words}`,
      process.execPath,
      menusmith,
    ]);
    expect({ status, stderr: String(stderr) }).toEqual({ status: code, stderr: message });
  });

  it.each(['plugins --json', 'plugins', 'check examples/example-1-packages.yaml'])(
    '%s into a pipe whose reader has gone ends quietly with 0',
    (words) => {
      // The exit code comes by a descriptor of its own: the shell gives that of the last command.
      const shell = `{ { "$0" "$1" ${words}; echo "code $?" >&3; } | true; } 3>&1`;
      const { stdout, stderr } = spawnSync('/bin/sh', ['-c', shell, process.execPath, menusmith]);
      expect({ stdout: String(stdout), stderr: String(stderr) }).toEqual({ stdout: 'code 0\n', stderr: '' });
    },
  );

  it('whose folder is gone says so, and ends with 2', () => {
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-gone-'));
    const shell = `cd '${folder}' && rmdir '${folder}' && exec "$0" "$1" --version`;
    const { status, stderr } = spawnSync('/bin/sh', ['-c', shell, process.execPath, menusmith]);
    expect({ status, stderr: String(stderr) }).toEqual({
      status: 2,
      stderr: 'the current folder is not there any more: go to another one\n',
    });
  });

  it('whose output goes to a file for half of which there is room says so, and ends with 1', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'menusmith-half-')), 'output');
    const shell = `trap '' XFSZ; ulimit -f 1; exec "$0" "$1" plugins --json >'${file}'`;
    const { status, stderr } = spawnSync('/bin/sh', ['-c', shell, process.execPath, menusmith]);
    expect(statSync(file).size).toBeGreaterThan(0);
    expect({ status, stderr: String(stderr) }).toEqual({
      status: 1,
      stderr: 'standard output is not complete: it is larger than files may be there (EFBIG)\n',
    });
  });

  const representative = `name: Two types
cost: { use: quadratic }
buyers: { kind: representative, types: [{ name: low, value: 1, mass: 2 }, { name: high, value: 2, mass: 1 }] }
`;
  const solve = (limit: string, ...options: string[]) => {
    const shell = `trap '' XFSZ; ${limit}exec "$0" "$@"`;
    const words = ['-c', shell, process.execPath, menusmith, 'solve', '-', '--tiers', '0', ...options];
    const { status, stdout, stderr } = spawnSync('/bin/sh', words, { input: representative });
    return { status, stdout: String(stdout), stderr: String(stderr) };
  };

  it('whose files may not grow prints the whole result, and says which file failed and why', () => {
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-limit-'));
    const { status, stdout, stderr } = solve('ulimit -f 1; ', '--out', join(folder, 'report'));
    expect(withoutTimes(stdout)).toBe(withoutTimes(solve('').stdout));
    const file = join(folder, 'report', 'result.json');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `cannot write ${file}: it is larger than files may be there (EFBIG); nothing is written\n`,
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that cannot draw writes everything else, and a page that says what is not drawn', () => {
    // The script's folder has no Vega.
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-undrawn-'));
    const { status, stdout, stderr } = solve('', '--json', '--out', folder);
    expect(stderr).toMatch(/^cannot draw quality\.svg, [^\n]*: Cannot find package 'vega' [^\n]*\n$/);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(['menu.csv', 'report.html', 'result.json', 'table.tex']);
    expect(readFileSync(join(folder, 'result.json'), 'utf8')).toBe(stdout);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(
      'Not drawn when this page was made: ',
    );
  });
});
