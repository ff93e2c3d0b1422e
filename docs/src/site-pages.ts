import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The root of the repository, seen from docs/src and from docs/dist/src. */
export const repository = join(
  import.meta.dirname,
  import.meta.dirname.endsWith('dist/src') ? '../../..' : '../..',
);

/** A part of the site: a folder of docs, whose pages are listed beside every page. */
interface Part {
  readonly title: string;
  readonly folder: string;
}

const parts: readonly Part[] = [
  { title: 'Tutorial', folder: 'tutorial' },
  { title: 'How-to', folder: 'how-to' },
  { title: 'Reference', folder: 'reference' },
  { title: 'Explanation', folder: 'explanation' },
];

/** Pages that belong to the reference and stand elsewhere: file in the repository, title, address on the site. */
const referencePages: readonly (readonly [file: string, title: string, address: string])[] = [
  ['docs/LIMITS.md', 'Limits', 'reference/limits.md'],
  ['packages/core/NOTATION.md', 'Notation', 'reference/notation.md'],
];

/** Documents about the project itself, in the order in which they are listed: file in the repository, title, address on the site. */
const projectPages: readonly (readonly [file: string, title: string, address: string])[] = [
  ['CHANGELOG.md', 'Changelog', 'project/changelog.md'],
  ['docs/errata.md', 'Errata of the paper', 'project/errata.md'],
  ['benchmarks/RESULTS.md', 'Benchmarks', 'project/benchmarks.md'],
  ['docs/ARCHITECTURE.md', 'Architecture', 'project/architecture.md'],
  ['docs/ADDING.md', 'Adding a kind or a term', 'project/adding.md'],
  ['CONTRIBUTING.md', 'Contributing', 'project/contributing.md'],
  ['SECURITY.md', 'Security', 'project/security.md'],
  ['README.md', 'Readme', 'project/readme.md'],
];

const markdownIn = (folder: string): readonly string[] =>
  existsSync(join(repository, folder))
    ? readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md'))
        .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
        .sort()
    : [];

/** Address on the site of every page, by its file in the repository; both end in `.md`. */
export const sitePages = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/index.md', 'index.md'],
    ...[...parts.map(({ folder }) => folder), 'api']
      .flatMap((folder) => markdownIn(`docs/${folder}`))
      .map((file) => [file, file.slice('docs/'.length)] as const),
    ...[...referencePages, ...projectPages].map(([file, , address]) => [file, address] as const),
  ]);

/** What a page says of itself: `title` and `order` of its front matter, else its first heading and no order. */
const describePage = (file: string): { readonly title: string; readonly order: number } => {
  const text = readFileSync(join(repository, file), 'utf8');
  const front: { readonly title?: unknown; readonly order?: unknown } =
    parse(/^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '{}') ?? {};
  const heading = /^# (.+)$/m.exec(text)?.[1];
  return {
    title: typeof front.title === 'string' ? front.title : (heading ?? file),
    order: typeof front.order === 'number' ? front.order : Number.POSITIVE_INFINITY,
  };
};

interface SidebarGroup {
  readonly text: string;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

const linkTo = (address: string): string => `/${address.replace(/(^|\/)index\.md$|\.md$/, '$1')}`;

/** Pages of the API, which TypeDoc writes: the page of all names, and the functions. Nothing where they are not there. */
const apiGroup = (): readonly SidebarGroup[] => {
  const functions = markdownIn('docs/api/functions').map((file) => {
    const page = file.slice('docs/'.length);
    return { text: page.slice('api/functions/'.length, -'.md'.length), link: linkTo(page) };
  });
  const all = { text: 'All names', link: linkTo('api/index.md') };
  return functions.length === 0 ? [] : [{ text: 'API', items: [all, ...functions] }];
};

/** The list of pages beside every page: a group for each part, its pages by their order and then by their title. */
export const sidebar = (): readonly SidebarGroup[] => {
  const linksTo = (pages: typeof projectPages) =>
    pages.map(([, text, address]) => ({ text, link: linkTo(address) }));
  const groups = parts.map(({ title, folder }) => ({
    text: title,
    items: markdownIn(`docs/${folder}`)
      .map((file) => ({ file, ...describePage(file) }))
      .sort((a, b) => (a.order === b.order ? a.title.localeCompare(b.title, 'en') : a.order - b.order))
      .map(({ file, title }) => ({ text: title, link: linkTo(file.slice('docs/'.length)) }))
      .concat(folder === 'reference' ? linksTo(referencePages) : []),
  }));
  const project = { text: 'Project', items: linksTo(projectPages) };
  const [reference, explanation] = [groups.slice(0, 3), groups.slice(3)].map((some) =>
    some.filter(({ items }) => items.length > 0),
  );
  return [...reference!, ...apiGroup(), ...explanation!, project];
};
