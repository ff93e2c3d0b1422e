import { isList, isTreeMap, type Tree, type TreeMap } from './tree.ts';

/* What a study may not say of its kind is refused in a millisecond, and most drawn at random say some of it. */

/** The study without what does not go with its technology and its buyers, as README has it, and with names that differ. */
export const fitted = (study: TreeMap): TreeMap => {
  const hasCost = isTreeMap(study.cost ?? null);
  const buyers = fittedBuyers(study.buyers as TreeMap, hasCost);
  const isListed = isTreeMap(buyers.tasks ?? null) || buyers.kind === 'goods' || buyers.kind === 'file';
  const without = hasCost
    ? ['capacity', 'keep']
    : study.keep === undefined
      ? []
      : ['capacity', 'implementation'];
  const kept = Object.fromEntries(Object.entries(study).filter(([field]) => !without.includes(field)));
  return {
    ...kept,
    buyers,
    ...(hasCost ? { cost: fittedCost(study.cost as TreeMap, isListed) } : {}),
    ...(hasCost && study.contract === 'packages' ? { contract: 'allocations' } : {}),
    ...(hasCost && study.units !== undefined ? { units: { currency: '$' } } : {}),
    ...(isTreeMap(study.outside ?? null) ? { outside: fittedOutside(study.outside as TreeMap, buyers) } : {}),
    ...(study.capacity === undefined || hasCost ? {} : { capacity: fittedCapacity(study) }),
  };
};

/** Numbers a task only where tasks are listed. */
const fittedCost = (cost: TreeMap, isListed: boolean): TreeMap =>
  Object.fromEntries(
    Object.entries(cost).flatMap(([field, value]) => {
      if (isListed) return [[field, value]];
      if (field === 'total') return [];
      return [[field, isList(value) ? value[0]! : value]];
    }),
  );

const fittedCapacity = (study: TreeMap): TreeMap => {
  const inputs = study.inputs ?? null;
  const capacity = study.capacity as TreeMap;
  if (!isTreeMap(inputs)) return capacity;
  return Object.fromEntries(Object.entries(capacity).filter(([name]) => Object.hasOwn(inputs, name)));
};

/** A number a type where types are listed. */
const fittedOutside = (outside: TreeMap, buyers: TreeMap): TreeMap => {
  const { utility } = outside;
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
