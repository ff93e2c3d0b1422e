import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exploreCommand } from '../../packages/cli/src/commands/explore.ts';
import { unsupervised } from '../../packages/cli/src/supervision/supervisor.ts';
import { readAddress } from '../../packages/explorer/src/address.ts';
import { recordedOutput, runMain } from './run-main.ts';

const root = join(import.meta.dirname, '../..');
/** `npm run build` builds the page; tests of what is in it build it anew. */
const isBuilt = existsSync(join(root, 'packages/explorer/dist/page/index.html'));

/** Runs the command until it has said where the page is, asks for that, and presses Ctrl-C. */
const explored = async (file?: string, port = 0) => {
  const output = recordedOutput();
  let interrupt = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const supervisor = { ...unsupervised, stopped: () => stopped };
  const ended = exploreCommand(file, { port }, { ...output, supervisor });
  const said = (): string => output.written().stdout;
  await Promise.race([ended, expect.poll(said, { timeout: 10_000 }).toContain('http')]);
  const address = /http:\S+/.exec(said())![0];
  const response = await fetch(address);
  const page = await response.text();
  interrupt();
  return { code: await ended, address, response, page };
};

describe.skipIf(!isBuilt)('menusmith explore', () => {
  it('serves the page on 127.0.0.1 until Ctrl-C', async () => {
    const { code, address, response, page } = await explored();
    expect(code).toBe(0);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page).toContain('Menusmith explorer');
    await expect(fetch(address)).rejects.toThrow();
  });

  it('opens on a study file, which is checked first', async () => {
    const { address } = await explored(join(root, 'examples/ces.yaml'));
    expect((await readAddress(new URL(address).hash))?.study).toContain('use: ces');
    const { code, stderr } = await runMain('explore', 'no-such-study.yaml');
    expect([code, stderr]).toEqual([2, 'no-such-study.yaml: no such file\n']);
  });

  it('says so where the port that was asked for is taken, and what is no port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const taken = await runMain('explore', '--port', String(port));
    expect(taken.code).toBe(2);
    expect(taken.stderr).toBe(
      `port ${port} cannot be had (EADDRINUSE); without --port a free one is taken\n`,
    );
    other.close();
    expect((await runMain('explore', '--port', '70000')).code).toBe(2);
  });
});
