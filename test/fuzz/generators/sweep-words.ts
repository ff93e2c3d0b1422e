/** What `--vary` is given: few combinations, as each is solved. */
const varyings: readonly string[] = [
  'name=a,b',
  'buyers.value=0.5,{ use: uniform, min: 0, max: 1 }',
  'buyers.value.max=1:2:2',
  'buyers.scale.max=1,.inf',
  'buyers.type={ use: uniform, min: 0, max: 1 },&a [*a]',
  'inputs.input.cost=0.1,-1',
  'inputs.input.cost=1e-300,1e300',
  'production.exponents.input=0.1:0.4:2',
  'cost.coefficient=0.5,.nan',
  'solver.tolerance=1e-6,1e-7',
  'solver.use=auto,dual',
  'contract=packages,allocations',
  'objective=profit,welfare',
  'buyers.kind=space',
  'name="=1","\\u001b[31m"',
  '__proto__.x=1',
  'x=1:2:1000000000',
  'buyers.file=buyers.csv,/dev/zero',
];

/** One or two of them, of fields that the text may have: what leads nowhere is refused at once. */
export const varying = (text: string, place: number): readonly string[] => {
  const fitting = varyings.filter((words) =>
    words
      .slice(0, words.indexOf('='))
      .split('.')
      .every((key) => key === 'name' || key === 'solver' || text.includes(key)),
  );
  const count = place % 7 === 0 ? 2 : 1;
  return Array.from({ length: count }, (_, k) => `--vary=${fitting[(place + k) % fitting.length]!}`);
};

/** What `--columns` is given. */
export const askedColumns: readonly string[] = [
  'certificate.upperBound,method',
  'transfer@value=0.8,scale=0.5',
  'tiers.2.profit',
  'shadowPrices.input,types.0.transfer',
];
