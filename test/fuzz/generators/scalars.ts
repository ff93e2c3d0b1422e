import fc from 'fast-check';
import type { Raw, Tree } from './tree.ts';

const raw = (text: string): Raw => ({ raw: text });

/** Numbers at the ends of what a double holds, and next to those that matter. */
const extremes: readonly (number | Raw)[] = [
  0, -0, 1, -1, 1e308, -1e308, 1e-308, 5e-324, 1e300, 1e155, 1e-155, 1e-200, 1e16, 1e-16, 1e9, 1e-9, 2 ** 31,
  2 ** 32, 2 ** 53, Number.MAX_VALUE, 1 + Number.EPSILON, 1 - Number.EPSILON / 2, 0.1 + 0.2, 1e6, 1e-6,
  raw('1e999'), raw('-1e999'), raw('.nan'), raw('.inf'), raw('-.inf'), raw('NaN'), raw('0x7fffffff'), raw('1_000'),
]; // biome-ignore format: one list

export const extremeNumber: fc.Arbitrary<number | Raw> = fc.constantFrom(...extremes);

const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true });

/** As a rule within the bounds; one in three hundred is anything, as a study has thirty of them. */
export const numberFrom = (min: number, max: number): fc.Arbitrary<Tree> =>
  fc.oneof(
    {
      weight: 598,
      arbitrary: fc.nat(STEPS).map((k) => Number((min + ((max - min) * k) / STEPS).toPrecision(3))),
    },
    { weight: 1, arbitrary: extremeNumber },
    { weight: 1, arbitrary: anyDouble },
  );
const STEPS = 1000;

export const countFrom = (min: number, max: number): fc.Arbitrary<Tree> =>
  fc.oneof({ weight: 300, arbitrary: fc.integer({ min, max }) }, { weight: 1, arbitrary: extremeNumber });

/** Names that steer terminals, LaTeX, spreadsheets, pages and object prototypes. */
const hostileTexts: readonly string[] = [
  '', ' ', 'NaN', 'undefined', 'null', 'Infinity', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '0', '-1',
  '=1+1', '+SUM(A1)', '@cmd', '-2', '[2cm]x', '*x', '\\input{/etc/passwd}', '$x_1$ & 50% #1 ~ ^', '}{', '<script>alert(1)</script>',
  '&amp;"\'', ']]>', '\u001b[2J', '\u0000', '\u009b31m', '\u202eabc', '\ud800', '\ufeffx', '日本語', '👩‍👩‍👧', 'é\u0301', 'ﷺ', 'a\tb', 'a\nb',
  'a\r\nb', 'x'.repeat(300), 'W'.repeat(10_001), '../../etc/passwd', '/dev/zero', '%s%n', '$' + '{x}', 'a, b', 'a: b', '# x', '"', "'",
]; // biome-ignore format: one list

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);

export const nameText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 100,
    arbitrary: fc.constantFrom('low', 'high', 'writers', 'coders', 'Team', 'A', 'b2', 'a name'),
  },
  { weight: 1, arbitrary: hostileText },
);

/** A scalar of any kind, in the place of one that is expected. */
export const anyScalar: fc.Arbitrary<Tree> = fc.oneof(
  extremeNumber,
  anyDouble,
  hostileText,
  fc.constantFrom<Tree>(
    null,
    true,
    false,
    [],
    {},
    [[]],
    raw('~'),
    raw('2026-01-01'),
    raw('!!binary aGk='),
    raw('|'),
  ),
);
