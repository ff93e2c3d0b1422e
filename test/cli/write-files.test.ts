/*
 * Files are written as SQLite tests its own: every call of the file system fails once, and the process is killed before every call.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../packages/cli/src/file-system.ts';
import { outDirectory } from '../../packages/cli/src/write-files.ts';
import { thisWriter } from '../../packages/cli/src/writer.ts';
import { bundledScript, cliSource } from './bundled-script.ts';
import { countedFileSystem } from './failing-file-system.ts';
import { recordedOutput } from './run-main.ts';

const PAGE = '<meta name="generator" content="menusmith 0.1.0" />';
/** The earlier run drew a picture that this one does not draw; notes.txt and own.svg are the user's. */
const earlier = {
  'result.json': 'old numbers',
  'gone.svg': 'old picture',
  'gone.png': 'old picture',
  'own.svg': 'mine',
  'notes.txt': 'mine',
  'report.html': `${PAGE}<figure id="gone">`,
};
const now = {
  'result.json': 'new numbers',
  'quality.svg': 'new picture',
  'report.html': `${PAGE}<figure id="quality">`,
};
const replaced = ['result.json', 'table.tex', 'report.html'];
const after = { 'own.svg': 'mine', 'notes.txt': 'mine', ...now };

type Files = Readonly<Record<string, string>>;

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'menusmith-write-'));

