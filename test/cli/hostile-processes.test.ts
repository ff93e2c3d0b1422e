/*
 * What a plugin does to the process, as a user meets it: `menusmith COMMAND … --plugin FILE` in a process of its own. Loops without end, promises that never settle,
 * process.exit, failures in timers, what is printed and left open: each ends in a message that names the plugin and in an exit code, and no answer is lost.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledScript, cliSource } from './bundled-script.ts';

const source = (file: string): string => JSON.stringify(join(cliSource, file));

/** The command, but that a call has fewer seconds, and less memory. */
const script = `
import { isMainThread } from 'node:worker_threads';
import { runCommand } from ${source('main.ts')};
import { run } from ${source('supervision/run.ts')};
import { work } from ${source('supervision/work.ts')};

const seconds = Number(process.env.CALL_SECONDS);
if (isMainThread) await run(new URL(import.meta.url), { seconds, bytes: 2e8 });
else await work(runCommand);
`;

let command = '';
beforeAll(async () => {
  command = await bundledScript(script);
  // Node loads these by their file.
  cpSync(join(cliSource, '../../app/hooks'), join(dirname(command), '../hooks'), { recursive: true });
}, 60_000);

const folder = mkdtempSync(join(tmpdir(), 'hostile-process-'));
let files = 0;
const fileOf = (text: string, kind: string): string => {
  const path = join(folder, `case-${files++}.${kind}`);
  writeFileSync(path, text);
  return path;
};

/** A plugin with one entry `bad`: a standard one, changed. `made` is what that creates, `top` runs when the module is loaded. */
const pluginOf = (kind: string, standard: string, change: string, top = ''): string =>
  fileOf(
    `import { ${standard} as standard } from '@menusmith/plugins';
${top}
const create = (p, c) => { const made = { ...standard.create(p, c) }; return (${change}); };
export default { name: 'mine', ${kind}: [{ ...standard, name: 'bad', create }] };
`,
    'mjs',
  );
const distribution = (change: string, top = ''): string => pluginOf('distributions', 'uniform', change, top);
const solver = (change: string): string => pluginOf('solvers', 'interiorPointSolver', change);
const loading = (top: string): string => distribution('made', top);

const study = fileOf(
  'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: bad, min: 0, max: 1 } }\n',
  'yaml',
);
const solverStudy = fileOf(
  `cost: { use: quadratic }
buyers: { kind: profiles, tasks: { nodes: 4 }, types: [{ mass: 1, values: 1 - 0.8*i }, { mass: 2, values: 0.2 + 0.7*i }] }
solver: { use: bad }
`,
  'yaml',
);

interface Setting {
  readonly seconds?: number;
  /** Sent as soon as standard error says this. */
  readonly interruptAt?: string;
}

const ended = (argv: readonly string[], { seconds = 60, interruptAt }: Setting = {}) =>
  new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const env = { ...process.env, CALL_SECONDS: String(seconds) };
    const child = spawn(process.execPath, [command, ...argv], { env });
    let [stdout, stderr, isSent] = ['', '', false];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
      if (interruptAt === undefined || isSent || !stderr.includes(interruptAt)) return;
      isSent = true;
      child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

const solved = (plugin: string, more: readonly string[] = [], setting: Setting = {}) =>
  ended(['solve', study, '--json', '--plugin', plugin, ...more], setting);

const ofMine = 'of the distribution "bad" of the plugin "mine"';

