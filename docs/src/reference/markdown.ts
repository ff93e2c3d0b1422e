/** Text as it stands in a paragraph: what Markdown or a page would take for more than text is written so that it is text. */
export const plainText = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`')
        ? part
        : part
            .replaceAll('<', '&lt;')
            .replace(/\*/g, '\\*')
            .replace(/(?<!\w)_|_(?!\w)/g, '\\_'),
    )
    .join('');

export const code = (text: string): string => `\`${text}\``;

/** Cells as they are, but that they stay in one line and in their column. */
const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** With a capital at its beginning and a full stop at its end, as a sentence in a table of fragments. */
export const sentence = (text: string): string => {
  // A symbol stays as it is.
  const begun =
    /^\p{L}[:,. ]/u.test(text) && !text.startsWith('a ')
      ? text
      : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.:!?]$/.test(begun) || begun === '' ? begun : `${begun}.`;
};

interface PageHead {
  readonly title: string;
  readonly order: number;
  /** The command or file of which the page is made: for whoever would change it. */
  readonly madeFrom: string;
}

/** A page of the reference: its parts with a line between them, under a head that says where its text comes from. */
export const page = ({ title, order, madeFrom }: PageHead, ...parts: readonly string[]): string =>
  `${[
    `---\ntitle: ${title}\norder: ${order}\n---`,
    `<!-- Written by \`npm run docs:reference\` from ${madeFrom}: change it there. -->`,
    `# ${title}`,
    ...parts,
  ].join('\n\n')}\n`;
