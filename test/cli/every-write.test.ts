/*
 * Whatever command writes files, each call of the file system fails once, with each error, and the process ends before each call. In memory, where thousands of disks cost seconds;
 * write-files.test.ts does the same on a real disk with real processes. CONTRIBUTING.md has the counts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '@menusmith/cli';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileSystem } from '../../packages/cli/src/file-system.ts';
import {
  CALIBRATION_FILES,
  DEMO_FILES,
  EVALUATION_FILES,
  REPORT_FILES,
  SENSITIVITY_FILES,
} from '../../packages/cli/src/report-files.ts';
import { outDirectory } from '../../packages/cli/src/write-files.ts';
import { countedFileSystem } from './failing-file-system.ts';
import { type Files, type MemoryDisk, memoryDisk } from './memory-file-system.ts';
import { recordedOutput, withoutTimes } from './run-main.ts';

const OUT = '/home/made/out';
const study = 'examples/representative-types.yaml';
const usage = 'examples/usage';
const plans = 'examples/menus/with-business.json';

/** Errors, what is said of them, and the exit code. */
const errors: readonly (readonly [string, string, number])[] = [
  ['ENOSPC', 'no space is left on the disk', 1],
  ['EIO', 'the device reports an error', 1],
  ['EMFILE', 'too many files are open', 1],
  ['EDQUOT', 'the quota of disk space is used up', 1],
  ['EACCES', 'no permission to write there', 2],
  ['EROFS', 'the file system is read-only', 2],
];

interface Command {
  readonly argv: readonly string[];
  /** The option that says where its files go; --out. */
  readonly to?: readonly string[];
  readonly replaced: readonly string[];
  /** What it prints after the result. */
  readonly after: RegExp;
  /** Numbers of calls at which the whole command is run. */
  readonly stages: number;
}

const commands: Readonly<Record<string, Command>> = {
  solve: { argv: ['solve', study, '--tiers', '0'], replaced: REPORT_FILES, after: /$/, stages: 3 },
  sensitivity: {
    argv: ['sensitivity', study, '--count', '1', '--json'],
    replaced: SENSITIVITY_FILES,
    after: /$/,
    stages: 6,
  },
  evaluate: {
    argv: ['evaluate', 'examples/priced-packages.yaml', '--menu', plans, '--json'],
    replaced: EVALUATION_FILES,
    after: /$/,
    stages: 3,
  },
  calibrate: {
    argv: [
      'calibrate',
      `${usage}/usage.csv`,
      '--prices',
      `${usage}/prices.csv`,
      '--costs',
      `${usage}/costs.csv`,
    ],
    replaced: CALIBRATION_FILES,
    after: /$/,
    stages: 3,
  },
  // What it prints is what it has written.
  export: {
    argv: ['export', 'examples/plans.json', '--to', 'lago'],
    replaced: [],
    after: /[\s\S]*/,
    stages: 3,
  },
  tiers: {
    argv: ['tiers', 'examples/priced-packages.yaml', '--count', '1'],
    to: ['--menu-out', `${OUT}/my menu.json`],
    replaced: [],
    after: /$/,
    stages: 3,
  },
  demo: { argv: ['demo'], replaced: DEMO_FILES, after: /Written:[\s\S]*$|Everything took.*\n$/, stages: 3 },
};

/** What has been tried, in all tests. */
const tried = { failures: 0, ends: 0, lost: 0 };

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A file system of which one call, or every one from there on, fails. */
const failing = (disk: MemoryDisk, n: number, code: string, isLasting = false): FileSystem =>
  countedFileSystem((_, number) => {
    if (number !== n && !(isLasting && number > n)) return;
    throw failure(code);
  }, disk.system);

/** The user's own files, which are nobody else's business. */
const own: Files = { 'notes.txt': 'mine', 'own.svg': 'mine', data: { 'study.yaml': 'mine' } };

