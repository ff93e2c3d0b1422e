/** A fault that tests once missed: `text`, which stands once in the file, becomes `wrong`, and one of the tests must fail. */
export interface NamedFault {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly wrong: string;
  readonly tests: readonly string[];
}

const assembling = ['test/app/assemble.test.ts'];
const wrongParts = ['test/app/wrong-parts.test.ts'];
const solveFinite = ['test/core/finite/solve-finite.test.ts'];
const bundles = ['test/core/tiers/best-bundles.test.ts'];

export const namedFaults: readonly NamedFault[] = [
  {
    name: 'a menu along a line is not audited',
    file: 'packages/app/src/solve/line/one-dimensional-solution.ts',
    text: 'auditMenu([audited], 1e-9 * top.transfer)',
    wrong: 'undefined',
    tests: wrongParts,
  },
  {
    name: 'a menu scale by scale is not audited',
    file: 'packages/app/src/solve/line/value-scale-solution.ts',
    text: 'populationCertificate(totals, audit, surplusWeight)',
    wrong: 'populationCertificate(totals, undefined, surplusWeight)',
    tests: wrongParts,
  },
  {
    name: 'what deviations lose is not taken off',
    file: 'packages/app/src/solve/assemble.ts',
    text: ' - audit.loss',
    wrong: '',
    tests: assembling,
  },
  {
    name: 'a list attains its profit, whatever buyers choose',
    file: 'packages/app/src/solve/line/finite-types-solution.ts',
    text: 'certificate: certified.certificate,',
    wrong: 'certificate: { ...certified.certificate, attained: profit },',
    tests: wrongParts,
  },
  {
    name: 'Assumption 1 is nothing to the status',
    file: 'packages/app/src/solve/assemble.ts',
    text: '(isKnownToFail || isOfGridAlone)',
    wrong: 'isOfGridAlone',
    tests: assembling,
  },
  {
    name: 'what a grid alone certifies is optimal for the continuous buyers',
    file: 'packages/app/src/solve/assemble.ts',
    text: '(isKnownToFail || isOfGridAlone)',
    wrong: 'isKnownToFail',
    tests: assembling,
  },
  {
    name: 'the audit does not look closer where Assumption 1 fails',
    file: 'packages/app/src/solve/line/value-scale-solution.ts',
    text: 'failing === undefined ? []',
    wrong: 'true ? []',
    tests: ['test/app/line-answers.test.ts'],
  },
  {
    name: 'a supply that was not solved bounds a continuous population',
    file: 'packages/app/src/solve/assemble.ts',
    text: 'totals.solved ? totals.servedSurplus * (1 + totals.error) : Number.NaN',
    wrong: 'totals.servedSurplus * (1 + totals.error)',
    tests: assembling,
  },
  {
    name: 'the error of quadrature is left out of the bound',
    file: 'packages/app/src/solve/assemble.ts',
    text: ' * (1 + totals.error)',
    wrong: '',
    tests: assembling,
  },
  {
    name: 'a supply that was not solved bounds a finite menu',
    file: 'packages/core/src/finite/certified-menu.ts',
    text: 'virtual.solved\n    ?',
    wrong: 'true\n    ?',
    tests: solveFinite,
  },
  {
    name: 'a supply that was not solved bounds the population behind a grid',
    file: 'packages/app/src/solve/space/population-bound.ts',
    text: 'profit: solved ? profit : Number.NaN',
    wrong: 'profit',
    tests: wrongParts,
  },
  {
    name: 'a supply that was not solved bounds continuous buyers of goods',
    file: 'packages/core/src/goods/goods-surplus.ts',
    text: 'point.solved ? point.surplus : Number.NaN',
    wrong: 'point.surplus',
    tests: wrongParts,
  },
  {
    name: 'a flow among continuous buyers of goods bounds as it is, feasible or not',
    file: 'packages/core/src/goods/goods-bound.ts',
    text: 'feasibleGoodsFlow(cells, flow, surplusWeight)',
    wrong: 'flow',
    tests: ['test/core/goods/goods-bound.test.ts'],
  },
  {
    name: 'the bound by a flow is not raised by the error of its integral',
    file: 'packages/core/src/population/flow-bound.ts',
    text: 'profit: profit + error',
    wrong: 'profit',
    tests: ['test/core/population/flow-bound.test.ts'],
  },
  {
    name: 'a flow among continuous values and scales bounds as it is, feasible or not',
    file: 'packages/core/src/population/flow-bound.ts',
    text: 'const { flow, cut } = feasibleFlow(proposed, surplusWeight)',
    wrong: 'const { flow, cut } = { flow: proposed, cut: 0 }',
    tests: ['test/core/population/flow-bound.test.ts'],
  },
  {
    name: 'the error of its integral is not taken off what the population brings',
    file: 'packages/app/src/solve/space/finite-population.ts',
    text: ' - Math.abs(attainedTotal) * totals.error',
    wrong: '',
    tests: wrongParts,
  },
  {
    name: 'who is tempted and whose item tempts are exchanged',
    file: 'packages/app/src/solve/binding-constraints.ts',
    text: '[given.get(flows.from[e]!)!, given.get(flows.to[e]!)!]',
    wrong: '[given.get(flows.to[e]!)!, given.get(flows.from[e]!)!]',
    tests: wrongParts,
  },
  {
    name: 'nothing flows across scales',
    file: 'packages/app/src/solve/space/finite-result.ts',
    text: 'across.reduce((sum, { flow }) => sum + flow, 0)',
    wrong: '0',
    tests: wrongParts,
  },
  {
    name: 'a negative gap ends a solve',
    file: 'packages/core/src/finite/solve-finite.ts',
    text: 'best !== undefined && Math.abs(gapOf(best)) <= tolerance',
    wrong: 'best !== undefined && gapOf(best) <= tolerance',
    tests: solveFinite,
  },
  {
    name: 'a bound below what is attained certifies',
    file: 'packages/core/src/screening/certificate.ts',
    text: 'Math.abs(relativeGap(certificate)) <= tolerance',
    wrong: 'relativeGap(certificate) <= tolerance',
    tests: wrongParts,
  },
  {
    name: 'the bound of the best bundles for a list leaves out the table’s error',
    file: 'packages/core/src/tiers/best-bundles.ts',
    text: ' + 2 * table.error',
    wrong: '',
    tests: bundles,
  },
  {
    name: 'the bound of the best bundles for a population leaves out the table’s error',
    file: 'packages/core/src/tiers/best-bundles.ts',
    text: ' + widest + 2 * error',
    wrong: ' + widest',
    tests: bundles,
  },
  {
    name: 'a surplus without a maximum is accepted for a list',
    file: 'packages/app/src/study/check-cost.ts',
    text: 'return [largestOf(buyers.types.map(({ value }) => value))]',
    wrong: 'return []',
    tests: wrongParts,
  },
  {
    name: 'regret is below 0 where a search finds less than the held menu makes',
    file: 'packages/app/src/sensitivity/moved-parameter.ts',
    text: 'best === null || !isAllowed(own) ? best : Math.max(best, worthOf(own))',
    wrong: 'best',
    tests: ['test/app/moved-parameter.test.ts'],
  },
  {
    name: 'the flow that a pool adds downward is dropped',
    file: 'packages/core/src/screening/ironed-chain.ts',
    text: ' * Math.max(0, above) + up[i]!',
    wrong: ' * Math.max(0, above)',
    tests: wrongParts,
  },
  {
    name: 'the flow that a pool adds upward is dropped',
    file: 'packages/core/src/screening/ironed-chain.ts',
    text: 'up[i] = Math.max(0, lifted)',
    wrong: 'up[i] = 0',
    tests: wrongParts,
  },
];
