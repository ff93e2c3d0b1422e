import { relative } from 'node:path';
import type { MarkdownOptions } from 'vitepress';
import { siteLink } from '../src/site-links.ts';
import { repository } from '../src/site-pages.ts';

type MarkdownRenderer = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/**
 * Makes links of the repository links of the site: pages are written so that their links work on a forge, too. A link to nothing is recorded in `dead`,
 * and a file that the site must have beside its pages in `files`.
 */
export const repositoryLinks =
  (pages: ReadonlyMap<string, string>, files: Set<string>, dead: Set<string>) =>
  (md: MarkdownRenderer): void => {
    md.core.ruler.push('repository-links', ({ tokens, env }) => {
      const file: string | undefined = env.realPath ?? env.path;
      // A title that is looked at by itself has no file.
      if (file === undefined) return;
      const from = relative(repository, file).replaceAll('\\', '/');
      for (const { children } of tokens) {
        let plain = false;
        for (const token of children ?? []) {
          if (token.type === 'link_close' && plain) {
            token.tag = 'span';
            plain = false;
          }
          if (token.type !== 'link_open') continue;
          const href = token.attrGet('href') ?? '';
          const link = siteLink(href, from, pages);
          if (link.kind === 'dead') dead.add(`${from}: ${href}`);
          if (link.kind === 'file') files.add(link.file);
          if (link.kind === 'page') token.attrSet('href', link.href);
          if (link.kind === 'file') {
            token.attrSet('href', link.href);
            token.attrSet('target', '_self');
          }
          if (link.kind === 'in-repository') {
            plain = true;
            token.type = 'repository_open';
            token.tag = 'span';
            token.attrs = [['title', `${href}, in the repository`]];
          }
        }
      }
    });
  };
