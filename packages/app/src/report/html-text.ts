import { escapeHtml } from './escape-html.ts';

/** Each text as a paragraph. */
export const paragraphs = (texts: readonly string[]): string =>
  texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n');

/** A table that scrolls by itself where the page is narrow; the first text column heads its rows. */
export const table = (
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  kind: string,
): string => {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, k) =>
        k === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td>${escapeHtml(cell)}</td>`,
      )
      .join('');
  return [
    `<div class="scroll" role="region" aria-label="${escapeHtml(caption)}" tabindex="0">`,
    `<table class="${kind}" style="--columns: ${head.length}">`,
    `<caption><span>${escapeHtml(caption)}</span></caption>`,
    `<thead><tr>${head.map((text) => (text === '' ? '<td></td>' : `<th scope="col">${escapeHtml(text)}</th>`)).join('')}</tr></thead>`,
    `<tbody>\n${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}\n</tbody>`,
    '</table>',
    '</div>',
  ].join('\n');
};