describe.each(Object.entries(commands))(
  '%s --out',
  (name, { argv, to = ['--out', OUT], replaced, after, stages }) => {
    let written: readonly (readonly [string, string])[] = [];
    let printed = '';
    let now: Files = {};
    /** Those of an earlier run, of which one picture is not drawn any more. */
    let earlier: Files = {};
    const hasPage = replaced === REPORT_FILES;

    const run = async (system: FileSystem) => {
      const output = { ...recordedOutput(), fileSystem: system };
      const code = await main([...argv, ...to], output);
      const { stdout, stderr } = output.written();
      return { code, stdout: withoutTimes(stdout.replace(after, '')), stderr };
    };

    beforeAll(async () => {
      const disk = memoryDisk(OUT);
      const { code, stdout, stderr } = await run(disk.system);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      printed = stdout;
      // The beginnings of its files do for what follows.
      now = Object.fromEntries(
        Object.entries(disk.files(OUT)!).map(([file, text]) => [file, (text as string).slice(0, 2000)]),
      );
      expect(Object.keys(now).length).toBeGreaterThan(name === 'tiers' ? 0 : name === 'evaluate' ? 2 : 3);
      written = Object.entries(now) as [string, string][];
      const old = written.map(([file, text]) => [file, `${text}<figure id="gone"> of an earlier run`]);
      const gone = hasPage ? { 'gone.svg': 'old picture', 'gone.png': 'old picture' } : {};
      earlier = { ...Object.fromEntries(old), ...gone };
    });

    /** Writes what the command writes, without the work that went before. */
    const write = async (system: FileSystem) => {
      const output = recordedOutput();
      const out = await outDirectory(OUT, { ...output, fileSystem: system });
      const code = await out.fill(replaced, async (writeFile) => {
        for (const [file, text] of written) await writeFile(file, [text.slice(0, 1000), text.slice(1000)]);
        return 0;
      });
      return { code, stderr: output.written().stderr };
    };

    const callsOn = async (held: Files | undefined): Promise<number> => {
      let calls = 0;
      await write(
        countedFileSystem((_, number) => {
          calls = number;
        }, memoryDisk(OUT, held).system),
      );
      return calls;
    };

    /** What is there before, and the two states that may be found afterwards. */
    const states = (): readonly (readonly [Files | undefined, Files | undefined, Files])[] => [
      [undefined, undefined, now],
      [own, own, { ...own, ...now }],
      [
        { ...own, ...earlier },
        { ...own, ...earlier },
        { ...own, ...now },
      ],
    ];

    it('is all there or not at all where any call fails, and says what has failed', async () => {
      for (const [held, before, whole] of states()) {
        const calls = await callsOn(held);
        for (const [code, words, exit] of errors) {
          for (let n = 1; n <= calls; n++) {
            const disk = memoryDisk(OUT, held);
            const { code: ended, stderr } = await write(failing(disk, n, code));
            tried.failures++;
            const isWhole = isSame(disk.files(OUT), whole);
            if (!isWhole && !isSame(disk.files(OUT), before)) tried.lost++;
            expect(isWhole || disk.files(OUT)).toEqual(isWhole || before);
            expect(Object.keys(disk.files('/home')!)).toEqual(isWhole || held ? ['made'] : []);
            if (isWhole)
              expect(stderr).toMatch(/^(?:cannot write [^\n]*; all files are there, but may not[^\n]*\n)?$/);
            else expect(stderr).toMatch(/^cannot write \/home\/made\/out[^\n]*; nothing is written\n$/);
            if (stderr !== '') expect(stderr).toContain(`: ${words} (${code}); `);
            expect(ended).toBe(stderr === '' ? 0 : exit);
          }
        }
      }
    });

    it('loses nothing where every call fails from one on', async () => {
      for (const [held, before, whole] of states()) {
        const calls = await callsOn(held);
        for (let n = 1; n <= calls; n++) {
          const disk = memoryDisk(OUT, held);
          const { code } = await write(failing(disk, n, 'EIO', true));
          tried.failures++;
          disk.restart();
          await begin(disk.system);
          const isWhole = isSame(disk.files(OUT), whole);
          if (!isWhole && !isSame(disk.files(OUT), before)) tried.lost++;
          expect(isWhole || disk.files(OUT)).toEqual(isWhole || before);
          if (code === 0) expect(isWhole).toBe(true);
        }
      }
    });

    /** Does `work` on a disk until its call of that number, at which its process ends; false where there is none. */
    const endsAt = async (n: number, disk: MemoryDisk, work: (system: FileSystem) => Promise<unknown>) => {
      const isEnded = await new Promise<boolean>((resolve) => {
        const system = countedFileSystem((_, number) => {
          if (number < n) return undefined;
          resolve(true);
          return new Promise(() => undefined);
        }, disk.system);
        void work(system).then(() => resolve(false));
      });
      disk.restart();
      if (isEnded) tried.ends++;
      return isEnded;
    };
    const begin = (system: FileSystem) => outDirectory(OUT, { ...recordedOutput(), fileSystem: system });

    it('is all there or not at all once the next run has begun, where the process or the power fails before any call', async () => {
      for (const [held, before, whole] of states()) {
        let disk = memoryDisk(OUT, held);
        for (let n = 1; await endsAt(n, disk, write); n++) {
          // Until then nothing stands beside files of another run, nothing is in part, and what has its last file is all there.
          const left = disk.files(OUT, true);
          const possible = [before, whole].filter((files) => isPart(left, files));
          expect(possible).not.toEqual([]);
          const seal = left?.[written.at(-1)![0]];
          if (seal !== undefined) expect(isPart(possible[0], left)).toBe(true);
          await begin(disk.system);
          const found = disk.files(OUT, true);
          const isWhole = isSame(found, whole);
          if (!isWhole && !isSame(found, before)) tried.lost++;
          expect(isWhole || found).toEqual(isWhole || before);
          expect(await write(disk.system)).toEqual({ code: 0, stderr: '' });
          expect(disk.files(OUT)).toEqual(whole);
          disk = memoryDisk(OUT, held);
        }
      }
    });

    // Of a report with its many files it would be the same, twenty times over.
    if (!hasPage)
      it('is so where the next run ends before any of its calls as well', async () => {
        const [held, before, whole] = states()[2]!;
        const calls = await callsOn(held);
        for (let n = 1; n <= calls; n++) {
          for (let m = 1; ; m++) {
            const disk = memoryDisk(OUT, held);
            await endsAt(n, disk, write);
            if (!(await endsAt(m, disk, begin))) break;
            await begin(disk.system);
            const found = disk.files(OUT, true);
            const isWhole = isSame(found, whole);
            if (!isWhole && !isSame(found, before)) tried.lost++;
            expect(isWhole || found).toEqual(isWhole || before);
          }
        }
      });

    it('prints the whole result whatever fails, at every stage of the command', async () => {
      const calls = await callsOn(undefined);
      for (let stage = 0; stage < stages; stage++) {
        const [code, words, exit] = errors[stage % errors.length]!;
        // The very first calls are those of the look before the work.
        const n = stage === 0 ? 2 : Math.round((calls * stage) / stages);
        const disk = memoryDisk(OUT);
        const { code: ended, stdout, stderr } = await run(failing(disk, n, code));
        tried.failures++;
        expect(stdout).toBe(printed);
        const isWhole = disk.files(OUT) !== undefined;
        if (stdout !== printed) tried.lost++;
        if (!isWhole || stderr !== '') {
          expect(stderr).toMatch(/^cannot write \/home\/made\/out[^\n]*\n$/);
          expect(stderr).toContain(`: ${words} (${code}); `);
        }
        expect(ended).toBe(stderr === '' ? 0 : exit);
      }
      expect(name).toBe(argv[0]);
    });
  },
);

