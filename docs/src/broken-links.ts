import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What a page of the built site refers to, and the places on it that others can refer to. */
const referencesIn = (
  html: string,
): { readonly to: readonly string[]; readonly places: ReadonlySet<string> } => ({
  to: [...html.matchAll(/<(?:a|img|link|script)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, to]) =>
    to!.replaceAll('&amp;', '&'),
  ),
  places: new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!)),
});

/**
 * References of a built site that lead nowhere, `page: reference` each: to a file that is not there, to a place that its page does not have, or to what a page
 * would load from another server. `base` is the address of the site on its server, `/` or `/NAME/`.
 */
export const brokenLinks = (folder: string, base: string): readonly string[] => {
  const pages = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file.replaceAll('\\', '/'), referencesIn(readFileSync(join(folder, file), 'utf8'))]),
  );
  const leadsNowhere = (from: string, reference: string): boolean => {
    if (/^(https?:|mailto:|data:)/.test(reference)) return false;
    const [address = '', place] = reference.split('#');
    const inside = decodeURI(address.startsWith(base) ? address.slice(base.length) : '');
    const file =
      address === '' ? from : inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
    if (address !== '' && !address.startsWith(base) && address.startsWith('/')) return true;
    const path = posix.normalize(file);
    if (!existsSync(join(folder, path)) || !statSync(join(folder, path)).isFile()) return true;
    return (
      place !== undefined && place !== '' && pages.get(path)?.places.has(decodeURIComponent(place)) === false
    );
  };
  return [...pages]
    .filter(([page]) => page !== '404.html')
    .flatMap(([page, { to }]) =>
      [...new Set(to)]
        .filter((reference) => leadsNowhere(page, reference))
        .map((reference) => `${page}: ${reference}`),
    );
};
