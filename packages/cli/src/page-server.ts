import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { limits } from '@menusmith/core';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** The page's own scripts and nothing else: no eval, no other site, no frame around it. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A worker has a policy of its own: solvers may compile WebAssembly there. */
const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/**
 * A server of the files of one folder, for 127.0.0.1. Only files that were there at the start are served, each at its exact address: there is no
 * path to walk, and no list to see. `plugins` are modules that the page's worker loads as well; each is one file that imports nothing.
 */
export const pageServer = (folder: string, plugins: readonly string[] = []): Server => {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length).split(sep).join('/'), path] as const;
      }),
  );
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  plugins.forEach((path, k) => {
    files.set(`/plugins/${k}.js`, path);
  });
  return createServer((request, response) => answer({ files, plugins }, request, response));
};

interface Served {
  /** By address. */
  readonly files: ReadonlyMap<string, string>;
  readonly plugins: readonly string[];
}

const answer = ({ files, plugins }: Served, request: IncomingMessage, response: ServerResponse): void => {
  const address = (request.url ?? '').replace(/[?#].*$/s, '');
  const path = files.get(address);
  const refusal = refusalOf(request, path);
  // A file that was there at the start may be gone by now.
  const content = refusal !== undefined || path === undefined ? undefined : contentOf(path);
  if (content === undefined) {
    refuse(response, refusal ?? 404);
    return;
  }
  const isAsset = address.startsWith('/assets/');
  response.writeHead(200, {
    ...safety,
    'Content-Type': types[extname(path!)] ?? 'application/octet-stream',
    'Content-Security-Policy': /^\/assets\/worker-/.test(address) ? workerPolicy : pagePolicy,
    // An asset's name changes with its content.
    'Cache-Control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  const isPage = path === files.get('/') && plugins.length > 0;
  response.end(
    request.method === 'HEAD' ? undefined : isPage ? withPlugins(String(content), plugins.length) : content,
  );
};

/** Undefined where the file cannot be read any more, or another thing has come into its place: a device has no end, and a pipe holds the server. */
const contentOf = (path: string): Buffer | undefined => {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= MOST_BYTES ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
};

/** No file of the page is larger, and no plugin may be. */
const MOST_BYTES = Math.max(20_000_000, limits.pluginBytes.most);

/** The page learns from its head how many plugins there are. */
const withPlugins = (page: string, count: number): string =>
  page.replace('</head>', `<meta name="plugins" content="${count}" /></head>`);

const refusalOf = (
  { method, headers }: IncomingMessage,
  path: string | undefined,
): keyof typeof refusals | undefined => {
  // Another site's name that is made to point here is not asking for this page.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) return 403;
  if (method !== 'GET' && method !== 'HEAD') return 405;
  return path === undefined ? 404 : undefined;
};

const safety = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const refusals = {
  403: 'This page is for 127.0.0.1 alone.',
  404: 'There is nothing here.',
  405: 'Only GET and HEAD are answered.',
} as const;

const refuse = (response: ServerResponse, status: keyof typeof refusals): void => {
  response.writeHead(status, {
    ...safety,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
  });
  response.end(`${refusals[status]}\n`);
};
