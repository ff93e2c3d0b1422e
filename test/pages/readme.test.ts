/* What README.md and CONTRIBUTING.md must say beside what its blocks do, which pages.test.ts runs. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain } from '../cli/run-main.ts';
import { fencedBlocks } from './fenced-blocks.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll('\r\n', '\n');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

describe('README.md', () => {
  it('gives the two set-up lines, each as a code line of its own', () => {
    const setUp = fencedBlocks(readme).filter(({ language }) => language === 'sh');
    expect(setUp.slice(0, 2).map(({ text }) => text)).toEqual([
      'npm ci && npm start\n',
      'npm ci && npm test\n',
    ]);
  });

  it('is one screen', () => {
    expect(readme.split('\n').length).toBeLessThan(70);
  });

  it('has the picture that `npm run picture` makes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'menusmith-'));
    await runMain('solve', join(root, 'examples/example-1-packages.yaml'), '--out', folder);
    const drawn = (file: string): string =>
      readFileSync(file, 'utf8').replaceAll(/<!--.*?-->|<metadata>.*?<\/metadata>/gs, '');
    expect(readme).toContain('](examples/example-1-tariff.svg)');
    expect(drawn(join(root, 'examples/example-1-tariff.svg'))).toBe(drawn(join(folder, 'tariff.svg')));
  });
});

describe('CONTRIBUTING.md', () => {
  it('says of every dependency why it is there', () => {
    const manifests = [
      '',
      'packages/core',
      'packages/app',
      'packages/replication',
      'packages/verify',
      'packages/cli',
      'packages/menusmith',
      'packages/explorer',
      'plugins',
    ].map((folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest);
    const names = manifests.flatMap(({ dependencies = {}, devDependencies = {} }) =>
      Object.keys({ ...dependencies, ...devDependencies }),
    );
    const table = /^## Dependencies\n[\s\S]*?^## /m.exec(
      readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'),
    )![0];
    const listed = table.replace(/`([^`]+)-(\w+)`((?:, `…-\w+`)+)/g, (all, stem: string) =>
      all.replaceAll('…', stem),
    );
    const own = (name: string) => name.startsWith('@menusmith/');
    for (const name of names.filter((each) => !own(each))) expect(listed).toContain(`\`${name}\``);
  });
});
