/*
 * Sweeps that workers solve which share a Redis, each in a process of its own: workers and driver are killed at work, and the table has the bytes of a run without them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand, cliSource } from './bundled-script.ts';
import { freePort, isInstalled, redisServer } from './redis-server.ts';
import { runMain } from './run-main.ts';

// A worker that is taken for gone sooner than usual.
const quickWorker = `
import { workerCommand } from ${JSON.stringify(join(cliSource, 'commands/worker.ts'))};
const quick = ([, , redis, ...plugin], output) =>
  workerCommand({ redis, plugin, jobs: 1 }, output, { silence: 1500, look: 300 });
`;
const run = `(argv, output) => (argv[0] === 'worker' && argv[1] === 'quick' ? quick(argv, output) : runCommand(argv, output))`;

let [command, bare] = ['', ''];
const folder = mkdtempSync(join(tmpdir(), 'sweep-redis-'));
const examples = join(import.meta.dirname, '..', '..', 'examples');
const study = join(examples, 'example-1-packages.yaml');
const vary = [
  '--vary',
  'production.exponents.fineTuning=0.05:0.4:30',
  '--vary',
  'inputs.input.cost=0.1,0.15,0.2,0.25',
];
const some = ['--vary', 'production.exponents.fineTuning=0.05:0.4:40'];

const children: ChildProcess[] = [];
const started = (script: string, ...argv: string[]): ChildProcess => {
  const child = spawn(process.execPath, [script, ...argv], { cwd: folder });
  children.push(child);
  return child;
};
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
const ended = async (child: ChildProcess): Promise<Ended> => {
  const [stdout, stderr]: string[][] = [[], []];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => stdout!.push(text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => stderr!.push(text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout: stdout!.join(''), stderr: stderr!.join('') };
};
const sweep = (...argv: string[]): ChildProcess => started(command, 'sweep', ...argv);
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let looks = 0; looks < 6000; looks++) {
    if (await holds()) return;
    await wait(5);
  }
  throw new Error('waited in vain');
};

beforeAll(async () => {
  command = await bundledCommand(run, quickWorker);
  // Where no packages are.
  const elsewhere = mkdtempSync(join(tmpdir(), 'no-packages-'));
  cpSync(dirname(command), join(elsewhere, 'bundle'), { recursive: true });
  cpSync(join(dirname(command), '..', 'package.json'), join(elsewhere, 'package.json'));
  bare = join(elsewhere, 'bundle', 'script.js');
}, 60_000);

const isThere = isInstalled('redis-server');
if (!isThere) console.warn('redis-server is not installed: sweeps with --redis are not tested');

describe.skipIf(!isThere)('a sweep that workers solve', { retry: 1 }, () => {
  let [url, server] = ['', undefined as ChildProcess | undefined];
  let redis: Redis;
  let alone = { code: 0 as number | null, csv: '' };
  beforeAll(async () => {
    ({ url, server } = await redisServer());
    redis = new Redis(url);
    alone = await local('alone', study, ...vary);
  });
  afterEach(() => redis.flushall());
  afterAll(() => {
    redis.disconnect();
    server?.kill('SIGKILL');
  });

  const worker = (...plugins: string[]): ChildProcess => started(command, 'worker', 'quick', url, ...plugins);
  /** Of the queue of all who have no plugins: how many jobs are there in a state. */
  const count = async (state: 'wait' | 'active'): Promise<number> => {
    const [key] = await redis.keys(`*:sweeps-*:${state}`);
    return key === undefined ? 0 : redis.llen(key);
  };
  /** How many chunks are whole on disk. */
  const chunksIn = (out: string): number => {
    const rows = join(out, 'rows');
    return existsSync(rows) ? readdirSync(rows).filter((name) => name.endsWith('.jsonl')).length : 0;
  };
  const table = (out: string): string => readFileSync(join(out, 'sweep.csv'), 'utf8');
  /** What is left in Redis of sweeps and their chunks. */
  const left = async (): Promise<string[]> =>
    (await redis.keys('*')).filter((key) => !/:(meta|id|events|stalled-check|marker)$/.test(key));
  const local = async (name: string, ...argv: string[]): Promise<{ code: number | null; csv: string }> => {
    const out = join(folder, name);
    const { code } = await ended(sweep(...argv, '--out', out));
    return { code, csv: table(out) };
  };

  it('has the bytes of a run without them, though workers and the driver are killed at work', async () => {
    const out = join(folder, 'killed');
    const argv = [study, ...vary, '--out', out, '--redis', url];
    const first = sweep(...argv);
    first.stderr!.setEncoding('utf8');
    let hint = '';
    first.stderr!.on('data', (text: string) => {
      hint += text;
    });
    await until(() => hint.includes(`menusmith worker --redis ${url}`));
    // One that is in the middle of a chunk when it is killed: what was under way stays so.
    const killed = worker();
    await until(async () => chunksIn(out) > 0 && (await count('active')) === 1);
    killed.kill('SIGKILL');
    await ended(killed);
    expect(await count('active')).toBe(1);
    const before = chunksIn(out);
    const second = worker();
    await until(() => chunksIn(out) > before);
    first.kill('SIGKILL');
    await ended(first);
    // The rest is solved without a driver, the chunk of the killed worker as well.
    await until(async () => (await count('wait')) + (await count('active')) === 0);
    second.kill('SIGKILL');
    await ended(second);
    // Nobody is there to solve anything any more.
    const { code, stderr } = await ended(sweep(...argv));
    expect(code, stderr).toBe(alone.code);
    expect(table(out)).toBe(alone.csv);
    expect(await left()).toEqual([]);
  }, 120_000);

  it('goes on at once with what a worker hands back that is asked to end', async () => {
    const done = ended(sweep(study, ...some, '--redis', url, '--json'));
    const first = worker();
    await until(async () => (await count('active')) === 1);
    first.kill('SIGTERM');
    expect((await ended(first)).code).toBe(0);
    expect(await count('active')).toBe(0);
    worker();
    const { code, stdout } = await done;
    expect([code, (JSON.parse(stdout) as { rows: unknown[] }).rows.length]).toEqual([0, 40]);
    expect(await left()).toEqual([]);
  }, 60_000);

  it('is left by workers when Ctrl-C has ended it, and goes on with what they had done', async () => {
    const out = join(folder, 'interrupted');
    const argv = [study, ...vary, '--out', out, '--redis', url];
    const first = sweep(...argv);
    const over = ended(first);
    const solving = worker();
    await until(() => chunksIn(out) > 0);
    first.kill('SIGINT');
    const { code, stderr } = await over;
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/Ctrl-C ended the sweep.*the same command goes on/),
    ]);
    await until(async () => (await count('wait')) + (await count('active')) === 0);
    expect((await ended(sweep(...argv))).code).toBe(0);
    expect(table(out)).toBe(alone.csv);
    solving.kill('SIGKILL');
    expect(await left()).toEqual([]);
  }, 60_000);

  it('has files and plugins of its study wherever workers run, and the same complaints', async () => {
    const place = join(folder, 'study');
    mkdirSync(place);
    cpSync(join(examples, 'keep.yaml'), join(place, 'keep.yaml'));
    const plans = [{ name: 'list', prices: { input: 0.25, output: 0.4 } }];
    writeFileSync(join(place, 'menu.json'), JSON.stringify({ plans }));
    const plugin = join(folder, 'half.mjs');
    writeFileSync(
      plugin,
      `const half = { min: 0, max: 0.5, breakpoints: [], density: () => 2, cdf: (x) => 2 * x, survival: (x) => 1 - 2 * x, quantile: (u) => u / 2, mean: 0.25 };
      export default { name: 'half', distributions: [{ name: 'half', doc: 'uniform up to a half', parameters: {}, create: () => half }] };`,
    );
    writeFileSync(join(place, 'sample.csv'), 'value\n0.2\n0.4\n0.9\n');
    writeFileSync(join(folder, 'outside.csv'), 'value\n0.2\n');
    const argv = [
      join(place, 'keep.yaml'),
      '--set',
      'keep.menu=menu.json',
      '--plugin',
      plugin,
      '--vary',
      'buyers.type={ use: half },{ use: empirical, file: sample.csv, column: value },{ use: empirical, file: ../outside.csv, column: value },{ use: empirical, file: none.csv, column: value }',
    ];
    const alone = await local('files-alone', ...argv);
    // It has the plugin elsewhere.
    const other = join(folder, 'same-half.mjs');
    cpSync(plugin, other);
    worker(other);
    const out = join(folder, 'files');
    const { code } = await ended(sweep(...argv, '--out', out, '--redis', url));
    expect([code, table(out)]).toEqual([alone.code, alone.csv]);
    expect(alone.csv).toMatch(/outside of it.*\r\n.*none\.csv: no such file/);
    expect(alone.csv.match(/optimal/g)?.length).toBe(2);
  }, 60_000);

  it('has rows that say so where three workers have ended at a chunk, and tries them again', async () => {
    const plugin = join(folder, 'deadly.mjs');
    writeFileSync(
      plugin,
      `import { existsSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      const create = ({ harm }) => ({ min: 0, max: 1, breakpoints: [], density: () => 1, cdf: (x) => { if (harm > 0.5 && !existsSync(${JSON.stringify(join(folder, 'cured'))})) spawnSync('kill', ['-9', String(process.pid)]); return x; }, survival: (x) => 1 - x, quantile: (u) => u, mean: 0.5 });
      export default { name: 'deadly', distributions: [{ name: 'deadly', doc: 'd', parameters: { harm: { kind: 'number', doc: 'd' } }, create }] };`,
    );
    const out = join(folder, 'deadly');
    const argv = [
      study,
      '--plugin',
      plugin,
      '--vary',
      'buyers.value={ use: deadly, harm: 0 },{ use: deadly, harm: 1 },{ use: uniform, min: 0, max: 1 }',
      '--out',
      out,
      '--redis',
      url,
      '--json',
    ];
    const driver = sweep(...argv);
    const first = ended(driver);
    let deaths = 0;
    const raise = async (): Promise<void> => {
      while (driver.exitCode === null) {
        const child = worker(plugin);
        await new Promise((resolve) => child.on('close', resolve));
        if (driver.exitCode === null) deaths++;
      }
    };
    const raising = raise();
    const { code, stdout } = await first;
    for (const child of children) child.kill('SIGKILL');
    await raising;
    const { rows } = JSON.parse(stdout) as { rows: { status: string | null; error: string | null }[] };
    expect(code).toBe(3);
    // A worker that a busy machine keeps waiting may be taken for dead.
    expect(deaths).toBeGreaterThan(0);
    expect(deaths).toBeLessThanOrEqual(3);
    expect(rows.map(({ status }) => status)).toEqual(['optimal', null, 'optimal']);
    expect(rows[1]!.error).toBe('3 workers have ended before they had solved its chunk');
    writeFileSync(join(folder, 'cured'), '');
    worker(plugin);
    expect((await ended(sweep(...argv))).code).toBe(0);
  }, 120_000);

  it('goes on when Redis has forgotten it', async () => {
    const driver = sweep(study, '--vary', 'inputs.input.cost=0.1,0.2', '--redis', url, '--json');
    const done = ended(driver);
    await new Promise((resolve) => driver.stderr!.once('data', resolve));
    await redis.flushall();
    worker();
    expect((await done).code).toBe(0);
  }, 60_000);

  it('is exit code 2 where Redis is full', async () => {
    await redis.config('SET', 'maxmemory', '1');
    const { code, stderr } = await runMain('sweep', study, ...some, '--redis', url);
    await redis.config('SET', 'maxmemory', '0');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^--redis redis:.*OOM/)]);
  });

  it('takes nothing from Redis but a sweep, and says what it is given in the place of rows', async () => {
    const { Queue } = await import('bullmq');
    const queue = new Queue(
      `sweeps-${JSON.parse(readFileSync(join(cliSource, '../package.json'), 'utf8')).version}`,
      { connection: redis, prefix: '{menusmith}' },
    );
    const bad = join(folder, 'never.mjs');
    writeFileSync(
      bad,
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(join(folder, 'ran'))}, '');`,
    );
    const text = JSON.stringify({
      text: readFileSync(study, 'utf8'),
      file: 'x.yaml',
      set: [],
      vary: ['inputs.input.cost=0.1'],
      given: [],
      plugin: [bad],
      kept: { directory: folder, identity: 'x' },
    });
    const { sweepId, sweepKeys } = await import('../../packages/cli/src/redis/sweep-queue.ts');
    const chunk = { number: 0, first: 0, end: 1 };
    const jobs = [
      { sweep: sweepId(text), chunk },
      { sweep: 'none', chunk },
      { sweep: 'forged', chunk },
      { sweep: sweepId(text), chunk: { first: 0, end: 1e9 } },
    ];
    await redis.set(sweepKeys(sweepId(text)).text, text);
    await redis.set(sweepKeys('forged').text, text);
    const added = await queue.addBulk(jobs.map((data) => ({ name: 'chunk', data })));
    worker();
    const answers: unknown[] = [];
    for (const { id } of added) {
      await until(async () => (await queue.getJobState(id!)) === 'completed');
      answers.push((await queue.getJob(id!))!.returnvalue);
    }
    expect(answers).toEqual([
      { ok: true, value: { rows: [expect.arrayContaining(['optimal'])] } },
      'withdrawn',
      {
        ok: false,
        error: expect.objectContaining({ message: expect.stringContaining('not what was sent') }),
      },
      { ok: false, error: expect.objectContaining({ message: expect.stringContaining('expected a') }) },
    ]);
    expect([existsSync(join(folder, 'ran')), existsSync(join(folder, 'rows'))]).toEqual([false, false]);
  }, 60_000);

  it('is exit code 2 where the packages are not installed', async () => {
    const { code, stderr } = await ended(started(bare, 'sweep', study, ...vary, '--redis', url));
    expect([code, stderr]).toEqual([2, expect.stringContaining('npm install bullmq@6.7.0')]);
  });
});

describe('--redis', () => {
  it.each([
    ['nothing listens', async () => `redis://user:secret@127.0.0.1:${await freePort()}`, 'ECONNREFUSED'],
    ['it is no URL', async () => 'user:secret@host', 'expected a URL'],
    ['it is none of a Redis', async () => 'http://user:secret@127.0.0.1', 'expected a URL'],
  ])('is exit code 2 where %s, and its password is not told', async (_, at, words) => {
    const url = await at();
    for (const argv of [
      ['worker', '--redis', url],
      ['sweep', study, ...vary, '--out', join(folder, 'none'), '--redis', url],
    ]) {
      const { code, stdout, stderr } = await runMain(...argv);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
      expect(stdout + stderr).not.toContain('secret');
    }
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('is exit code 2 where what listens does not answer', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const { code, stderr } = await runMain('worker', '--redis', `redis://127.0.0.1:${port}`);
    silent.close();
    expect([code, stderr]).toEqual([2, expect.stringContaining('no answer within 5 s')]);
  });
});
