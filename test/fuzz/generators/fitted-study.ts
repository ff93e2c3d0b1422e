import { isList, isTreeMap, type Tree, type TreeMap } from './tree.ts';

/* What a study may not say of its kind is refused in a millisecond, and most drawn at random say some of it. */

/** The study without what does not go with its technology and its buyers, as docs/how-to has it, and with names that differ. */
export const fitted = (study: TreeMap): TreeMap => {
  const hasCost = isTreeMap(study.cost ?? null);
  const buyers = fittedBuyers(study.buyers as TreeMap, hasCost);
  const without = hasCost
    ? ['capacity', 'keep']
    : study.keep === undefined
      ? []
      : ['capacity', 'implementation'];
  const kept = Object.fromEntries(Object.entries(study).filter(([field]) => !without.includes(field)));
  return {
    ...kept,
    buyers,
    ...(hasCost ? { cost: fittedCost(study.cost as TreeMap, buyers) } : {}),
    ...(isTreeMap(study.solver ?? null) ? { solver: fittedSolver(study.solver as TreeMap, hasCost) } : {}),
    ...(hasCost && study.contract === 'packages' ? { contract: 'allocations' } : {}),
    ...(study.units === undefined ? {} : { units: hasCost ? { currency: '$' } : fittedUnits(study) }),
    ...(isTreeMap(study.outside ?? null) ? { outside: fittedOutside(study, buyers) } : {}),
    ...(study.capacity === undefined || hasCost ? {} : { capacity: fittedCapacity(study) }),
  };
};

/** Linear and conic programs are of costs. */
const fittedSolver = (solver: TreeMap, hasCost: boolean): TreeMap =>
  hasCost || !['highs', 'clarabel', 'one-dimensional'].includes(String(solver.use))
    ? solver
    : { ...solver, use: 'auto' };

/** Numbers a task only where tasks are listed, and as many. */
const fittedCost = (cost: TreeMap, buyers: TreeMap): TreeMap => {
  const { tasks, values } = buyers;
  const weights = isTreeMap(tasks ?? null) ? (tasks as TreeMap).weights : undefined;
  const listed = isList(weights ?? null) ? weights : buyers.kind === 'goods' ? values : undefined;
  const count = isList(listed ?? null) ? (listed as readonly Tree[]).length : undefined;
  return Object.fromEntries(
    Object.entries(cost).flatMap(([field, value]) => {
      if (field === 'total') return count === undefined ? [] : [[field, value]];
      if (!isList(value)) return [[field, value]];
      return count === undefined
        ? [[field, value[0]!]]
        : [[field, Array.from({ length: count }, (_, k) => value[k % value.length]!)]];
    }),
  );
};

/** Units of inputs that there are. */
const fittedUnits = (study: TreeMap): TreeMap => {
  const units = study.units as TreeMap;
  const { inputs } = study;
  if (!isTreeMap(units.inputs ?? null) || !isTreeMap(inputs ?? null)) return units;
  const own = Object.entries(units.inputs as TreeMap).filter(([name]) =>
    Object.hasOwn(inputs as TreeMap, name),
  );
  return { ...units, inputs: Object.fromEntries(own) };
};

const fittedCapacity = (study: TreeMap): TreeMap => {
  const inputs = study.inputs ?? null;
  const capacity = study.capacity as TreeMap;
  if (!isTreeMap(inputs)) return capacity;
  return Object.fromEntries(Object.entries(capacity).filter(([name]) => Object.hasOwn(inputs, name)));
};

/** A number a type where types are listed. */
const fittedOutside = (study: TreeMap, buyers: TreeMap): TreeMap => {
  const outside = study.outside as TreeMap;
  const { utility, rival } = outside;
  // With packages one number stands for a buyer, at a rival's as well.
  if (study.contract === 'packages' && isTreeMap(rival ?? null) && isTreeMap(study.inputs ?? null)) {
    const inputs = Object.entries(study.inputs as TreeMap).map(([name, input], k) => {
      const { scope = 'task', max } = input as TreeMap;
      return [name, { scope, price: 0.2 + 0.3 * k, ...(max === undefined ? {} : { max }) }];
    });
    return { rival: { production: study.production ?? null, inputs: Object.fromEntries(inputs) } };
  }
  if (isTreeMap(utility ?? null) && buyers.kind !== 'file') return { utility: 0.1 };
  if (!isList(utility ?? null)) return outside;
  const list = utility as readonly Tree[];
  return isList(buyers.types ?? null)
    ? { utility: (buyers.types as readonly Tree[]).map((_, k) => list[k % list.length]!) }
    : { utility: list[0]! };
};

/** Names of their own, as many values as tasks, and values below 0 only where a cost is given. */
const fittedBuyers = (buyers: TreeMap, hasCost: boolean): TreeMap => {
  if (!isList(buyers.types ?? null)) return buyers;
  const tasks = isTreeMap(buyers.tasks ?? null) ? (buyers.tasks as TreeMap).weights : undefined;
  const types = (buyers.types as readonly TreeMap[]).map((type, k) => ({
    ...type,
    ...(typeof type.name === 'string' ? { name: `${type.name} ${k}` } : {}),
    ...(isList(type.values ?? null)
      ? { values: fittedValues(type.values as readonly Tree[], tasks, hasCost) }
      : {}),
  }));
  return { ...buyers, types };
};

const fittedValues = (values: readonly Tree[], weights: Tree | undefined, hasCost: boolean): Tree => {
  if (!values.every((value) => typeof value === 'number')) return values;
  const numbers = hasCost ? values : values.map(Math.abs);
  // Nodes between 0 and 1 have no places of their own in a study.
  return weights === undefined ? numbers[0]! : numbers;
};
