/** A line without what differs between machines: spacing, seconds, rounding noise (1.2e-14). */
const comparable = (line: string): string =>
  line
    .replace(/\d+(?:\.\d+)? s\b/g, 'seconds')
    .replaceAll('< 1e-12', '0')
    .split(/\s+/)
    .map((word) => (/^\d(?:\.\d+)?e-1\d,?$/.test(word) || /^0,?$/.test(word) ? '~0' : word))
    .join(' ')
    .trim();

/** Whether a line shown is the line printed. `…` at its end stands for the rest of a long one. */
const isShown = (shown: string, printed: string): boolean => {
  const [short, long] = [comparable(shown), comparable(printed)];
  return short === long || (short.endsWith('…') && long.startsWith(short.slice(0, -1).trimEnd()));
};

/**
 * Throws unless the lines of an excerpt stand in the text in their order, next to each other where there is no `…`.
 * A line `…` stands for any number of lines that are left out.
 */
export const requireExcerpt = (excerpt: readonly string[], text: string): void => {
  const lines = text.split('\n');
  let at = 0;
  let isGap = false;
  for (const shown of excerpt) {
    if (shown.trim() === '…') {
      isGap = true;
      continue;
    }
    const found = lines.findIndex((line, i) => i >= at && (isGap || i === at) && isShown(shown, line));
    if (found < 0) throw new Error(`not printed, or not here: ${shown}\nprinted:\n${text}`);
    at = found + 1;
    isGap = false;
  }
};
