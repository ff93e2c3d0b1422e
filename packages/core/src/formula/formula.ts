/** The functions that formulas know. */
export const formulaFunctions = ['exp', 'log', 'sqrt', 'min', 'max', 'abs'] as const;
export type FormulaFunction = (typeof formulaFunctions)[number];

export type FormulaOperator = '+' | '-' | '*' | '/' | '^';

/**
 * A formula: arithmetic in named numbers, as plain data. It can do nothing but compute a number.
 *
 * `compare` is not part of the language: derivatives of min, max and abs are made of it. It is `less`, `equal` or `greater`
 * as `left` stands to `right`.
 */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Formula }
  | {
      readonly kind: 'operation';
      readonly operator: FormulaOperator;
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'call'; readonly function: FormulaFunction; readonly of: readonly Formula[] }
  | {
      readonly kind: 'compare';
      readonly left: Formula;
      readonly right: Formula;
      readonly less: Formula;
      readonly equal: Formula;
      readonly greater: Formula;
    };

/** What a name in a formula can be: a letter, then letters, digits and _. */
export const isFormulaName = (name: string): boolean => /^\p{L}[\p{L}\p{N}_]*$/u.test(name);

/** The parts of a formula, from left to right. */
export const partsOf = (formula: Formula): readonly Formula[] => {
  switch (formula.kind) {
    case 'number':
    case 'name':
      return [];
    case 'negative':
      return [formula.of];
    case 'operation':
      return [formula.left, formula.right];
    case 'call':
      return formula.of;
    case 'compare':
      return [formula.left, formula.right, formula.less, formula.equal, formula.greater];
  }
};

/** The names that a formula depends on, each once. */
export const namesIn = (formula: Formula): ReadonlySet<string> => {
  const names = new Set<string>();
  const visited = new Set<Formula>();
  const visit = (part: Formula): void => {
    if (visited.has(part)) return;
    visited.add(part);
    if (part.kind === 'name') names.add(part.name);
    partsOf(part).forEach(visit);
  };
  visit(formula);
  return names;
};

const [SUM, PRODUCT, SIGNED, POWER, ATOM] = [1, 2, 3, 4, 5] as const;

/** Of each operator: how tightly it binds, and how tightly its operands must. */
const binding: Readonly<Record<FormulaOperator, readonly [own: number, left: number, right: number]>> = {
  '+': [SUM, SUM, PRODUCT],
  '-': [SUM, SUM, PRODUCT],
  '*': [PRODUCT, PRODUCT, SIGNED],
  '/': [PRODUCT, PRODUCT, SIGNED],
  '^': [POWER, ATOM, SIGNED],
};

/** The formula as text, with no more parentheses than it needs. Without `compare` in it, it parses to the same formula. */
export const formulaText = (formula: Formula): string => textAt(formula, SUM);

const textAt = (formula: Formula, least: number): string => {
  const [text, tightness] = ownText(formula);
  return tightness < least ? `(${text})` : text;
};

const ownText = (formula: Formula): readonly [text: string, tightness: number] => {
  switch (formula.kind) {
    case 'number': {
      const isNegative = formula.value < 0 || Object.is(formula.value, -0);
      return [`${isNegative ? '-' : ''}${Math.abs(formula.value)}`, isNegative ? SIGNED : ATOM];
    }
    case 'name':
      return [formula.name, ATOM];
    case 'negative':
      return [`-${textAt(formula.of, SIGNED)}`, SIGNED];
    case 'operation': {
      const [own, left, right] = binding[formula.operator];
      const operator = formula.operator === '^' ? '^' : ` ${formula.operator} `;
      return [`${textAt(formula.left, left)}${operator}${textAt(formula.right, right)}`, own];
    }
    case 'call':
      return [`${formula.function}(${formula.of.map(formulaText).join(', ')})`, ATOM];
    case 'compare': {
      const [left, right, less, equal, greater] = partsOf(formula).map(formulaText);
      return [`{${left} < ${right}: ${less}; =: ${equal}; >: ${greater}}`, ATOM];
    }
  }
};
