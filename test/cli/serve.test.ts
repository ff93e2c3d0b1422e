/*
 * `menusmith serve --stdio`: requests in, answers out, whatever else comes in. What needs no process of its own is asked within this one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { Provenance } from '@menusmith/app';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type ServeOptions, serveCommand } from '../../packages/cli/src/commands/serve.ts';
import { mutatedText } from '../fuzz/generators/mutations.ts';
import { bundledCommand } from './bundled-script.ts';
import { recordedOutput, runMain, withoutTimes } from './run-main.ts';

interface Reply {
  readonly jsonrpc: '2.0';
  readonly id: string | number | null;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data?: Readonly<Record<string, unknown>>;
  };
}

const study = `cost: { use: quadratic }
buyers: { kind: representative, types: [{ value: 1, mass: 0.5 }, { value: 2, mass: 0.5 }] }
`;
const example = readFileSync('examples/example-1-allocations.yaml', 'utf8');
const call = (id: unknown, method: string, params: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });

/** What is answered to bytes that come in such pieces. */
const answered = async (
  pieces: readonly (string | Uint8Array)[],
  options: ServeOptions = {},
): Promise<(Reply | readonly Reply[])[]> => {
  const output = recordedOutput();
  async function* input() {
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  }
  expect(await serveCommand(options, output, input())).toBe(0);
  const { stdout, stderr } = output.written();
  expect(stderr).toBe('');
  return stdout === ''
    ? []
    : stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Reply | readonly Reply[]);
};

const answer = async (line: string, options?: ServeOptions): Promise<Reply> => {
  const replies = await answered([`${line}\n`], options);
  expect(replies).toHaveLength(1);
  return replies[0] as Reply;
};

const refusal = async (line: string): Promise<readonly [unknown, number]> => {
  const { id, error } = await answer(line);
  return [id, error!.code];
};

describe('a request', () => {
  type Document = { readonly provenance: Provenance };
  /** Without times. */
  const plain = (value: unknown): unknown =>
    JSON.parse(withoutTimes(JSON.stringify(value, null, 1)).replaceAll('… s', '"seconds": 0'));
  const priced = 'examples/priced-packages.yaml';
  const given = { study: readFileSync(priced, 'utf8') };
  const menu = readFileSync('examples/plans.json', 'utf8');

  it.each([
    ['solve', { at: [{ value: 20, scale: 0.5 }] }, ['solve', priced, '--at', 'value=20,scale=0.5']],
    ['check', {}, ['check', priced]],
    [
      'tiers',
      { count: 2, kind: 'two-part-tariff' },
      ['tiers', priced, '--count', '2', '--kind', 'two-part-tariff'],
    ],
    ['tiers', { count: '1..2' }, ['tiers', priced, '--count', '1..2']],
    [
      'evaluate',
      { menu, against: JSON.parse(menu) },
      ['evaluate', priced, '--menu', 'examples/plans.json', '--against', 'examples/plans.json'],
    ],
  ])('%s has the document of its command: %j', async (method, params, argv) => {
    const { result } = await answer(call(1, method, { ...given, ...params }));
    const { stdout } = await runMain(...argv, '--json');
    // A menu comes under its param, and not under a file's name.
    const { files, ...own } = (result as Document).provenance;
    const { files: named, ...printed } = (JSON.parse(stdout) as Document).provenance;
    expect([own, Object.values(files)]).toEqual([printed, expect.arrayContaining(Object.values(named))]);
    const others = ({ provenance: _, ...document }: Document) => plain(document);
    expect(others(result as Document)).toEqual(others(JSON.parse(stdout) as Document));
  });

  it('is not read while nobody reads the answers, which do not pile up', async () => {
    const [count, mostRead] = [200, 20];
    let read = 0;
    async function* input() {
      for (; read < count; read++) yield Buffer.from(`${call(read, 'check', { study })}\n`);
    }
    const written: string[] = [];
    let drain: (() => void) | undefined;
    let isRead = false;
    const stdout = {
      write: (text: string) => {
        written.push(text);
        return isRead;
      },
      once: (_: 'drain', listener: () => void) => {
        drain = listener;
      },
    };
    const serving = serveCommand({}, { stdout, stderr: recordedOutput().stderr }, input());
    await vi.waitFor(() => expect(written.length).toBeGreaterThan(0), 20_000);
    // Time in which all would be answered.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(written).toHaveLength(1);
    expect(read).toBeLessThan(mostRead);
    isRead = true;
    drain!();
    expect(await serving).toBe(0);
    const ids = written.map((text) => (JSON.parse(text) as Reply).id as number);
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k));
  });

  it('quote has the types of solve', async () => {
    const at = [{ value: 0.8, scale: 0.5 }, 'value=0:1:3,scale=1'];
    const [solved, quoted] = (await answered([
      `${call(1, 'solve', { study: example, at })}\n${call(2, 'quote', { study: example, at })}\n`,
    ])) as Reply[];
    expect(quoted!.result!.types).toEqual(solved!.result!.types);
    expect(quoted!.result!.types).toHaveLength(4);
    expect(quoted!.result!.status).toBe('optimal');
  });

  it('takes a study as a map, settings by path or as texts', async () => {
    const data = {
      cost: { use: 'quadratic' },
      buyers: { kind: 'representative', types: [{ value: 1, mass: 1 }] },
    };
    const profit = async (params: object): Promise<unknown> =>
      (await answer(call(1, 'solve', { study: data, ...params }))).result!.profit;
    expect(await profit({})).toBe(1 / 2);
    expect(await profit({ set: { 'buyers.types[0].value': 2 } })).toBe(2);
    expect(await profit({ set: ['buyers.types[0].value=4'] })).toBe(8);
  });

  it('for customers has a row for each', async () => {
    const customers = [
      { customer_id: 'a', theta: 1 },
      { customer_id: 'b', theta: 3 },
    ];
    const { result } = await answer(call(1, 'evaluate', { ...given, menu, customers }));
    expect((result!.migration as { customer_id: string }[]).map((row) => row.customer_id)).toEqual([
      'a',
      'b',
    ]);
  });

  it('ends at its time limit with what there is', async () => {
    const slow = readFileSync('examples/correlated-allocations.yaml', 'utf8');
    const set = { 'buyers.grid': { values: 24, scales: 24 } };
    const { result } = await answer(call(1, 'solve', { study: slow, set, timeLimit: 0.01 }));
    expect((result as { finite: { stopped: string } }).finite.stopped).toBe('interrupted');
  });
});

