import { copulaLaws } from '@menusmith/app';
import { standardPlugin } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

for (const entry of standardPlugin.copulas ?? []) {
  for (const parameters of entry.examples ?? []) {
    describe(`${entry.name} ${JSON.stringify(parameters)}`, () => {
      test.each(copulaLaws)('$name', (law) => {
        expect(law.check(entry.create(parameters))).toMatchObject({ holds: true });
      });
    });
  }
}

describe('the laws of copulas', () => {
  const independent = standardPlugin.copulas![0]!.create({});
  const law = (words: string) => copulaLaws.find(({ name }) => name.includes(words))!;

  test('refuse a copula that calls itself independent and is not', () => {
    const fgm = { ...independent, cdf: (u: number, v: number) => u * v * (1 + 0.5 * (1 - u) * (1 - v)) };
    expect(law('independent').check(fgm)).toMatchObject({ holds: false });
    expect(law('∂C/∂v').check(fgm)).toMatchObject({ holds: false });
  });

  test('refuse a copula of which a rectangle has negative mass', () => {
    const bad = { ...independent, cdf: (u: number, v: number) => u * v * (1 + 3 * (1 - u) * (1 - v)) };
    expect(law('rectangle').check(bad)).toMatchObject({ holds: false });
  });
});
