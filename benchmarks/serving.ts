import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { duration, type Section, table } from './section.ts';

const COMMAND = 'packages/menusmith/bin/menusmith.js';

interface Reply {
  readonly id: number;
  readonly result?: { readonly status: string; readonly seconds: number };
}

/** A server, asked one request after the other or many at once. */
const server = (jobs: number) => {
  const child: ChildProcess = spawn(process.execPath, [COMMAND, 'serve', '--stdio', '--jobs', String(jobs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const reply = JSON.parse(line) as Reply;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  let last = 0;
  return {
    solve: (params: object): Promise<Reply> =>
      new Promise((resolve) => {
        const id = ++last;
        waiting.set(id, resolve);
        child.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'solve', params })}\n`);
      }),
    end: (): Promise<unknown> => {
      child.stdin!.end();
      return new Promise((resolve) => child.on('close', resolve));
    },
  };
};

/** Solves a second of a warm server, for studies that differ and for one that is asked for again. */
export const servingFigures = async (isQuick: boolean): Promise<Section> => {
  const failures: string[] = [];
  const [warmUp, count] = isQuick ? [50, 100] : [400, 1000];
  const check = (reply: Reply): Reply => {
    if (reply.result?.status !== 'optimal')
      failures.push(`not certified: ${JSON.stringify(reply).slice(0, 300)}`);
    return reply;
  };
  const rows: string[][] = [];
  for (const [name, file] of [
    ['allocations', 'examples/example-1-allocations.yaml'],
    ['packages', 'examples/example-1-packages.yaml'],
  ] as const) {
    const study = readFileSync(file, 'utf8');
    const differing = (k: number) => ({ study, set: { 'production.exponents.fineTuning': 0.2 + k / 1e5 } });
    for (const jobs of [1, 2]) {
      const warm = server(jobs);
      await Promise.all(
        Array.from({ length: warmUp * jobs }, async (_, k) => check(await warm.solve(differing(k)))),
      );
      const timed = async (work: () => Promise<unknown>): Promise<number> => {
        const started = performance.now();
        await work();
        return performance.now() - started;
      };
      const oneByOne = await timed(async () => {
        for (let k = 0; k < count; k++) check(await warm.solve(differing(warmUp * 2 + k)));
      });
      const atOnce = await timed(() =>
        Promise.all(
          Array.from({ length: count }, async (_, k) =>
            check(await warm.solve(differing(warmUp * 2 + count + k))),
          ),
        ),
      );
      const again = await timed(async () => {
        for (let k = 0; k < count; k++) check(await warm.solve({ study }));
      });
      await warm.end();
      const rate = (milliseconds: number): string => ((1000 * count) / milliseconds).toFixed(0);
      rows.push([
        `${name}, ${jobs} ${jobs === 1 ? 'thread' : 'threads'}`,
        rate(oneByOne),
        rate(atOnce),
        rate(again),
      ]);
    }
  }
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [
    COMMAND,
    'solve',
    'examples/example-1-allocations.yaml',
    '--json',
  ]);
  if (status !== 0) failures.push(`solve ended with exit code ${status}`);
  const once = performance.now() - started;
  return {
    title: 'Serving other programs',
    body: [
      `Solves of Example 1 a second by \`menusmith serve --stdio\`, as a client sees them, once ${warmUp} solves a thread have warmed it up. Studies differ in the exponent of fine-tuning, in ${count} requests that wait for one another, or that are sent at once; the last column asks for one study again and again.`,
      table(['Example 1', 'one by one', 'at once', 'the same study'], rows),
      `A process of its own, \`menusmith solve\`, takes ${duration(once)} for one of them.`,
    ],
    pictures: [],
    failures,
  };
};
