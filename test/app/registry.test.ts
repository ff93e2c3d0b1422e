import { createRegistry } from '@menusmith/app';
import { type DistributionEntry, nearestName } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { smallPlugin } from './small-plugin.ts';

describe('the registry', () => {
  const registry = createRegistry([smallPlugin]);

  it('gives an entry by kind and name, the very value that was registered', () => {
    expect(registry.distributions.get('uniform')).toBe(smallPlugin.distributions![0]);
    expect(registry.minimizers.get('stay')).toBe(smallPlugin.minimizers![0]);
  });

  it('lists the entries of a kind in the order of their names', () => {
    expect(registry.distributions.list().map(({ name }) => name)).toEqual(['polynomial', 'uniform']);
    expect(createRegistry([]).distributions.list()).toEqual([]);
  });

  it.each([
    ['unifrom', 'no distribution called "unifrom"; did you mean uniform? (known: polynomial, uniform)'],
    ['xyz', 'no distribution called "xyz" (known: polynomial, uniform)'],
    ['independent', 'no distribution called "independent": it is a copula (known: polynomial, uniform)'],
    ['constructor', 'no distribution called "constructor" (known: polynomial, uniform)'],
  ])('refuses the unknown name %s with what would do', (name, message) => {
    expect(() => registry.distributions.get(name)).toThrow(message);
  });

  it('says so where nothing of a kind is registered', () => {
    expect(() => createRegistry([]).copulas.get('fgm')).toThrow(
      'no copula called "fgm" (none is registered)',
    );
  });

  it('refuses two entries of a kind with one name, and lets kinds share a name', () => {
    const uniform = smallPlugin.distributions![0]!;
    const other = { name: 'other', distributions: [uniform] };
    expect(() => createRegistry([smallPlugin, other])).toThrow(
      'distribution "uniform" is declared in the plugins "small" and "other"; names of a kind must differ',
    );
    const twice = { name: 'twice', distributions: [uniform, uniform] };
    expect(() => createRegistry([twice])).toThrow(
      'distribution "uniform" is declared twice in the plugin "twice"',
    );
    const asCopula: DistributionEntry = { ...uniform, name: 'fgm' };
    expect(
      createRegistry([smallPlugin, { name: 'other', distributions: [asCopula] }]).distributions.get('fgm'),
    ).toBe(asCopula);
  });
});

describe('the nearest name', () => {
  const known = ['beta', 'truncated-normal', 'uniform'];
  it.each([
    ['unifrom', 'uniform'],
    ['UNIFORM', 'uniform'],
    ['truncatednormal', 'truncated-normal'],
    ['bet', 'beta'],
    ['', undefined],
    ['gamma', undefined],
    ['x'.repeat(1e6), undefined],
  ])('to %s is %s', (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });
});
