import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { type FileAccess, LocatedInputError, openStudy, type Registry } from '@menusmith/app';
import { InputError, limits, requireWithin } from '@menusmith/core';
import { type CommonOptions, type ExitCode, type Output, registryFor } from '../command-context.ts';
import { ownFolder } from '../own-folder.ts';
import { pageServer } from '../page-server.ts';
import { unsupervised } from '../supervision/supervisor.ts';

export interface ExploreOptions extends CommonOptions {
  readonly port?: number;
}

/** Asked for first, so that the address stays the same from day to day. */
const usualPort = 4747;

/** `menusmith explore [STUDY]`: serves the explorer on 127.0.0.1 until Ctrl-C. */
export const exploreCommand = async (
  file: string | undefined,
  { port, plugin = [], allowFiles }: ExploreOptions,
  output: Output,
): Promise<ExitCode> => {
  const folder = pageFolder();
  // Plugins are checked here, and then loaded by the page's worker.
  const registry = await registryFor({ plugin });
  const hash = file === undefined ? '' : await studyAddress(file, registry, { allowFiles });
  const server = pageServer(folder, plugin);
  const address = await listening(server, port);
  output.stdout.write(`The explorer is at http://127.0.0.1:${address.port}/${hash}\n`);
  output.stderr.write('Everything is computed in the browser. Ctrl-C ends it.\n');
  await (output.supervisor ?? unsupervised).stopped();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return 0;
};

/** Where the built page is. */
export const pageFolder = (): string => {
  const own = ownFolder('../page/', import.meta.url);
  const folder =
    own === undefined
      ? join(dirname(createRequire(import.meta.url).resolve('@menusmith/explorer/package.json')), 'dist/page')
      : fileURLToPath(own);
  if (!existsSync(join(folder, 'index.html'))) {
    throw new InputError('not-built', 'the explorer is not built yet; `npm run build` builds it');
  }
  return folder;
};

/** The page opens on a study whose deflated text stands behind #; it is checked first. */
const studyAddress = async (file: string, registry: Registry, access: FileAccess): Promise<string> => {
  const { text } = await openStudy(file, registry, access);
  const address = `#study=${deflateRawSync(text).toString('base64url')}`;
  try {
    requireWithin(
      limits.address,
      address.length,
      [],
      '; the page without a study has a button that opens one',
    );
    return address;
  } catch (error) {
    throw error instanceof InputError ? new LocatedInputError(error, file) : error;
  }
};

/** Only this machine can reach it. */
const listening = (server: Server, port: number | undefined): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server.address() as AddressInfo));
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (port === undefined && error.code === 'EADDRINUSE') server.listen(0, '127.0.0.1');
      else if (error.code === 'EADDRINUSE' || error.code === 'EACCES')
        reject(
          new InputError(
            'port',
            `port ${port} cannot be had (${error.code}); without --port a free one is taken`,
          ),
        );
      else reject(error);
    });
    server.listen(port ?? usualPort, '127.0.0.1');
  });
