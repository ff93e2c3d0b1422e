import { escapeHtml } from '../report/escape-html.ts';
import type { Provenance } from './provenance.ts';

/* How each kind of file says by what it was made. Wherever a machine reads it, it is `provenance: ` and the JSON of it, on one line. */

/** `provenance: { … }`, on one line of characters that every kind of file takes. */
export const provenanceText = (provenance: Provenance): string =>
  // An end of a comment, a sign that opens an element, and what breaks a line stand as escapes, which JSON takes for the same text.
  `provenance: ${JSON.stringify(provenance).replace(/[<>\u2028\u2029]|[^\x20-\x7e]/g, escaped)}`;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The comment that stands on the first line of a file with this ending; undefined of one that has no comments. */
const comments: Readonly<Record<string, (text: string) => string>> = {
  csv: (text) => `# ${text}`,
  yaml: (text) => `# ${text}`,
  tex: (text) => `% ${text}`,
  md: (text) => `<!-- ${text} -->`,
};

/** The line of comment on top of a CSV, YAML, LaTeX or Markdown file, without its end. */
export const provenanceComment = (ending: 'csv' | 'yaml' | 'tex' | 'md', provenance: Provenance): string =>
  comments[ending]!(provenanceText(provenance));

/** The text of a file of this name, which says by what it was made. A name whose ending is none of those here is a fault of the program. */
export const markedText = (name: string, text: string, provenance: Provenance): string => {
  const ending = endingOf(name);
  if (Object.hasOwn(comments, ending))
    return `${comments[ending]!(provenanceText(provenance))}${lineEnd(text)}${text}`;
  if (ending === 'svg')
    return replacedOnce(
      text,
      /<svg\b[^>]*>/,
      (tag) => `${tag}<metadata>${escapeHtml(provenanceText(provenance))}</metadata>`,
    );
  if (ending === 'html') return replacedOnce(text, '</main>', (tag) => `${footLine(provenance)}\n${tag}`);
  throw new Error(`no provenance can be written into ${name}`);
};

export const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

/** As the text's own lines end. */
const lineEnd = (text: string): string => (/\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n');

const replacedOnce = (text: string, what: string | RegExp, by: (found: string) => string): string => {
  const marked = text.replace(what, by);
  if (marked === text) throw new Error(`no ${what} to write provenance at`);
  return marked;
};

/** For people, at the foot of a page; for machines, as data. */
const footLine = (provenance: Provenance): string => {
  const { menusmith, node, study, set, files, plugins, seed } = provenance;
  const hash = (of: string | null): string => (of === null ? '' : ` <code>${of}</code>`);
  const named = (hashes: Readonly<Record<string, string | null>>): readonly string[] =>
    Object.entries(hashes).map(([name, of]) => `${escapeHtml(name)}${hash(of)}`);
  const parts = [
    `Made by menusmith ${menusmith}${node === null ? '' : ` on Node ${node.replace(/^v/, '')}`}`,
    ...(study === null ? [] : [`study${hash(study)}`]),
    ...(set.length === 0 ? [] : [`with ${set.map((one) => `<code>${escapeHtml(one)}</code>`).join(', ')}`]),
    ...named(files),
    ...named(plugins).map((words) => `plugin ${words}`),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
  ];
  return `<footer class="provenance" data-provenance="${escapeHtml(provenanceText(provenance))}">
<p>${parts.join('; ')}. Hexadecimal numbers are SHA-256 hashes.</p>
</footer>`;
};
