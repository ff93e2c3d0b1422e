/* A document of YAML or JSON as generators make it, before it is a text. */

/** A text as it is, for what no value stands for: `.nan`, `1e999`, `*alias`. */
export interface Raw {
  readonly raw: string;
}
export type Tree = null | boolean | number | string | Raw | readonly Tree[] | TreeMap;
export interface TreeMap {
  readonly [key: string]: Tree;
}

const isRaw = (tree: Tree): tree is Raw =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree) && Object.hasOwn(tree, 'raw');

export const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);

export const isTreeMap = (tree: Tree): tree is TreeMap =>
  typeof tree === 'object' && tree !== null && !isList(tree) && !isRaw(tree);

/** In the notation of JSON, which YAML has too. */
export const flowText = (tree: Tree): string => {
  if (isRaw(tree)) return tree.raw;
  if (isList(tree)) return `[${tree.map(flowText).join(', ')}]`;
  if (isTreeMap(tree)) {
    const fields = Object.entries(tree).map(([key, value]) => `${JSON.stringify(key)}: ${flowText(value)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return Object.is(tree, -0) ? '-0' : JSON.stringify(tree);
};

/** Maps of the first `depth` levels in lines, as people write YAML. */
export const blockText = (tree: Tree, depth = 2, indent = ''): string => {
  if (!isTreeMap(tree) || depth === 0 || Object.keys(tree).length === 0)
    return `${indent === '' ? '' : ' '}${flowText(tree)}\n`;
  const lines = Object.entries(tree).map(
    ([key, value]) => `${indent}${plainKey(key)}:${blockText(value, depth - 1, `${indent}  `)}`,
  );
  return `${indent === '' ? '' : '\n'}${lines.join('')}`;
};

const plainKey = (key: string): string => (/^[a-z]\w*$/i.test(key) ? key : JSON.stringify(key));
