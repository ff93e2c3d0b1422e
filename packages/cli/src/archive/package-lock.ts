import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../version.ts';

/** What is known of an installed package, as package-lock.json has it. */
interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly optional?: true;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** package.json of an archive: the program, in the version that made it. */
export const archivePackage = (name: string): object => ({
  name,
  version: '1.0.0',
  private: true,
  type: 'module',
  scripts: { start: 'node run.js' },
  dependencies: { menusmith: version },
});

/** package-lock.json beside it: the versions of the program and of what it loads as they are installed here, with the hashes that npm has noted; it says of no registry. */
export const archiveLock = (name: string): object => {
  const { dependencies } = archivePackage(name) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const packages: Record<string, object> = { '': { name, version: '1.0.0', dependencies } };
  const own = ownManifest();
  packages['node_modules/menusmith'] = lockedOf('menusmith', { ...own, version });
  const waiting = namesOf(own);
  for (const [wanted, isOptional] of waiting) {
    const key = `node_modules/${wanted}`;
    if (key in packages) continue;
    const manifest = installed(wanted);
    // An optional package for another system is not there.
    if (manifest === undefined) continue;
    packages[key] = { ...lockedOf(wanted, manifest), ...(isOptional ? { optional: true } : {}) };
    waiting.push(...namesOf(manifest).map(([each, isLess]) => [each, isOptional || isLess] as const));
  }
  return { name, version: '1.0.0', lockfileVersion: 3, requires: true, packages };
};

type Manifest = Pick<Locked, 'version' | 'dependencies' | 'optionalDependencies'>;

const namesOf = ({ dependencies = {}, optionalDependencies = {} }: Manifest) => [
  ...Object.keys(dependencies).map((name) => [name, false] as const),
  ...Object.keys(optionalDependencies).map((name) => [name, true] as const),
];

const lockedOf = (name: string, { version: its, dependencies, optionalDependencies }: Manifest): Locked => {
  const integrity = noted()[`node_modules/${name}`]?.integrity;
  return {
    version: its,
    ...(integrity === undefined ? {} : { integrity }),
    ...(dependencies === undefined ? {} : { dependencies }),
    ...(optionalDependencies === undefined ? {} : { optionalDependencies }),
  };
};

const { resolve } = createRequire(import.meta.url);

/** The manifest of a package that the program loads; undefined of one that is not there. */
const installed = (name: string): Manifest | undefined => {
  try {
    let folder = dirname(resolve(name));
    // A package need not let others read its package.json by name.
    for (;;) {
      const path = join(folder, 'package.json');
      const found = existsSync(path) ? manifestAt(path) : undefined;
      if (found?.name === name) return found;
      if (dirname(folder) === folder) return undefined;
      folder = dirname(folder);
    }
  } catch {
    return undefined;
  }
};

const manifestAt = (path: string) =>
  JSON.parse(readFileSync(path, 'utf8')) as Manifest & { readonly name?: string };

/** Of the published package, or of the repository: what that package asks for. */
const ownManifest = (): Manifest => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    for (const path of [
      join(folder, 'package.json'),
      join(folder, 'packages', 'menusmith', 'package.json'),
    ]) {
      const found = existsSync(path) ? manifestAt(path) : undefined;
      if (found?.name === 'menusmith') return found;
    }
    if (dirname(folder) === folder) return { version };
  }
};

/** What npm has written down of its last installation. */
const noted = (): Readonly<Record<string, Partial<Locked>>> => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', '.package-lock.json');
    if (existsSync(path))
      return (JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Partial<Locked>> })
        .packages;
    if (dirname(folder) === folder) return {};
  }
};
