import type { CheckedStudy, SweepRequest } from '@menusmith/app';

/** What a file is read as. */
export type NamedAs = 'CSV' | 'JSON';

/** The files that a sweep's study names, or that it names where the name of a file is varied, and what each is read as. */
export const namedFiles = (
  { varied }: SweepRequest,
  { files, data }: Pick<CheckedStudy, 'files' | 'data'>,
): ReadonlyMap<string, NamedAs> => {
  const byFields = [
    ...namesIn('', data),
    ...varied.flatMap(({ paths, steps }) =>
      steps.flatMap((values) => values.flatMap((value, k) => namesIn(paths[k]!.split('.').at(-1)!, value))),
    ),
  ];
  return new Map([...files.map((path) => [path, 'CSV'] as const), ...byFields]);
};

/** Fields of a study that name files. */
const naming: Readonly<Record<string, NamedAs>> = { file: 'CSV', menu: 'JSON' };

const namesIn = (key: string, value: unknown): readonly (readonly [string, NamedAs])[] => {
  if (typeof value === 'string') return Object.hasOwn(naming, key) ? [[value, naming[key]!]] : [];
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([inner, own]) => namesIn(inner, own))
    : [];
};