const filled = (files: Files): string => {
  const folder = newFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

/** The files of a directory, without those of runs that are not finished; undefined where there is none. */
const filesIn = (directory: string): Files | undefined =>
  existsSync(directory)
    ? Object.fromEntries(
        readdirSync(directory)
          .filter((name) => !name.startsWith('.menusmith-'))
          .map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
      )
    : undefined;

const UNFINISHED = '.menusmith-unfinished-';
const FINISHING = '.menusmith-finishing';
const hasUnfinished = (directory: string): boolean =>
  readdirSync(directory).some((name) => name.startsWith('.menusmith-'));

/** Makes what is left there that of a thread that has ended, and begins the next run. */
const startNext = async (directory: string): Promise<void> => {
  const ended = (text: string): string => text.replace(thisWriter(), `${thisWriter()}9`);
  for (const name of readdirSync(directory)) {
    if (name.startsWith(UNFINISHED)) renameSync(join(directory, name), join(directory, ended(name)));
  }
  const plan = join(directory, FINISHING, 'plan.json');
  if (existsSync(plan)) writeFileSync(plan, ended(readFileSync(plan, 'utf8')));
  await outDirectory(directory, recordedOutput());
};

/** Writes `now`, in chunks of a word, and answers with the exit code and what was told. */
const writeNow = async (directory: string, system = nodeFileSystem) => {
  const output = recordedOutput();
  const out = await outDirectory(directory, { ...output, fileSystem: system });
  const code = await out.fill(replaced, async (write) => {
    for (const [name, text] of Object.entries(now)) await write(name, text.split(/(?<= )/));
    return 0;
  });
  return { code, stderr: output.written().stderr };
};

const failure = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

/** Runs `attempt` with the first, second, … call failing, until none is left to fail. */
const everyCall = async (
  attempt: (system: typeof nodeFileSystem, failed: () => string | undefined) => Promise<void>,
  code: string,
): Promise<number> => {
  for (let n = 1; ; n++) {
    let failed: string | undefined;
    const system = countedFileSystem((call, number) => {
      if (number !== n) return;
      failed = call;
      throw failure(code);
    });
    await attempt(system, () => failed);
    if (failed === undefined) return n - 1;
  }
};

describe('files that are written into a directory', () => {
  it('make it with all of them, parents too, as readable as the user’s others', async () => {
    const folder = newFolder();
    const directory = join(folder, 'made', 'here');
    expect(await writeNow(directory)).toEqual({ code: 0, stderr: '' });
    expect(filesIn(directory)).toEqual(now);
    expect(readdirSync(folder)).toEqual(['made']);
    mkdirSync(join(folder, 'like'));
    expect(statSync(directory).mode).toBe(statSync(join(folder, 'like')).mode);
  });

  it('take the place of an earlier run’s, of which no picture is left, and leave the user’s alone', async () => {
    const directory = filled(earlier);
    expect(await writeNow(directory)).toEqual({ code: 0, stderr: '' });
    expect(filesIn(directory)).toEqual(after);
  });

  it('remove nothing that a page of somebody else’s or with odd names speaks of', async () => {
    for (const page of ['<figure id="own">', `${PAGE}<figure id="../own">`]) {
      const directory = filled({ 'own.svg': 'mine', 'own.png': 'mine', 'report.html': page });
      await writeNow(directory);
      expect(filesIn(directory)).toEqual({ 'own.svg': 'mine', 'own.png': 'mine', ...now });
    }
  });

  it('remove a file of the report that they do not have only where an earlier report’s page stands', async () => {
    const held = { 'table.tex': 'mine' };
    for (const [page, left] of [
      [{}, held],
      [{ 'report.html': 'mine' }, held],
      [{ 'report.html': PAGE }, {}],
    ] as const) {
      const directory = filled({ ...held, ...page });
      await writeNow(directory);
      expect(filesIn(directory)).toEqual({ ...left, ...now });
    }
  });

  it('go where a symbolic link leads, and replace links among files by files', async () => {
    const folder = newFolder();
    const directory = filled({ elsewhere: 'mine' });
    symlinkSync(directory, join(folder, 'link'));
    symlinkSync(join(directory, 'elsewhere'), join(directory, 'result.json'));
    expect(await writeNow(join(folder, 'link'))).toEqual({ code: 0, stderr: '' });
    expect(filesIn(directory)).toEqual({ elsewhere: 'mine', ...now });
  });

  it('remove what a run that was killed has left there, a day later and not before', async () => {
    const directory = filled({});
    const left = ['aaaaaa', 'bbbbbb'].map((letters) => join(directory, UNFINISHED + letters));
    for (const path of left) mkdirSync(join(path, 'files'), { recursive: true });
    const hour = 3600;
    utimesSync(left[0]!, Date.now() / 1000 - 25 * hour, Date.now() / 1000 - 25 * hour);
    utimesSync(left[1]!, Date.now() / 1000 - 23 * hour, Date.now() / 1000 - 23 * hour);
    await writeNow(directory);
    expect(left.map((path) => existsSync(path))).toEqual([false, true]);
  });

  it('go into a directory that has appeared in the meantime, or half appeared', async () => {
    for (const appeared of [['made'], ['made', 'here']]) {
      const folder = newFolder();
      const directory = join(folder, 'made', 'here');
      const system = countedFileSystem((call) => {
        if (call === 'create') mkdirSync(join(folder, ...appeared), { recursive: true });
      });
      expect(await writeNow(directory, system)).toEqual({ code: 0, stderr: '' });
      expect(filesIn(directory)).toEqual(now);
      expect(readdirSync(folder)).toEqual(['made']);
    }
  });

  it.each([
    ['new', () => join(newFolder(), 'report'), 3, 'rename syncDirectory'],
    // The plan is a fourth file; the directory is renamed, four earlier files, three new ones, and the directory again.
    ['old', () => filled(earlier), 4, '(?:rename ){8}syncDirectory rename'],
  ])(
    'are flushed before they get their names, and the names after, in the %s directory',
    async (_, make, files, renamed) => {
      const calls: string[] = [];
      await writeNow(
        make(),
        countedFileSystem((call) => void calls.push(call)),
      );
      const order = calls
        .filter((call) => /^(?:create|write|sync|close|rename|syncDirectory)$/.test(call))
        .join(' ');
      expect(order).toMatch(
        new RegExp(`^(?:create (?:write )+sync close ){${files}}(?:syncDirectory ){2}${renamed}$`),
      );
    },
  );

  it('are none where what makes them throws, and that is no fault of the disk', async () => {
    const folder = newFolder();
    const out = await outDirectory(join(folder, 'report'), recordedOutput());
    const making = out.fill(replaced, async (write) => {
      await write('result.json', 'numbers');
      throw new Error('a fault of ours');
    });
    await expect(making).rejects.toThrow('a fault of ours');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('two runs that write into one directory at once', () => {
  const runs: readonly Files[] = ['one', 'two', 'three'].map((run) =>
    Object.fromEntries(Object.keys(now).map((name) => [name, `${run}: ${name}`])),
  );
  const writeAll = (directory: string) =>
    Promise.all(
      runs.map(async (files) => {
        const output = recordedOutput();
        const out = await outDirectory(directory, output);
        const code = await out.fill(replaced, async (write) => {
          for (const [name, text] of Object.entries(files)) await write(name, text);
          return 0;
        });
        return { code, stderr: output.written().stderr };
      }),
    );

  it.each([
    ['is new', () => join(newFolder(), 'made', 'report'), {}],
    ['has files of an earlier run', () => filled(earlier), { 'own.svg': 'mine', 'notes.txt': 'mine' }],
  ])('that %s leave the files of one of them', async (_, make, own) => {
    for (let time = 0; time < 10; time++) {
      const directory = make();
      const done = { code: 0, stderr: '' };
      expect(await writeAll(directory)).toEqual([done, done, done]);
      expect(runs.map((files) => ({ ...own, ...files }))).toContainEqual(filesIn(directory));
      expect(hasUnfinished(directory)).toBe(false);
    }
  });
});

describe('what looks like files of a run that was killed, and is somebody else’s, does no harm:', () => {
  const plan = (files: readonly string[]): string => JSON.stringify({ writer: `${thisWriter()}9`, files });
  /** Builds it, and answers with the files beside the directory that must stay as they are. */
  const built = (build: (finishing: string, beside: string) => void) => {
    const folder = newFolder();
    const [directory, beside] = [join(folder, 'report'), join(folder, 'beside')];
    mkdirSync(beside);
    writeFileSync(join(beside, 'a'), 'mine');
    mkdirSync(join(directory, FINISHING), { recursive: true });
    writeFileSync(join(directory, 'b'), 'stranger');
    build(join(directory, FINISHING), beside);
    return { directory, beside };
  };

  it.each<[string, (finishing: string, beside: string) => void]>([
    [
      'files that wait behind a link',
      (finishing, beside) => {
        symlinkSync(beside, join(finishing, 'files'));
        writeFileSync(join(finishing, 'plan.json'), plan(['b', 'a']));
      },
    ],
    [
      'earlier files behind a link',
      (finishing, beside) => {
        mkdirSync(join(finishing, 'files'));
        writeFileSync(join(finishing, 'files', 'c'), '');
        symlinkSync(beside, join(finishing, 'earlier'));
        writeFileSync(join(finishing, 'plan.json'), plan(['c']));
      },
    ],
    [
      'names that lead elsewhere',
      (finishing) => {
        mkdirSync(join(finishing, 'files'));
        writeFileSync(join(finishing, 'files', 'c'), '');
        writeFileSync(join(finishing, 'plan.json'), plan(['../beside/a', '..', 'c']));
      },
    ],
    ['no plan', () => undefined],
    ['a plan that is none', (finishing) => writeFileSync(join(finishing, 'plan.json'), '[1')],
  ])('%s', async (_, build) => {
    const { directory, beside } = built(build);
    await outDirectory(directory, recordedOutput());
    expect(filesIn(beside)).toEqual({ a: 'mine' });
    expect(filesIn(directory)).toEqual({ b: 'stranger' });
  });
});

describe('a path that is wrong ends in exit code 2, and is told before the work begins', () => {
  const folder = filled({ file: 'mine' });
  symlinkSync('nowhere', join(folder, 'dangling'));
  symlinkSync('circle', join(folder, 'circle'));
  mkdirSync(join(folder, 'locked'));
  chmodSync(join(folder, 'locked'), 0o555);
  // Root may write anywhere.
  const isRoot = process.getuid?.() === 0;
  const there = readdirSync(folder);

  it.each([
    ['file', 'ENOTDIR', 'it is a file, or a part of its path is, where a directory was expected'],
    ['file/report', 'ENOTDIR', 'it is a file, or a part of its path is, where a directory was expected'],
    ['dangling', 'ENOENT', 'the directory is gone, or a symbolic link leads nowhere'],
    ['dangling/report', 'ENOENT', 'the directory is gone, or a symbolic link leads nowhere'],
    ['circle', 'ELOOP', 'symbolic links lead in a circle'],
    ['x'.repeat(300), 'ENAMETOOLONG', 'the name is too long'],
    ...(isRoot ? [] : [['locked/report', 'EACCES', 'no permission to write there']]),
  ])('case %#', async (name, code, words) => {
    const output = recordedOutput();
    const directory = join(folder, name!);
    const out = await outDirectory(directory, output);
    const message = `cannot write ${directory}: ${words} (${code}); nothing is written\n`;
    expect(output.written().stderr).toBe(message);
    const making = out.fill(replaced, () => Promise.reject(new Error('nothing is to be made')));
    expect(await making).toBe(2);
    expect(output.written().stderr).toBe(message);
    expect(readdirSync(folder)).toEqual(there);
  });

  it('a directory where a file is to be, before any file is touched', async () => {
    const directory = filled(earlier);
    mkdirSync(join(directory, 'quality.svg'));
    const path = join(directory, 'quality.svg');
    expect(await writeNow(directory)).toEqual({
      code: 2,
      stderr: `cannot write ${path}: a directory has this name (EISDIR); nothing is written\n`,
    });
    expect(readdirSync(directory).sort()).toEqual([...Object.keys(earlier), 'quality.svg'].sort());
  });
});

describe('every call of the file system fails once', () => {
  // Calls that only look for what a killed run has left, or clear away: nothing that was asked for depends on them.
  const forgiven = new Set(['names', 'changed', 'removeDirectory']);

  it.each([
    ['ENOSPC', 'no space is left on the disk', 1],
    ['EMFILE', 'too many files are open', 1],
    ['EACCES', 'no permission to write there', 2],
  ])('with %s: a new directory appears whole or not at all', async (code, words, exit) => {
    const calls = await everyCall(async (system, failed) => {
      const folder = newFolder();
      const directory = join(folder, 'made', 'report');
      const { code: ended, stderr } = await writeNow(directory, system);
      const found = filesIn(directory);
      expect([undefined, now]).toContainEqual(found);
      if (found === undefined) expect(ended).toBe(exit);
      if (ended !== 0) {
        expect(ended).toBe(exit);
        expect(stderr).toMatch(/^cannot write \S+: [^\n]*\n$/);
        expect(stderr).toContain(`cannot write ${directory}`);
        expect(stderr).toContain(`: ${words} (${code}); `);
        expect(stderr).toContain(found === undefined ? 'nothing is written' : 'all files are there, but');
      } else expect(stderr).toBe('');
      expect(readdirSync(folder)).toEqual(found ? ['made'] : []);
      if (failed() !== undefined && ended === 0) expect(isForgiven(failed()!, exit)).toBe(true);
    }, code);
    expect(calls).toBeGreaterThan(25);
  });

  // At the first look, before the work, a full disk is not told: it may have room later.
  const isForgiven = (call: string, exit: number): boolean => forgiven.has(call) || exit === 1;

  it.each([
    ['ENOSPC', 1],
    ['EIO', 1],
    ['EROFS', 2],
  ])(
    'with %s: a directory that is there has the earlier files or the new ones, whole, and the user’s',
    async (code, exit) => {
      const calls = await everyCall(async (system) => {
        const directory = filled(earlier);
        const { code: ended, stderr } = await writeNow(directory, system);
        const found = filesIn(directory)!;
        expect([earlier, after]).toContainEqual(found);
        expect(hasUnfinished(directory)).toBe(false);
        if (found['report.html'] === earlier['report.html']) {
          expect(stderr).toMatch(/^cannot write [^\n]*; nothing is written\n$/);
          expect(ended).toBe(exit);
        } else {
          expect(stderr).toMatch(/^(?:cannot write [^\n]*; all files are there, but may not[^\n]*\n)?$/);
          expect(ended).toBe(stderr === '' ? 0 : exit);
        }
      }, code);
      expect(calls).toBeGreaterThan(40);
    },
  );

  it('and a disk that fails from then on loses nothing: what is not in its place is told, and the next run puts it there', async () => {
    let untidy = 0;
    let calls = Number.POSITIVE_INFINITY;
    for (let n = 1; n <= calls; n++) {
      const directory = filled(earlier);
      let last = 0;
      const { stderr } = await writeNow(
        directory,
        countedFileSystem((_, number) => {
          last = number;
          if (number >= n) throw failure('EIO');
        }),
      );
      if (last < n) calls = last;
      if (existsSync(join(directory, FINISHING)) && !/^$|all files are there/.test(stderr)) {
        untidy++;
        expect(stderr).toContain(
          `those of an earlier one are in ${join(directory, FINISHING)} until the next run`,
        );
      }
      await startNext(directory);
      expect([earlier, after]).toContainEqual(filesIn(directory));
      expect(hasUnfinished(directory)).toBe(false);
    }
    expect(untidy).toBeGreaterThan(5);
  });

  it('and a disk that stays full leaves nothing behind either', async () => {
    const takesRoom = new Set(['create', 'makeDirectory', 'makeUnique', 'write', 'sync', 'rename']);
    for (let n = 1; n < 40; n++) {
      const folder = newFolder();
      const directory = join(folder, 'report');
      const system = countedFileSystem((call, number) => {
        if (number >= n && takesRoom.has(call)) throw failure('ENOSPC');
      });
      const { code, stderr } = await writeNow(directory, system);
      const found = filesIn(directory);
      expect(code).toBe(found === undefined ? 1 : 0);
      expect(stderr === '').toBe(code === 0);
      expect(readdirSync(folder)).toEqual(found ? ['report'] : []);
    }
  });
});

// Windows has no signals to send.
describe.skipIf(process.platform === 'win32')('a process that is killed before every call', () => {
  let script = '';
  beforeAll(async () => {
    const source = (path: string): string => JSON.stringify(path);
    script = await bundledScript(`
import { outDirectory } from ${source(join(cliSource, 'write-files.ts'))};
import { countedFileSystem } from ${source(join(import.meta.dirname, 'failing-file-system.ts'))};

const [, , directory, last] = process.argv;
const system = countedFileSystem((_, number) => {
  if (number === Number(last)) process.kill(process.pid, 'SIGKILL');
});
const out = await outDirectory(directory, { stderr: process.stderr, fileSystem: system });
await out.fill(${JSON.stringify(replaced)}, async (write) => {
  for (const [name, text] of Object.entries(${JSON.stringify(now)})) await write(name, text.split(/(?<= )/));
  return 0;
});
`);
  });

  const isKilledAt = (directory: string, call: number) =>
    new Promise<boolean>((resolve, reject) => {
      const child = spawn(process.execPath, [script, directory, String(call)], { stdio: 'ignore' });
      child.on('error', reject);
      child.on('close', (_, signal) => resolve(signal === 'SIGKILL'));
    });

  /** Kills a process before each of the calls that writing into such a directory takes. */
  const killedEverywhere = async (
    make: () => string,
    judge: (directory: string) => void | Promise<void>,
  ): Promise<void> => {
    let calls = 0;
    await writeNow(
      make(),
      countedFileSystem((_, number) => {
        calls = number;
      }),
    );
    expect(calls).toBeGreaterThan(25);
    const numbers = Array.from({ length: calls + 1 }, (_, k) => k + 1);
    const workInTurn = async (): Promise<void> => {
      for (let call = numbers.shift(); call !== undefined; call = numbers.shift()) {
        const directory = make();
        expect(await isKilledAt(directory, call)).toBe(call <= calls);
        await judge(directory);
      }
    };
    await Promise.all([workInTurn(), workInTurn()]);
  };

  it('leaves a new directory whole or absent, and is in no later run’s way', async () => {
    await killedEverywhere(
      () => join(newFolder(), 'report'),
      async (directory) => {
        expect([undefined, now]).toContainEqual(filesIn(directory));
        expect(await writeNow(directory)).toEqual({ code: 0, stderr: '' });
        expect(filesIn(directory)).toEqual(now);
      },
    );
  });

  it('leaves the files of one run in a directory that was there, and the next run finds the earlier ones or the new ones', async () => {
    await killedEverywhere(
      () => filled(earlier),
      async (directory) => {
        const left = Object.entries(filesIn(directory)!);
        expect(
          [earlier, after].some((files: Files) => left.every(([name, text]) => files[name] === text)),
        ).toBe(true);
        await outDirectory(directory, recordedOutput());
        expect([earlier, after]).toContainEqual(filesIn(directory));
        expect(hasUnfinished(directory)).toBe(false);
      },
    );
  });
});
