import { allocationStatements } from './allocations.ts';
import { assumption2Statements } from './assumption-2.ts';
import { benchmarkStatements } from './benchmarks.ts';
import { boundedRentStatements } from './bounded-rent-failures.ts';
import { conditionLimitStatements } from './condition-limits.ts';
import { costCorollaryStatements } from './cost-corollaries.ts';
import { costFunctionStatements } from './cost-function.ts';
import { counterexampleStatements } from './counterexamples.ts';
import { efficiencyStatements } from './efficiency.ts';
import { efficientTokenStatements } from './efficient-tokens.ts';
import { imitationStatements } from './imitation.ts';
import { lemma4Statements } from './lemma-4.ts';
import { spreadingStatements } from './package-spreading.ts';
import { packageStatements } from './packages.ts';
import { primitiveStatements } from './primitives.ts';
import { scaleTariffStatements } from './scale-tariffs.ts';
import { slideStatements } from './slides.ts';
import { places, type Statement } from './statement.ts';
import { tariffStatements } from './tariffs.ts';
import { twoTypesStatements } from './two-types.ts';
import { wordingStatements } from './wording.ts';

const all = [
  ...primitiveStatements,
  ...efficiencyStatements,
  ...efficientTokenStatements,
  ...twoTypesStatements,
  ...imitationStatements,
  ...costFunctionStatements,
  ...lemma4Statements,
  ...costCorollaryStatements,
  ...allocationStatements,
  ...spreadingStatements,
  ...packageStatements,
  ...tariffStatements,
  ...slideStatements,
  ...scaleTariffStatements,
  ...assumption2Statements,
  ...counterexampleStatements,
  ...boundedRentStatements,
  ...conditionLimitStatements,
  ...benchmarkStatements,
  ...wordingStatements,
];

/** Every statement of the paper outside Example 1 and the uniform symmetric setting, in the paper's order. */
export const statements: readonly Statement[] = places.flatMap((place) =>
  all.filter((statement) => statement.place === place),
);
