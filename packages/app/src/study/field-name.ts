import type { FieldPath } from '@menusmith/core';
import type { StudyData } from './study-schema.ts';

/** What a field is called, from where it stands in the study. */
export const fieldName = (data: StudyData, path: FieldPath): string => {
  const [section, part, at, field] = path;
  const k = Number(at);
  if (section === 'models') return `${data.models?.[Number(part)]?.name}: ${shortName(path.slice(2))}`;
  if (section === 'capacity') return `capacity of ${part}`;
  if (section === 'outside')
    return part === 'rival'
      ? `rival: ${shortName(path.slice(2))}`
      : path.length > 2
        ? `outside of ${typeName(data, k)}`
        : 'outside utility';
  if (section === 'buyers' && part === 'values') return `${shortName(path.slice(2))} of ${goodName(data, k)}`;
  if (section === 'buyers' && part === 'types') return `${field} of ${typeName(data, k)}`;
  return shortName(path);
};

const typeName = ({ buyers }: StudyData, k: number): string =>
  ('types' in buyers ? buyers.types?.[k]?.name : undefined) ?? `type ${k + 1}`;

const goodName = ({ buyers }: StudyData, k: number): string =>
  (buyers.kind === 'goods' && buyers.names?.[k]) || `good ${k + 1}`;

/** `production.exponents.input` → `exponents.input`, `inputs.input.cost` → `cost of input`. */
const shortName = (path: FieldPath): string => {
  const [first, ...rest] = path;
  if (rest.length === 0) return String(first);
  if (first === 'inputs') return `${rest[1]} of ${rest[0]}`;
  return rest.map((key) => (typeof key === 'number' ? String(key + 1) : key)).join('.');
};
