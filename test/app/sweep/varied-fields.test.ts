import { combinationCount, csvTable, pathsOf, variedByFile, variedField, variedValues } from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const complaint = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('fields that are varied', () => {
  it('are numbers of a range with both ends, or values as YAML has them', () => {
    const steps = (text: string): unknown[] => variedField(text).steps.map(([value]) => value);
    expect(steps('a.b=0:1:11')).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(steps('a.b=1,0.5:1:2,1e-3')).toEqual([1, 0.5, 1, 0.001]);
    expect(steps('a.b=3:-3:4')).toEqual([3, 1, -1, -3]);
    expect(steps('contract=allocations, packages')).toEqual(['allocations', 'packages']);
    expect(steps('buyers.value={ use: uniform, min: 0, max: 1 },{ use: beta, a: 2, b: 2 }')).toEqual([
      { use: 'uniform', min: 0, max: 1 },
      { use: 'beta', a: 2, b: 2 },
    ]);
    expect(steps('capacity=[0.1, 0.2]')).toEqual([[0.1, 0.2]]);
  });

  it('end in the very number that was given, and have no digits of binary arithmetic', () => {
    const numbers = variedField('x=0.1:0.7:7').steps.flat();
    expect(numbers).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(variedField('x=0:1:4').steps.flat()).toEqual([0, 1 / 3, 2 / 3, 1]);
  });

  it.each([
    ['a.b', 'expected a field and its values'],
    ['=1,2', 'expected the path of a field'],
    ['a..b=1', 'expected the path of a field'],
    ['a.b=', 'expected values after =, got nothing'],
    ['a.b=1,,2', 'expected values as YAML has them'],
    ['a.b=[1,2', 'expected values as YAML has them'],
    ['a.b=0:1', 'expected a number, or a range as 0:1:11'],
    ['a.b=0:1:x', 'expected a range of 2 to'],
    ['a.b=0:1:1', 'expected a range of 2 to'],
    ['a.b=0:1:2.5', 'expected a range of 2 to'],
    ['a.b=0:1:2:3', 'expected a number, or a range as 0:1:11'],
    ['a.b=0:1:99999999999', 'expected a range of 2 to'],
  ])('%s is refused', (text, message) => {
    expect(complaint(() => variedField(text))).toContain(`vary ${text}: ${message}`);
  });

  it('combine with the first moving slowest', () => {
    const varied = [variedField('a=1,2'), variedField('b=x,y,z')];
    expect(combinationCount(varied)).toBe(6);
    expect(pathsOf(varied)).toEqual(['a', 'b']);
    expect(Array.from({ length: 6 }, (_, k) => variedValues(varied, k).join(''))).toEqual([
      '1x',
      '1y',
      '1z',
      '2x',
      '2y',
      '2z',
    ]);
  });

  it('come in combinations from a CSV file', () => {
    const listed = variedByFile(csvTable('a.b,c\n1,x\n2.5,"{ use: beta, a: 2, b: 2 }"\n', 'list.csv'));
    const varied = [listed, variedField('d=1,2')];
    expect(combinationCount(varied)).toBe(4);
    expect(variedValues(varied, 3)).toEqual([2.5, { use: 'beta', a: 2, b: 2 }, 2]);
    expect(complaint(() => variedByFile(csvTable('a,b\n1,\n', 'list.csv')))).toBe(
      'list.csv:2: b: expected one value, got an empty cell',
    );
    expect(complaint(() => variedByFile(csvTable('a..b\n1\n', 'list.csv')))).toContain(
      'list.csv:1: expected paths',
    );
  });

  it('are each given once, and not one within the other', () => {
    const twice = (...texts: string[]) => complaint(() => combinationCount(texts.map(variedField)));
    expect(twice('a.b=1', 'a[b]=2')).toContain('expected the path');
    expect(twice('a.0=1', 'a[0]=2')).toBe('vary: expected each field once, got a[0] twice');
    expect(twice('a.b=1', 'a=2')).toBe('vary: a.b and a are one within the other');
  });

  it('are of a million combinations at most', () => {
    const many = ['a', 'b', 'c'].map((name) => variedField(`${name}=0:1:101`));
    expect(complaint(() => combinationCount(many))).toContain(
      'expected at most 1000000 combinations, got 1030301',
    );
  });
});