describe('a wrong request is told so, with the code of', () => {
  it.each([
    ['{broken', null, -32700],
    ['{"jsonrpc":"2.0","id":1,"method":"solve"', null, -32700],
    ['nonsense', null, -32700],
    ['Content-Length: 20', null, -32700],
    ['"a text"', null, -32600],
    ['null', null, -32600],
    ['[]', null, -32600],
    ['{}', null, -32600],
    ['{"jsonrpc":"1.0","id":1,"method":"solve","params":{}}', 1, -32600],
    ['{"jsonrpc":"2.0","id":1,"method":7,"params":{}}', 1, -32600],
    ['{"jsonrpc":"2.0","id":1,"method":"solve","params":"text"}', 1, -32600],
    ['{"jsonrpc":"2.0","id":{},"method":"solve","params":{}}', null, -32600],
    ['{"jsonrpc":"2.0","id":[1],"method":"solve","params":{}}', null, -32600],
    ['{"jsonrpc":"2.0","id":true,"method":"solve","params":{}}', null, -32600],
    ['{"jsonrpc":"2.0","id":1e400,"method":"solve","params":{}}', null, -32600],
    ['{"jsonrpc":"2.0","id":12345678901234567890,"method":"solve","params":{}}', null, -32600],
    ['{"jsonrpc":"2.0","id":1,"id":2,"method":"solve","params":{}}', null, -32600],
    ['{"jsonrpc":"2.0","id":"a","method":"sovle","params":{}}', 'a', -32601],
    ['{"jsonrpc":"2.0","id":null,"method":"constructor","params":{}}', null, -32601],
    ['{"jsonrpc":"2.0","id":0,"method":"__proto__"}', 0, -32601],
    ['{"jsonrpc":"2.0","id":1.5,"method":"solve"}', 1.5, -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"solve","params":[{}]}', 1, -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"solve","params":{"study":7}}', 1, -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"solve","params":{"study":{}}}', 1, -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"solve","params":{"study":""}}', 1, -32602],
    ['{"__proto__":{"jsonrpc":"2.0"},"id":1,"method":"solve"}', 1, -32600],
  ] as const)('%s', async (line, id, code) => {
    expect(await refusal(line)).toEqual([id, code]);
  });

  it('wrong input: file, path, place and code are data', async () => {
    const { error } = await answer(call(1, 'solve', { study: example.replace('input: 0.25', 'input: -1') }));
    expect(error).toMatchObject({
      code: -32602,
      data: {
        code: 'number',
        file: 'study',
        path: 'production.exponents.input',
        field: ['production', 'exponents', 'input'],
        message: 'expected a number above 0, got -1',
      },
    });
    expect(error!.data!.line).toBeGreaterThan(1);
    expect(error!.message).toContain('production.exponents.input: expected a number above 0, got -1');
  });

  it.each([
    [{ study, nonsense: 1 }, 'nonsense', null],
    [{ studdy: study }, 'studdy', null],
    [{ study, at: [{ value: 'a' }] }, 'at[0]', null],
    [{ study, at: [{ value: 1 }, { value: 1, scale: 1 }] }, 'at[1]', null],
    [{ study, timeLimit: -1 }, 'timeLimit', null],
    [{ study, supply: 'numerical' }, 'supply', null],
    [{ study, set: { 'cost.nonsense': 1 } }, 'cost.nonsense', '--set cost.nonsense=1'],
  ])('wrong params %j: their path is data', async (params, path, file) => {
    const { error } = await answer(call(1, 'solve', params));
    expect(error).toMatchObject({ code: -32602, data: { path, file } });
  });

  it('a wrong menu: it is called by its param', async () => {
    const given = {
      study: readFileSync('examples/priced-packages.yaml', 'utf8'),
      menu: { plans: [{ name: 'A', fee: -1 }] },
    };
    const { error } = await answer(call(1, 'evaluate', given));
    expect(error).toMatchObject({ code: -32602, data: { path: 'plans[0].fee', file: 'menu' } });
  });

  it.each([
    ['__proto__', '{"__proto__":{"a":1}}'],
    ['constructor', '{"constructor":{"prototype":1}}'],
    ['toString', '{"toString":1}'],
  ])('a study with a field %s, which nothing is read from', async (key, extra) => {
    const whole = `{"cost":{"use":"quadratic"},"buyers":{"kind":"representative","types":[{"value":1,"mass":1}]},${extra.slice(1)}`;
    const { error } = await answer(`{"jsonrpc":"2.0","id":1,"method":"solve","params":{"study":${whole}}}`);
    expect(error).toMatchObject({ code: -32602, data: { code: 'unknown-field', path: key } });
    const set = `{"jsonrpc":"2.0","id":1,"method":"solve","params":{"study":${JSON.stringify(study)},"set":${extra}}}`;
    expect((await answer(set)).error).toMatchObject({ code: -32602 });
    const params = `{"jsonrpc":"2.0","id":1,"method":"solve","params":${extra}}`;
    expect((await answer(params)).error).toMatchObject({ code: -32602, data: { path: key } });
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  it('nesting without end', async () => {
    const deep = (depth: number, open: string, close: string): string =>
      `${open.repeat(depth)}1${close.repeat(depth)}`;
    for (const study of [deep(1e5, '[', ']'), deep(1e5, '{"a":', '}'), deep(99, '[', ']')])
      expect(
        (await answer(`{"jsonrpc":"2.0","id":1,"method":"solve","params":{"study":${study}}}`)).error!.code,
      ).toBeLessThan(-32599);
    expect(await refusal('['.repeat(1e6))).toEqual([null, -32600]);
    const inText = await answer(call(1, 'solve', { study: '['.repeat(1e5) }));
    expect(inText.error!.code).toBe(-32602);
  });
});

