import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitepress';
import { brokenLinks } from '../src/broken-links.ts';
import { repository, sidebar, sitePages } from '../src/site-pages.ts';
import { repositoryLinks } from './repository-links.ts';

const pages = sitePages();
const files = new Set<string>();
const dead = new Set<string>();

export default defineConfig({
  title: 'Menusmith',
  description: 'Optimal menus when buyers hide their types, with a certificate.',
  lang: 'en',
  // No icon is asked for.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  // Pages stand in several folders of the repository; what is no page is left out.
  srcDir: '..',
  srcExclude: ['{benchmarks,clients,examples,packages,plugins,schemas,test}/**/!(RESULTS|NOTATION).md'],
  rewrites: Object.fromEntries(pages),
  cleanUrls: false,
  lastUpdated: false,
  // Braces are mathematics, not attributes.
  markdown: {
    attrs: { disable: true },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
    config: repositoryLinks(pages, files, dead),
  },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: sidebar().map(({ text, items }) => ({ text, items: [...items] })),
    outline: [2, 3],
    nav: [],
  },
  buildEnd({ outDir, site }) {
    for (const file of files) {
      const copy = join(outDir, 'files', file);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(repository, file), copy);
    }
    const broken = [...dead, ...brokenLinks(outDir, site.base)];
    if (broken.length > 0) throw new Error(`links that lead nowhere:\n  ${broken.join('\n  ')}`);
  },
});
