const widest = 78;

/** A sentence broken at words, but not before a per cent sign; two spaces in from the left. */
export const paragraph = (text: string): string => {
  const lines: string[] = [];
  let line = ' ';
  for (const word of text.split(/ (?!%)/)) {
    if (line !== ' ' && line.length + word.length + 1 > widest) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${word}`;
  }
  return `${[...lines, line].join('\n')}\n`;
};
