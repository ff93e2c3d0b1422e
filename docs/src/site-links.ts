import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { repository } from './site-pages.ts';

/** Files that a reader can take from the site as they are: what browsers show as text, data or a picture. */
const TAKEN = /\.(ya?ml|json|csv|svg|png|txt|py|R|sh|js)$/;

/** Where a link of a page leads on the site. */
export type SiteLink =
  /** Another address, or a place on the page itself: left as it is. */
  | { readonly kind: 'as-is' }
  /** A page of the site. */
  | { readonly kind: 'page'; readonly href: string }
  /** A file of the repository, which the site has under `files/`. */
  | { readonly kind: 'file'; readonly href: string; readonly file: string }
  /** A place in the repository that the site does not have: shown without a link. */
  | { readonly kind: 'in-repository' }
  /** Nothing. */
  | { readonly kind: 'dead' };

/**
 * Where a link leads that is written for the repository, in which it is relative to the file it stands in.
 *
 * `from` is that file and `pages` the address on the site of every page by its file, both from the root of the repository.
 */
export const siteLink = (href: string, from: string, pages: ReadonlyMap<string, string>): SiteLink => {
  if (/^([a-z][a-z+.-]*:|\/|#)/i.test(href)) return { kind: 'as-is' };
  const [path = '', anchor] = href.split('#');
  const file = posix.join(posix.dirname(from), decodeURI(path));
  const page = pages.get(file);
  if (page !== undefined)
    return { kind: 'page', href: `/${page}${anchor === undefined ? '' : `#${anchor}`}` };
  if (file.startsWith('..') || !existsSync(join(repository, file))) return { kind: 'dead' };
  return TAKEN.test(file) && statSync(join(repository, file)).isFile()
    ? { kind: 'file', href: `/files/${file}`, file }
    : { kind: 'in-repository' };
};
