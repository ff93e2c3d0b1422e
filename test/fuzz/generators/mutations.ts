import fc from 'fast-check';
import { anyScalar, extremeNumber, hostileText } from './scalars.ts';
import { isList, isTreeMap, type Raw, type Tree } from './tree.ts';

/** A way to a part of a document. */
type Path = readonly (string | number)[];

const paths = (tree: Tree, path: Path = []): Path[] => {
  if (isList(tree)) return [path, ...tree.flatMap((child, k) => paths(child, [...path, k]))];
  if (isTreeMap(tree))
    return [path, ...Object.entries(tree).flatMap(([key, child]) => paths(child, [...path, key]))];
  return [path];
};

const at = (tree: Tree, [first, ...rest]: Path): Tree =>
  first === undefined ? tree : at((tree as Record<string | number, Tree>)[first]!, rest);

/** The tree with another part at the path; `undefined` takes the part out. */
const replaced = (tree: Tree, path: Path, change: (part: Tree) => Tree | undefined): Tree | undefined => {
  const [first, ...rest] = path;
  if (first === undefined) return change(tree);
  if (isList(tree))
    return tree.flatMap((child, k) => {
      const now = k === first ? replaced(child, rest, change) : child;
      return now === undefined ? [] : [now];
    });
  const fields = Object.entries(tree as Record<string, Tree>).flatMap(([key, child]) => {
    const now = key === first ? replaced(child, rest, change) : child;
    return now === undefined ? [] : [[key, now] as const];
  });
  return Object.fromEntries(fields);
};

type Change = (part: Tree, whole: Tree) => Tree | undefined;

const nested = (depth: number): Raw => ({ raw: '['.repeat(depth) + ']'.repeat(depth) });

const repeated = (part: Tree, count: number): Tree => {
  const list = isList(part) && part.length > 0 ? part : [part];
  return Array.from({ length: count }, (_, k) => list[k % list.length]!);
};

const withField = (part: Tree, key: string, value: Tree): Tree =>
  isTreeMap(part) ? Object.fromEntries([...Object.entries(part), [key, value]]) : part;

/** Aliases of aliases, which unfold to 10⁹ items. */
const bomb = `[&a [1,1,1,1,1,1,1,1,1,1], ${[...'bcdefghi']
  .map((name, k) => `&${name} [${Array(10).fill(`*${'abcdefgh'[k]}`).join(',')}]`)
  .join(', ')}]`;

/** What can be done to one part. `pick` chooses another part of the document. */
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Change>(() => undefined) },
  {
    weight: 6,
    arbitrary: extremeNumber.map(
      (value): Change =>
        () =>
          value,
    ),
  },
  {
    weight: 4,
    arbitrary: anyScalar.map(
      (value): Change =>
        () =>
          value,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat().map(
      (pick): Change =>
        (_, whole) =>
          partOf(whole, pick),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Change>((part) => (typeof part === 'number' ? String(part) : [part])) },
  {
    weight: 2,
    arbitrary: fc.double({ min: -2, max: 2, noNaN: true }).map(
      (by): Change =>
        (part) =>
          typeof part === 'number' ? part * by : part,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: -310, max: 308 }).map(
      (power): Change =>
        (part) =>
          typeof part === 'number' ? part * 10 ** power : part,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(2, 3, 40).map(
      (count): Change =>
        (part) =>
          repeated(part, count),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(2000, 50_000).map(
      (count): Change =>
        (part) =>
          repeated(isList(part) ? (part[0] ?? 1) : 1, count),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(5, 99, 101, 20_000).map(
      (depth): Change =>
        () =>
          nested(depth),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(hostileText, anyScalar).map(
      ([key, value]): Change =>
        (part) =>
          withField(part, key, value),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        bomb,
        '*x',
        '&x [*x]',
        '&x {a: *x}',
        '!!js/function "x"',
        '<<: *x',
        '? a',
        '>-',
        '%TAG',
        '---',
        '...',
      )
      .map(
        (raw): Change =>
          () => ({ raw }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.nat().map(
      (pick): Change =>
        (part, whole) =>
          withField(part, 'use', partOf(whole, pick)),
    ),
  },
  {
    weight: 1,
    arbitrary: hostileText.map(
      (text): Change =>
        (part) =>
          typeof part === 'string' ? part + text : part,
    ),
  },
);

const partOf = (whole: Tree, pick: number): Tree => {
  const all = paths(whole);
  return at(whole, all[pick % all.length]!);
};

/** The document with one to three of its parts changed. */
export const mutated = <T extends Tree>(document: fc.Arbitrary<T>): fc.Arbitrary<Tree> =>
  fc
    .tuple(document, fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 }))
    .map(([tree, changes]) =>
      changes.reduce<Tree>((current, [pick, apply]) => {
        const all = paths(current);
        const path = all[pick % all.length]!;
        return replaced(current, path, (part) => apply(part, current)) ?? null;
      }, tree),
    );

/** The text with some of its characters dropped, doubled or replaced. */
export const mutatedText = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'insert', 'cut'), hostileText), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([given, edits]) =>
      edits.reduce((current, [pick, edit, inserted]) => {
        const place = current.length === 0 ? 0 : pick % current.length;
        if (edit === 'cut') return current.slice(0, place);
        if (edit === 'drop') return current.slice(0, place) + current.slice(place + 1 + (pick % 7));
        if (edit === 'double')
          return current.slice(0, place) + current.slice(Math.max(0, place - (pick % 30)));
        return current.slice(0, place) + inserted + current.slice(place);
      }, given),
    );