describe('messages', () => {
  it('a notification is not answered, nor is what is wrong with it', async () => {
    const lines = [
      { jsonrpc: '2.0', method: 'solve', params: { study } },
      { jsonrpc: '2.0', method: 'nonsense' },
      { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 7 } },
      { jsonrpc: '2.0', method: '$/cancelRequest' },
    ];
    expect(await answered(lines.map((line) => `${JSON.stringify(line)}\n`))).toEqual([]);
  });

  it('a batch is answered as one, in its order, without its notifications', async () => {
    const batch = `[${call('a', 'solve', { study })},1,{"jsonrpc":"2.0","method":"solve"},${call(null, 'nonsense', {})}]`;
    const [replies] = (await answered([`${batch}\n`])) as (readonly Reply[])[];
    expect(replies!.map(({ id, error, result }) => [id, error?.code ?? result!.status])).toEqual([
      ['a', 'optimal'],
      [null, -32600],
      [null, -32601],
    ]);
    expect(await answered(['[{"jsonrpc":"2.0","method":"solve"}]\n'])).toEqual([]);
    expect(await refusal(`[${'1,'.repeat(1000)}1]`)).toEqual([null, -32600]);
  });

  it('end in a line feed, or the end of input; what else stands around them is space', async () => {
    const line = call('ä', 'check', { study });
    const bytes = Buffer.from(`\uFEFF${line}\r\n\r\n \n${line}`);
    const pieces = Array.from(bytes, (_, k) => bytes.subarray(k, k + 1));
    expect((await answered(pieces)).map((reply) => (reply as Reply).id)).toEqual(['ä', 'ä']);
  });

  it('hold no other line, whatever texts hold', async () => {
    const { result } = await answer(call(1, 'solve', { study: `name: "a\\u00a0 b  \\"{"\n${study}` }));
    expect(result!.name).toBe('a\u00a0 b  "{');
    const { error } = await answer(call('a\nb\u2028', 'a\nb', {}));
    expect(error!.code).toBe(-32601);
  });

  it('that are too long, or no text, are refused, and the next one is answered', async () => {
    const long = Array.from({ length: 120 }, () => Buffer.alloc(100_000, 'x'));
    const replies = (await answered([
      ...long,
      '\n',
      new Uint8Array([255, 10]),
      call(1, 'check', { study }),
    ])) as Reply[];
    expect(replies.map(({ id, error }) => [id, error?.code])).toEqual([
      [null, -32600],
      [null, -32700],
      [1, undefined],
    ]);
  });

  it('however they are broken end nothing', async () => {
    const request = fc.constantFrom(
      call(1, 'check', { study }),
      call(2, 'tiers', { study, count: 1 }),
      `[${call(3, 'nonsense', {})},${call(4, 'quote', { study, at: [{ value: 1 }] })}]`,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(mutatedText(request), { maxLength: 3 }), async (lines) => {
        const replies = await answered([
          ...lines.map((line) => `${line}\n`),
          call('last', 'check', { study }),
        ]);
        expect(replies.flat().some(({ id, result }) => id === 'last' && result !== undefined)).toBe(true);
      }),
      { seed: 19, numRuns: 150 },
    );
  });
});

