import type { LineCounter, YAMLError } from 'yaml';
import { Composer, Document, Parser } from 'yaml';

/** Errors after which a text is read no further. */
const MOST_ERRORS = 100;

/** Something that is wrong in a text, and its offset. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly at: number;
}

/**
 * The document in a text of YAML 1.2, and the first thing in it that is wrong. A warning is wrong, too: a tag that the library does not know, so that the
 * data would not be what the author meant.
 *
 * As the library's `parseDocument`, but for the end at many errors: that gathers one for every letter where all are wrong, each with a trace of the stack.
 */
export const yamlDocument = (
  text: string,
  lines: LineCounter,
): { readonly document: Document; readonly problem: YamlProblem | undefined } => {
  // Whether keys are unique the library finds out in quadratic time.
  const composer = new Composer({ version: '1.2', uniqueKeys: false, logLevel: 'error' });
  stopAtManyErrors(composer);
  try {
    const [document, second] = composer.compose(new Parser(lines.addNewLine).parse(text), true, text.length);
    const problem = first([...document!.errors, ...document!.warnings]);
    const message = 'expected one document, got a second one';
    return {
      document: document as Document,
      problem: problem ?? (second && { code: 'MULTIPLE_DOCS', message, at: second.range[0] }),
    };
  } catch (error) {
    if (!(error instanceof ManyErrors)) throw error;
    const { errors, warnings } = composer.streamInfo();
    return { document: new Document(), problem: first([...errors, ...warnings]) };
  }
};

class ManyErrors extends Error {}

/** The library has no option for it: an error is told to a function of the composer's own. */
const stopAtManyErrors = (composer: Composer): void => {
  const own = composer as unknown as { onError: (...error: readonly unknown[]) => void };
  const tell = own.onError;
  let count = 0;
  own.onError = (...error) => {
    // The library catches what is thrown here, tells it as an error of what is around, and so comes here again.
    if (++count > MOST_ERRORS) throw new ManyErrors();
    tell(...error);
  };
};

const first = (problems: readonly YAMLError[]): YamlProblem | undefined => {
  const [problem] = problems.toSorted((a, b) => a.pos[0] - b.pos[0]);
  return problem && { code: problem.code, message: problem.message, at: problem.pos[0] };
};
