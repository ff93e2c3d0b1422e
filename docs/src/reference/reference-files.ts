import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRegistry,
  menuJsonSchema,
  registryKinds,
  standardPlugin,
  studyJsonSchema,
} from '@menusmith/app';
import { repository } from '../site-pages.ts';
import { commandsPage } from './commands-page.ts';
import { densityPicture } from './density-picture.ts';
import { drawnDensities } from './drawn-densities.ts';
import { entryPage, kindPages } from './entry-pages.ts';
import { menuPage } from './menu-page.ts';
import { resultsPage } from './results-page.ts';
import { studyPage } from './study-page.ts';
import { tablesPage } from './tables-page.ts';

/** A file that a page shows, as it stands in the repository. */
const shown = (file: string): string => readFileSync(join(repository, file), 'utf8');

const labelOf = (parameters: object): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} = ${Array.isArray(value) ? `[${value.join(', ')}]` : value}`)
    .join(', ');

/** Every file of docs/reference that is made from declarations, by its path in that folder. */
export const referenceFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const registry = createRegistry([standardPlugin]);
  const files = new Map<string, string>();
  for (const entry of registry.distributions.list()) {
    const drawn = drawnDensities[entry.name]!.map(({ label, parameters }) => ({
      label: label ?? labelOf(parameters),
      parameters,
    }));
    files.set(`pictures/density-${entry.name}.svg`, `${await densityPicture(entry, drawn)}\n`);
  }
  for (const kind of registryKinds) {
    const pictureOf = (name: string): string | undefined =>
      kind === 'distributions' ? `![Densities of ${name}](pictures/density-${name}.svg)` : undefined;
    files.set(`${kindPages[kind].file}.md`, entryPage(kind, registry, pictureOf));
  }
  files.set('commands.md', commandsPage());
  // What its comments say is said by the page.
  const study = shown('examples/example-1-allocations.yaml').replace(/^#.*\n/gm, '');
  files.set('study-file.md', studyPage(studyJsonSchema(registry), study));
  files.set('results.md', resultsPage());
  files.set('menu-file.md', menuPage(menuJsonSchema(), shown('examples/plans.json')));
  files.set('tables.md', tablesPage());
  return files;
};