describe('files that a study names', () => {
  const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.serve-'));
  const outside = mkdtempSync(join(tmpdir(), 'menusmith-serve-'));
  for (const place of [folder, outside])
    writeFileSync(join(place, 'buyers.csv'), 'value,scale,mass\n1,1,1\n');
  const named = (file: string): string =>
    `cost: { use: quadratic }\nbuyers: { kind: file, file: ${JSON.stringify(file)} }\n`;

  it('lie in the current folder, or anywhere where that is allowed', async () => {
    const within = named(relative(process.cwd(), join(folder, 'buyers.csv')));
    const without = named(join(outside, 'buyers.csv'));
    expect((await answer(call(1, 'solve', { study: within }))).result!.profit).toBe(1 / 2);
    expect((await answer(call(1, 'solve', { study: without }))).error!.data!.code).toBe('outside-folder');
    const allowed = await answer(call(1, 'solve', { study: without }), { allowFiles: true });
    expect(allowed.result!.profit).toBe(1 / 2);
  });

  it('are read anew for each request', async () => {
    const file = join(folder, 'changing.csv');
    const line = call(1, 'solve', { study: named(relative(process.cwd(), file)) });
    async function* input() {
      for (const value of [1, 2]) {
        writeFileSync(file, `value,scale,mass\n${value},1,1\n`);
        yield Buffer.from(`${line}\n`);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
    const output = recordedOutput();
    await serveCommand({ jobs: 1 }, output, input());
    const profits = output
      .written()
      .stdout.trimEnd()
      .split('\n')
      .map((text) => (JSON.parse(text) as Reply).result!.profit);
    expect(profits).toEqual([1 / 2, 2]);
  });
});

/** A server in a process of its own. */
describe('a server', () => {
  let command = '';
  beforeAll(async () => {
    command = await bundledCommand();
  }, 60_000);

  const slow = {
    study: readFileSync('examples/correlated-allocations.yaml', 'utf8'),
    set: { 'buyers.grid': { values: 100, scales: 100 } },
  };

  const started = (...argv: string[]) => {
    const child: ChildProcess = spawn(process.execPath, [command, 'serve', '--stdio', ...argv], {
      stdio: 'pipe',
    });
    const replies: Reply[] = [];
    const waiting = new Map<unknown, (reply: Reply) => void>();
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const reply = JSON.parse(line) as Reply;
      replies.push(reply);
      waiting.get(reply.id)?.(reply);
    });
    let stderr = '';
    child.stderr!.on('data', (text) => {
      stderr += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return {
      child,
      replies,
      stderr: () => stderr,
      ended,
      send: (line: string) => child.stdin!.write(`${line}\n`),
      reply: (id: unknown) =>
        new Promise<Reply>((resolve) => {
          const known = replies.find((each) => each.id === id);
          if (known !== undefined) resolve(known);
          waiting.set(id, resolve);
        }),
    };
  };

  it('is not blocked by a long request, which can be cancelled, and then answers the next', async () => {
    const server = started('--jobs', '1');
    server.send(call('first', 'check', { study }));
    await server.reply('first');
    server.send(call('long', 'solve', slow));
    server.send(call('next', 'check', { study }));
    server.send(call('wrong', 'nonsense', {}));
    expect((await server.reply('wrong')).error!.code).toBe(-32601);
    server.send(JSON.stringify({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 'long' } }));
    expect((await server.reply('long')).error!.code).toBe(-32800);
    expect((await server.reply('next')).result).toBeDefined();
    server.child.stdin!.end();
    expect(await server.ended).toBe(0);
    expect(server.replies.map(({ id }) => id)).toEqual(['first', 'wrong', 'long', 'next']);
  });

  it('answers others beside a long request', async () => {
    const server = started('--jobs', '2');
    server.send(call('long', 'solve', slow));
    server.send(call('short', 'check', { study }));
    expect((await server.reply('short')).result).toBeDefined();
    server.child.kill('SIGKILL');
    await server.ended;
    expect(server.replies.map(({ id }) => id)).toEqual(['short']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at %s with 0; what is open is answered as cancelled',
    async (signal) => {
      const server = started('--jobs', '1');
      server.send(call('first', 'check', { study }));
      await server.reply('first');
      server.send(call('long', 'solve', slow));
      server.send(call('waiting', 'check', { study }));
      server.send('nonsense');
      await server.reply(null);
      server.child.kill(signal);
      expect(await server.ended).toBe(0);
      const cancelled = server.replies.filter(({ error }) => error?.code === -32800).map(({ id }) => id);
      expect(cancelled.sort()).toEqual(['long', 'waiting']);
      expect(server.stderr()).toBe('');
    },
  );

  it('takes a line of 100 MB for one that is too long', async () => {
    const server = started();
    for (let k = 0; k < 100; k++) server.child.stdin!.write(Buffer.alloc(1_000_000, '['));
    server.send('');
    server.send(call(1, 'check', { study }));
    server.child.stdin!.end();
    expect(await server.ended).toBe(0);
    expect(server.replies.map(({ id, error }) => [id, error?.code])).toEqual([
      [null, -32600],
      [1, undefined],
    ]);
  });

  it('keeps standard output from plugins, and goes on after one that fails', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-serve-plugin-'));
    mkdirSync(folder, { recursive: true });
    const plugin = join(folder, 'plugin.mjs');
    writeFileSync(
      plugin,
      `console.log('loaded');
process.stdout.write('written\\n');
export default { name: 'mine', distributions: [{ name: 'bad', doc: 'Bad.', parameters: {
  how: { kind: 'text', doc: 'how' } },
  create({ how }) {
    console.log('created');
    if (how === 'exit') process.exit(3);
    if (how === 'throw') throw new Error('thrown');
    for (;;);
  } }] };`,
    );
    const server = started('--plugin', plugin, '--jobs', '1');
    const bad = (how: string): string =>
      `cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: bad, how: ${how} } }\n`;
    server.send(call('throw', 'solve', { study: bad('throw') }));
    server.send(call('exit', 'solve', { study: bad('exit') }));
    server.send(call('loop', 'solve', { study: bad('loop') }));
    server.send(call('good', 'check', { study }));
    server.child.stdin!.end();
    expect(await server.ended).toBe(0);
    const codes = server.replies.map(({ id, error }) => [id, error?.code]);
    expect(codes).toEqual([
      ['throw', -32602],
      ['exit', -32602],
      ['loop', -32000],
      ['good', undefined],
    ]);
    expect(server.stderr()).toContain('created');
  });

  it('ends with 2 where a plugin cannot be loaded, or --stdio is missing', async () => {
    const server = started('--plugin', join(tmpdir(), 'missing.mjs'));
    expect(await server.ended).toBe(2);
    expect((await runMain('serve')).code).toBe(2);
  });
});
