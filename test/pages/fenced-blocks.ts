/** A fenced block of a page of Markdown. */
export interface Block {
  readonly language: string;
  /** What stands behind the language: a file, mostly. */
  readonly info: string;
  readonly text: string;
  /** The line of its first fence, from 1. */
  readonly line: number;
  /** Why no test runs it, where a comment above it says so: `<!-- not run: WHY -->`. */
  readonly notRun: string | undefined;
}

/** A fence may be indented, as in a list, and have more than three marks. */
const opening = /^( *)(`{3,}|~{3,}) *([^\s`]*) *(.*?) *$/;

/** All fenced blocks of a page, in their order. Throws where one is not closed, as all behind it would then escape. */
export const fencedBlocks = (page: string): readonly Block[] => {
  const lines = page.split('\n');
  const blocks: Block[] = [];
  let above = '';
  for (let at = 0; at < lines.length; at++) {
    const fence = opening.exec(lines[at]!);
    if (fence === null) {
      if (lines[at]!.trim() !== '') above = lines[at]!;
      continue;
    }
    const [, indent, marks, language, info] = fence;
    const end = lines.findIndex((line, i) => i > at && line.trim() === marks);
    if (end < 0) throw new Error(`line ${at + 1}: a fenced block without an end`);
    const text = lines
      .slice(at + 1, end)
      .map((line) => `${line.startsWith(indent!) ? line.slice(indent!.length) : line.trimStart()}\n`)
      .join('');
    const notRun = /^\s*<!-- not run: (.+) -->$/.exec(above)?.[1];
    blocks.push({ language: language!, info: info!, text, line: at + 1, notRun });
    above = '';
    at = end;
  }
  return blocks;
};
