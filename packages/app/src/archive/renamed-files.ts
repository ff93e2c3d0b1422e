import { isPair, isScalar, parseDocument, visit } from 'yaml';
import { withoutMark } from '../study/json-data.ts';

/** Fields of a study that name files. */
const NAMING: ReadonlySet<unknown> = new Set(['file', 'menu']);

/** The text of a study in which files have other names: those of `names`, by the names that it has for them. All else stays as it is, comments too. */
export const renamedFiles = (text: string, names: ReadonlyMap<string, string>): string => {
  const document = parseDocument(withoutMark(text), { version: '1.2', keepSourceTokens: true });
  visit(document, {
    Pair(_, pair) {
      if (!isPair(pair) || !isScalar(pair.key) || !NAMING.has(pair.key.value) || !isScalar(pair.value))
        return;
      const other = names.get(String(pair.value.value));
      if (other !== undefined) pair.value.value = other;
    },
  });
  return document.toString({ lineWidth: 0 });
};
