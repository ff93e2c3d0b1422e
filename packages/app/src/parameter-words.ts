import type { NumberBounds, Parameter } from '@menusmith/core';

/** What a parameter of an entry may be, in words: `number in (0, 1]`, `number for each task input`. */
export const parameterWords = (parameter: Parameter): string => {
  if (parameter.kind === 'text') return 'text';
  if (parameter.kind === 'weighted-distributions') return 'list of { weight, of: distribution }';
  if (parameter.kind === 'column') return `column of ${parameter.file}`;
  if (parameter.kind === 'fields-by-input') {
    const fields = Object.entries(parameter.fields).map(([name, field]) => {
      const rest = field.default === undefined ? '' : `, default ${field.default}`;
      return `${name}: ${parameterWords(field)}${rest}`;
    });
    return `for each ${inputOf(parameter.scope)}: { ${fields.join('; ')} }`;
  }
  const bounds = interval(parameter);
  if (parameter.kind === 'by-name') return `numbers by name${bounds}`;
  if (parameter.kind === 'number') return `number${bounds}`;
  if (parameter.kind === 'numbers') return `list of numbers${bounds}`;
  if (parameter.formulaNames) {
    return `number${bounds} or formula in ${parameter.formulaNames.join(', ')}, for each ${inputOf(parameter.scope)}`;
  }
  return `number for each ${inputOf(parameter.scope)}${bounds}`;
};

const inputOf = (scope: string): string => (scope === 'any' ? 'input' : `${scope} input`);

/** ` in (0, 1]`, or nothing where every number will do. */
const interval = ({ min, max, above, below }: NumberBounds): string => {
  const lower = above !== undefined ? `(${above}` : min !== undefined ? `[${min}` : '(−∞';
  const upper = below !== undefined ? `${below})` : max !== undefined ? `${max}]` : '∞)';
  return lower === '(−∞' && upper === '∞)' ? '' : ` in ${lower}, ${upper}`;
};