it('as often as CONTRIBUTING.md says, and nothing is lost', () => {
  const text = readFileSync(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');
  const [, failures, ends] = /More than ([\d,]+) failing calls and ([\d,]+) ends/.exec(text) ?? [];
  const number = (digits: string | undefined): number => Number(digits?.replaceAll(',', ''));
  console.info(
    `${tried.failures} failing calls and ${tried.ends} ends of the process: ${tried.lost} results or files lost`,
  );
  expect(tried.lost).toBe(0);
  expect(tried.failures).toBeGreaterThan(number(failures));
  expect(tried.ends).toBeGreaterThan(number(ends));
});

const isSame = (found: Files | undefined, expected: Files | undefined): boolean =>
  found === expected ||
  (found !== undefined &&
    expected !== undefined &&
    Object.keys(found).length === Object.keys(expected).length &&
    isPart(found, expected));

/** Whether all that is found is expected, but for hidden files of ours. */
const isPart = (found: Files | undefined, expected: Files | undefined): boolean =>
  Object.entries(found ?? {}).every(([file, content]) => {
    const other = expected?.[file];
    if (file.startsWith('.menusmith-')) return true;
    return typeof content === 'string' || other === undefined || typeof other === 'string'
      ? content === other
      : isSame(content, other);
  });
