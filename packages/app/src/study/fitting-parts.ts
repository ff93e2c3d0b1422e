import { InputError } from '@menusmith/core';
import { degreeOf } from './degree.ts';
import { isSolvableWhenSeen } from './solved-on-grid.ts';
import type { Buyers, Contract, SupplyChoice, Technology } from './study.ts';

/* Whether the parts of a study fit one another: each throws InputError where they do not. */

/** Packages are for technologies that make one number of a buyer. */
export const checkTechnology = (technology: Technology, contract: Contract, buyers: Buyers): void => {
  if (contract !== 'packages') return;
  if (technology.kind === 'cost') {
    throw new InputError(
      'cost-of-packages',
      'expected allocations or efficient, as cost is given outright; got packages',
    );
  }
  if (doTasksDiffer(technology)) {
    throw new InputError(
      'tasks-differ',
      'packages need tasks that are alike, and production differs from task to task',
    );
  }
  // A representative type is one number already, whatever the technology.
  if (buyers.kind !== 'representative' && degreeOf(technology) === undefined) {
    const degrees =
      technology.kind === 'models' ? technology.models.map(({ production }) => production.degree) : [];
    const isDeclared = degrees.length > 0 && degrees.every((degree) => degree !== undefined);
    throw new InputError(
      'not-homogeneous',
      isDeclared
        ? `packages need models of one degree in the task inputs, and these have ${degrees.join(', ')}`
        : `packages need a production function that is homogeneous in the task inputs, and "${technology.use}" does not ` +
            'say that it is; its plugin declares it with `degree`',
    );
  }
};

const doTasksDiffer = (technology: Technology): boolean => {
  if (technology.kind === 'cost') return false;
  const made = technology.kind === 'models' ? technology.models : [technology];
  return made.some(({ production }) => production.atTask !== undefined);
};

/** Only profiles say which task is which. */
export const checkTasks = (technology: Technology, buyers: Buyers): void => {
  if (!doTasksDiffer(technology) || buyers.kind === 'profiles') return;
  throw new InputError(
    'tasks-differ',
    `production differs from task to task, and only profiles name tasks; expected profiles, got ${buyers.kind}`,
  );
};

/** Without allocations, dependent value and scale are solved through θ = w s^{1−σ}. */
export const checkDependence = (
  buyers: Buyers,
  contract: Contract,
  technology: Technology | undefined,
): void => {
  if (contract !== 'efficient' || technology === undefined) return;
  if (isSolvableWhenSeen({ buyers, technology })) return;
  throw unsupported('dependence of value and scale without a homogeneous production function').within(
    'dependence',
  );
};

/** Throws where this way of computing supply is not there for this technology. */
export const checkSupply = (technology: Technology, supply: SupplyChoice): void => {
  if (supply !== 'closed-form' || technology.kind === 'cost') return;
  const made = technology.kind === 'models' ? technology.models : [technology];
  const without = made.find(({ production }) => production.closedForm === undefined);
  if (without !== undefined) {
    throw new InputError('no-closed-form', `"${without.use}" has no closed form; expected auto or numeric`);
  }
};

const unsupported = (what: string): InputError =>
  new InputError('unsupported', `${what} is not supported yet`);
