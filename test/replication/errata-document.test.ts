import { readFile } from 'node:fs/promises';
import { createRegistry, solveStudy, standardPlugin } from '@menusmith/app';
import { errataDocument, replicate, uniformSymmetricStudy } from '@menusmith/replication';
import { expect, it } from 'vitest';

it('docs/errata.md is what `menusmith replicate --errata` prints', async () => {
  const registry = createRegistry([standardPlugin]);
  const clock = () => performance.now() / 1000;
  const rows = replicate((ρ, c, contract) =>
    solveStudy(uniformSymmetricStudy(ρ, c, contract, registry), { clock }),
  );
  const file = new URL('../../docs/errata.md', import.meta.url);
  expect(errataDocument(rows)).toBe(await readFile(file, 'utf8'));
});