describe.concurrent('a plugin that does not come back ends in 2 and is named', () => {
  const loop = 'for (;;);';
  it.for<[string, string, string, RegExp]>([
    ['while it loads', study, loading(loop), /^the plugin module .*\.mjs has not loaded within 4 s\n$/],
    [
      'in what its module waits for',
      study,
      // Answers that wait for one another would fill memory before the time is up.
      loading(
        'const again = () => { Promise.resolve().then(again); }; again(); await new Promise(() => {});',
      ),
      /^the plugin module .*\.mjs has not loaded within 4 s\n$/,
    ],
    [
      'in create',
      study,
      distribution(`(() => { ${loop} })()`),
      RegExp(`^create\\(…\\) ${ofMine} did not return within 4 s\n$`),
    ],
    [
      'in a function',
      study,
      distribution(`{ ...made, quantile() { ${loop} } }`),
      RegExp(`^quantile\\([\\d.]+\\) ${ofMine} did not return within 4 s\n$`),
    ],
    [
      'between proposals',
      solverStudy,
      solver(`{ ...made, *proposals(...g) { for (const p of made.proposals(...g)) { yield p; ${loop} } } }`),
      /^proposals\(.*\) of the solver "bad" of the plugin "mine" did not return within 4 s; with --time-limit it may take as long as that\n$/,
    ],
    [
      'as it gets ready',
      solverStudy,
      solver(`{ ...made, async prepare() { await 0; ${loop} } }`),
      /^prepare\(\) of the solver "bad" of the plugin "mine" did not return within 4 s\n$/,
    ],
  ])('%s', async ([, file, plugin, message]) => {
    const { code, stdout, stderr } = await ended(['solve', file, '--json', '--plugin', plugin], {
      seconds: 4,
    });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('in a timer that fires before the files are written', async () => {
    const out = join(folder, 'looping');
    const plugin = loading('setTimeout(() => { for (;;); }, 0);');
    const argv = ['solve', study, '--json', '--plugin', plugin, '--out', out];
    const { code, stdout, stderr } = await ended(argv, { seconds: 4 });
    expect(stderr).toMatch(
      /^the callback of setTimeout\(…\) of case-\d+\.mjs:2:\d+ did not return within 4 s\n/,
    );
    // Whether the answer is out by then is the machine's affair.
    if (stdout !== '') expect(JSON.parse(stdout)).toMatchObject({ status: 'optimal' });
    expect(code).toBe(2);
  });

  const later = 'let isBegun = false; const once = (later) => { if (!isBegun) later(); isBegun = true; };';
  it.for<[string, string]>([
    ['a promise', 'Promise.resolve().then(() => { for (;;); });'],
    ['an async function', 'const wait = async () => { await 0; await 0; for (;;); }; wait();'],
    ['process.nextTick', 'process.nextTick(() => { for (;;); });'],
    ['queueMicrotask', 'queueMicrotask(() => { for (;;); });'],
    ['setImmediate', 'setImmediate(() => { for (;;); });'],
    [
      'a file that was read',
      'process.getBuiltinModule("node:fs").readFile(import.meta.filename, () => { for (;;); });',
    ],
    ['a promise of a callback', 'setImmediate(async () => { await Promise.resolve(); for (;;); });'],
  ])('in what is called back later, by %s', async ([, loop]) => {
    const out = join(folder, `later-${files++}`);
    const plugin = distribution(
      `{ ...made, quantile(u) { once(() => { ${loop} }); return made.quantile(u); } }`,
      later,
    );
    const argv = ['solve', study, '--json', '--plugin', plugin, '--out', out];
    const { code, stdout, stderr } = await ended(argv, { seconds: 4 });
    expect(stderr).toMatch(
      /^(a callback|the callback of setImmediate)\(…\) of case-\d+\.mjs\S* did not return within 4 s\n/,
    );
    // Whether the answer is out by then is the machine's affair.
    if (stdout !== '') expect(JSON.parse(stdout)).toMatchObject({ status: 'optimal' });
    expect(code).toBe(2);
  });

  it.for([
    ['execSync', 'execSync("sleep 100")'],
    ['spawnSync', 'const { error } = spawnSync("sleep", ["100"]); if (error) throw error'],
    ['execFileSync', 'execFileSync("sleep", ["100"], { timeout: 0 })'],
  ])('where it waits for another process, with %s', async ([name, call]) => {
    const plugin = distribution(
      `{ ...made, quantile() { ${call}; } }`,
      `import { ${name} } from 'node:child_process';`,
    );
    const { code, stdout, stderr } = await solved(plugin, [], { seconds: 60 });
    expect(stderr).toMatch(RegExp(`quantile\\([\\d.]+\\) ${ofMine} threw: spawnSync \\S+ ETIMEDOUT`));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('where a promise never settles', async () => {
    const never = solver('{ ...made, prepare: () => new Promise(() => {}) }');
    const { code, stdout, stderr } = await ended(['solve', solverStudy, '--plugin', never]);
    expect(stderr).toBe('prepare() of the solver "bad" of the plugin "mine" has not settled within 10 s\n');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('where a call takes ever more memory', async () => {
    const hungry =
      '{ ...made, cdf() { for (const all = []; ; ) all.push(Buffer.alloc(1e7, 1), Buffer.alloc(1e7, 2)); } }';
    const { code, stdout, stderr } = await solved(distribution(hungry));
    expect(stderr).toMatch(RegExp(`^cdf\\([\\d.]+\\) ${ofMine} took more than 0.2 GB of memory\n$`));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('where only the other thread can end a law', async () => {
    const waiting =
      '{ ...made, quantile() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); } }';
    const argv = ['laws', 'bad', '--time-limit', '1', '--plugin', distribution(waiting)];
    const { code, stdout, stderr } = await ended(argv, { seconds: 4 });
    // Where the limit of the laws ends it, it is a broken law.
    expect(stdout + stderr).toMatch(/quantile\([\d.]+\) (of .* )?did not return/);
    expect(code).toBe(2);
  });
});

describe.concurrent('a command that is ended says which call was running', () => {
  const deaf = (): string =>
    distribution('{ ...made, quantile() { process._rawDebug("at work"); for (;;); } }');
  const meanwhile = `, while quantile\\([\\d.]+\\) ${ofMine} was running: the result is feasible\n$`;

  it('by its time limit', async () => {
    const { code, stdout, stderr } = await solved(deaf(), ['--time-limit', '10']);
    expect(stderr).toMatch(RegExp(`^at work\nthe time limit of 10 s ended the solve${meanwhile}`));
    expect(JSON.parse(stdout)).toMatchObject({ status: 'feasible' });
    expect(code).toBe(3);
  });

  // Windows has no signals to send.
  it.skipIf(process.platform === 'win32')('by Ctrl-C', async () => {
    const { code, stdout, stderr } = await solved(deaf(), [], { interruptAt: 'at work\n' });
    expect(stderr).toMatch(RegExp(`^at work\nCtrl-C ended the solve${meanwhile}`));
    expect(JSON.parse(stdout)).toMatchObject({ status: 'feasible' });
    expect(code).toBe(3);
  });

  it('before it had an answer', async () => {
    const { code, stdout, stderr } = await solved(loading('for (;;);'), ['--time-limit', '6']);
    expect(stderr).toMatch(
      /^the time limit of 6 s ended the solve before it had an answer, while the plugin module .*\.mjs was loading\n$/,
    );
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      status: 'stopped',
      stopped: true,
      notes: ['The solve was stopped before it had an answer.'],
    });
  });
});

describe.concurrent('a plugin that would end the program is told of as one that throws', () => {
  it.for([
    ['process.exit', 'process.exit(0)'],
    ['process.abort', 'process.abort()'],
    ['process.kill', 'process.kill(process.pid, "SIGKILL")'],
    ['fs.closeSync\\(1\\)', 'process.getBuiltinModule("node:fs").closeSync(1)'],
  ] as const)('%s in a call', async ([name, call]) => {
    const { code, stdout, stderr } = await solved(distribution(`{ ...made, quantile() { ${call}; } }`));
    const place = '\\(case-\\d+\\.mjs:3:\\d+\\)';
    expect(stderr).toMatch(
      RegExp(`quantile\\([\\d.]+\\) ${ofMine} threw: ${name} would end the program ${place}\n$`),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('process.exit while it loads', async () => {
    const { code, stdout, stderr } = await solved(loading('process.exit(0);'));
    expect(stderr).toMatch(/\.mjs: the plugin module failed to load: process\.exit would end the program\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe.concurrent('a plugin that fails outside of its calls is named once, and the answer stands', () => {
  const thrown = 'throw new Error("no luck");';
  const away = 'the plugin failed outside of its calls, which leaves the answer as it is';
  it.for<[string, string, string]>([
    ['in a timer', loading(`setTimeout(() => { ${thrown} }, 0);`), 'no luck \\(case-\\d+\\.mjs:2:\\d+\\)'],
    ['by a rejection with nothing', loading('Promise.reject(null);'), 'null'],
    [
      'by what cannot be shown',
      loading('setTimeout(() => { throw new Proxy({}, { get() { throw 1; } }); }, 0);'),
      'something that cannot be shown',
    ],
    [
      'in every call',
      distribution('{ ...made, quantile(u) { Promise.reject(new Error("no luck")); return u; } }'),
      'no luck \\(.*\\)',
    ],
    [
      'with process.exit',
      loading('setTimeout(() => process.exit(0), 0);'),
      'process.exit would end the program \\(.*\\)',
    ],
    [
      'with listeners of its own',
      loading(
        `process.setUncaughtExceptionCaptureCallback(null); process.removeAllListeners(); process.on('uncaughtException', () => {}); setTimeout(() => { ${thrown} }, 0);`,
      ),
      'no luck \\(.*\\)',
    ],
  ])('%s', async ([, plugin, words]) => {
    const { code, stdout, stderr } = await solved(plugin);
    expect(stderr).toMatch(RegExp(`^.*\\.mjs: ${away}: ${words}\n$`));
    expect(JSON.parse(stdout)).toMatchObject({ status: 'optimal' });
    expect(code).toBe(0);
  });
});

describe.concurrent('a plugin keeps no command from its answer', () => {
  it.for<[string, string, string]>([
    ['a loop in a timer', loading('setTimeout(() => { for (;;); }, 0);'), ''],
    [
      'what it leaves open',
      loading(
        "import { createServer } from 'node:http'; createServer().listen(0); setInterval(() => {}, 99);",
      ),
      '',
    ],
    [
      'a thread',
      loading(
        "import { Worker } from 'node:worker_threads'; new Worker('setInterval(() => {}, 99)', { eval: true });",
      ),
      '',
    ],
    [
      'words to the other thread',
      loading(
        "import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage({ kind: 'ended', code: 7 }); workerData?.port?.close(); parentPort.close();",
      ),
      '',
    ],
    [
      'lines on standard output',
      distribution(
        '{ ...made, quantile(u) { if (u === 0.5) console.log("u is", u); return made.quantile(u); } }',
        "console.log('loaded'); process.stdout.write('and\\n');",
      ),
      'loaded\nand\n',
    ],
    [
      'bytes on its file descriptor',
      loading("import { writeSync } from 'node:fs'; writeSync(1, 'raw\\n');"),
      'raw\n',
    ],
    ['what a terminal obeys', loading("console.log('\\u001b[31mred');"), '\\u001b[31mred\n'],
  ])('by %s', async ([, plugin, printed]) => {
    const { code, stdout, stderr } = await solved(plugin);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'optimal' });
    expect(stderr.startsWith(printed)).toBe(true);
    if (printed === '') expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('by a loop after the answer: what was left is written', async () => {
    const out = join(folder, 'out');
    const names = ['density', 'cdf', 'survival', 'quantile'];
    const looping = names.map((name) => `${name}(x) { loop(); return made.${name}(x); }`).join(', ');
    const plugin = distribution(
      `{ ...made, ${looping} }`,
      'const loop = () => { Error.stackTraceLimit = 99; const { stack } = new Error(); while (stack.includes("writeSolution")); };',
    );
    const argv = ['solve', study, '--json', '--plugin', plugin, '--out', out];
    const { code, stdout, stderr } = await ended(argv, { seconds: 4 });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'optimal' });
    expect(stderr).toMatch(
      RegExp(
        `\\) ${ofMine} did not return within 4 s\nthat ended the writing: only result.json is written\n$`,
      ),
    );
    expect(readFileSync(join(out, 'result.json'), 'utf8')).toBe(stdout);
    expect(code).toBe(2);
  });
});
