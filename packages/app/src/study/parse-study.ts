import { basename, extname } from 'node:path';
import { InputError } from '@menusmith/core';
import { didYouMean } from '../nearest-name.ts';
import type { Registry } from '../registry.ts';
import { readRepresentative, readValueScale } from './buyers.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';
import { gatherProblems } from './problems.ts';
import { structureProblems } from './structure-problems.ts';
import type { Buyers, Contract, SolverSettings, Study, SupplyChoice, Technology } from './study.ts';
import type { StudyData } from './study-schema.ts';
import { studySource } from './study-source.ts';
import { readCost, readInputs, readProduction } from './technology.ts';

/** Solvers that `solver.use` can name. */
const solvers = ['auto'];

/** Needs no gradient, so it can be asked whatever the production function. */
const defaultMinimizer = 'fmin-nelder-mead';

/**
 * The study that a text describes, checked and constructed.
 *
 * Throws LocatedInputError for the first problem in file order; `file` is how the user named the text.
 */
export const parseStudy = (text: string, { file, registry }: { file: string; registry: Registry }): Study => {
  const source = studySource(text, file);
  const problems = gatherProblems();
  const broken = new Set<string | number | undefined>();
  for (const problem of structureProblems(source.data)) {
    problems.add(problem);
    broken.add(problem.field[0]);
  }
  // Sections whose structure is sound are built even beside broken ones: the first problem may be in there.
  const study = broken.has(undefined)
    ? undefined
    : build(source.data as StudyData, broken, file, registry, problems);
  const [first] = [...problems.all()].sort((a, b) => source.orderOf(a.field) - source.orderOf(b.field));
  if (first !== undefined) throw source.locate(first);
  return study!;
};

const build = (
  data: StudyData,
  broken: ReadonlySet<unknown>,
  file: string,
  registry: Registry,
  problems: Problems,
): Study | undefined => {
  if (data.models !== undefined) problems.within('models').add(unsupported('a study of several models'));
  const technology = readTechnology(data, broken, registry, problems);
  const buyers = broken.has('buyers')
    ? undefined
    : readBuyers(data.buyers, registry, problems.within('buyers'));
  const solver = broken.has('solver')
    ? undefined
    : readSolver(data.solver ?? {}, registry, problems.within('solver'));
  const contract = broken.has('contract') ? undefined : (data.contract ?? 'allocations');
  if (technology !== undefined && contract !== undefined) {
    problems.within('contract').attempt(() => checkTechnology(technology, contract));
  }
  if (buyers !== undefined && contract !== undefined) {
    problems.within('buyers').attempt(() => checkDependence(buyers, contract));
  }
  if (technology !== undefined && solver !== undefined) {
    problems.within('solver', 'supply').attempt(() => checkSupply(technology, solver.supply));
  }
  if (technology === undefined || buyers === undefined || solver === undefined || contract === undefined)
    return undefined;
  return {
    name: data.name ?? basename(file, extname(file)),
    technology,
    buyers,
    contract,
    implementation: data.implementation ?? 'direct',
    solver,
  };
};

const readTechnology = (
  data: StudyData,
  broken: ReadonlySet<unknown>,
  registry: Registry,
  problems: Problems,
): Technology | undefined => {
  const { production, inputs, cost } = data;
  if (cost !== undefined && (production !== undefined || inputs !== undefined)) {
    const other = production === undefined ? 'inputs' : 'production';
    problems
      .within('cost')
      .add(new InputError('both', `expected either cost or production with inputs, got cost and ${other}`));
    return undefined;
  }
  if (cost === undefined && production === undefined) {
    problems
      .within('production')
      .add(new InputError('missing', 'missing: expected production with inputs, or cost'));
  }
  if (production !== undefined && inputs === undefined) {
    problems
      .within('inputs')
      .add(new InputError('missing', 'missing: expected every input of the production function'));
  }
  if (cost !== undefined)
    return broken.has('cost') ? undefined : readCost(cost, registry, problems.within('cost'));
  const read =
    inputs === undefined || broken.has('inputs') ? undefined : readInputs(inputs, problems.within('inputs'));
  if (production === undefined || read === undefined || broken.has('production')) return undefined;
  return readProduction(production, read, registry, problems.within('production'));
};

const readBuyers = (
  data: StudyData['buyers'],
  registry: Registry,
  problems: Problems,
): Buyers | undefined => {
  if (data.kind === 'value-scale') return readValueScale(data, registry, problems);
  if (data.kind === 'representative') return readRepresentative(data, registry, problems);
  problems.within('kind').add(unsupported(`buyers of kind ${data.kind}`));
  return undefined;
};

const readSolver = (
  { use = 'auto', tolerance = 1e-8, supply = 'auto', minimizer }: NonNullable<StudyData['solver']>,
  registry: Registry,
  problems: Problems,
): SolverSettings => {
  problems.within('tolerance').attempt(() => numberWithin(tolerance, { above: 0, below: 1 }));
  if (!solvers.includes(use)) {
    const message = `no solver called "${use}"${didYouMean(use, solvers)} (known: ${solvers.join(', ')})`;
    problems.within('use').add(new InputError('unknown-name', message));
  }
  const isKnown = registry.minimizers.list().some((entry) => entry.name === defaultMinimizer);
  const name = minimizer ?? (isKnown ? defaultMinimizer : undefined);
  if (name === undefined) return { use, tolerance, supply };
  const made = problems.within('minimizer').attempt(() => registry.minimizers.get(name).create({}));
  return { use, tolerance, supply, ...(made === undefined ? {} : { minimizer: made }) };
};

const checkTechnology = (technology: Technology, contract: Contract): void => {
  if (contract !== 'packages') return;
  if (technology.kind === 'cost') {
    throw new InputError(
      'cost-of-packages',
      'expected allocations or efficient, as cost is given outright; got packages',
    );
  }
  if (technology.production.degree === undefined) {
    throw new InputError(
      'not-homogeneous',
      `packages need a production function that is homogeneous in the task inputs, and "${technology.use}" does not ` +
        'say that it is; its plugin declares it with `degree`',
    );
  }
};

const checkDependence = (buyers: Buyers, contract: Contract): void => {
  if (buyers.kind === 'value-scale' && contract === 'allocations' && !buyers.dependence.independent) {
    throw unsupported('dependence of value and scale with contract allocations').within('dependence');
  }
};

/** Throws where this way of computing supply is not there for this technology. */
export const checkSupply = (technology: Technology, supply: SupplyChoice): void => {
  if (
    supply === 'closed-form' &&
    technology.kind === 'production' &&
    technology.production.closedForm === undefined
  ) {
    throw new InputError(
      'no-closed-form',
      `"${technology.use}" has no closed form; expected auto or numeric`,
    );
  }
};

const unsupported = (what: string): InputError =>
  new InputError('unsupported', `${what} is not supported yet`);
