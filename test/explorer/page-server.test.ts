import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageServer } from '../../packages/cli/src/page-server.ts';

const root = mkdtempSync(join(tmpdir(), 'menusmith-page-'));
mkdirSync(join(root, 'page/assets'), { recursive: true });
writeFileSync(join(root, 'secret.txt'), 'secret');
writeFileSync(join(root, 'page/index.html'), '<!doctype html><head><title>page</title></head>');
writeFileSync(join(root, 'page/assets/worker-1a.js'), 'postMessage(1)');
writeFileSync(join(root, 'plugin.js'), 'export default {}');
const server = pageServer(join(root, 'page'), [join(root, 'plugin.js')]);

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const ask = (path: string, options: { method?: string; host?: string } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const { method = 'GET', host = `127.0.0.1:${port}` } = options;
    // Unlike fetch, request sends the path as it is.
    request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true });
});

describe('the server of the page', () => {
  it('serves the page at / and at /index.html', async () => {
    for (const path of ['/', '/index.html', '/?x=1']) {
      const { status, body, headers } = await ask(path);
      expect([status, body]).toEqual([200, expect.stringContaining('<title>page</title>')]);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '//secret.txt',
    '/assets/..\\..\\secret.txt',
    'http://127.0.0.1/../secret.txt',
  ])('does not leave its folder for %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('lists no directory', async () => {
    for (const path of ['/assets', '/assets/']) expect((await ask(path)).status).toBe(404);
  });

  it('answers GET and HEAD alone', async () => {
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
    const { status, body } = await ask('/', { method: 'HEAD' });
    expect([status, body]).toEqual([200, '']);
  });

  it('serves plugins at addresses of their own, and counts them in the page', async () => {
    expect((await ask('/plugins/0.js')).body).toBe('export default {}');
    expect((await ask('/plugins/1.js')).status).toBe(404);
    expect((await ask('/')).body).toContain('<meta name="plugins" content="1" />');
  });

  it.skipIf(!existsSync('/dev/zero'))('serves no device that comes into the place of a file', async () => {
    rmSync(join(root, 'plugin.js'));
    symlinkSync('/dev/zero', join(root, 'plugin.js'));
    expect((await ask('/plugins/0.js')).status).toBe(404);
    rmSync(join(root, 'plugin.js'));
    writeFileSync(join(root, 'plugin.js'), 'export default {}');
    expect((await ask('/plugins/0.js')).status).toBe(200);
  });

  it('refuses names of other sites that are made to point to it', async () => {
    expect((await ask('/', { host: 'example.org' })).status).toBe(403);
    expect((await ask('/', { host: '127.0.0.1.example.org' })).status).toBe(403);
    expect((await ask('/', { host: 'localhost:4747' })).status).toBe(200);
  });

  it('lets the page run its own scripts only, and the worker compile WebAssembly', async () => {
    const page = String((await ask('/')).headers['content-security-policy']);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("script-src 'self';");
    expect(page).not.toMatch(/unsafe|https?:/);
    const worker = String((await ask('/assets/worker-1a.js')).headers['content-security-policy']);
    expect(worker).toContain("script-src 'self' 'wasm-unsafe-eval'");
  });
});

it('goes on when a file that it served is gone', async () => {
  expect((await ask('/plugins/0.js')).status).toBe(200);
  rmSync(join(root, 'plugin.js'));
  expect((await ask('/plugins/0.js')).status).toBe(404);
  expect((await ask('/')).status).toBe(200);
});
