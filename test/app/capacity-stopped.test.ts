import {
  createRegistry,
  parseStudy,
  prepareStudy,
  type Solution,
  solvingStudy,
  standardPlugin,
} from '@menusmith/app';
import { expect, it } from 'vitest';

const root = { use: 'cobb-douglas', exponents: { x: 0.5 } };
const CAPACITY = 0.02;
const study = parseStudy(
  JSON.stringify({
    production: root,
    inputs: { x: { scope: 'task', cost: 0.5 } },
    buyers: {
      kind: 'value-scale',
      value: { use: 'uniform', min: 0.3, max: 1.3 },
      scale: { use: 'uniform', min: 0.5, max: 1 },
    },
    contract: 'allocations',
    outside: { rival: { production: root, inputs: { x: { scope: 'task', price: 0.9 } } } },
    capacity: { x: CAPACITY },
  }),
  { file: 'study.json', registry: createRegistry([standardPlugin]) },
);

it('a search for prices that is ended answers with the menu that the rough search found, within capacity', async () => {
  await prepareStudy(study);
  const solving = solvingStudy(study);
  const isUsable = ({ result }: Solution): void => {
    expect(result.status).not.toBe('uncertified');
    expect(result.used!.x!).toBeLessThanOrEqual(CAPACITY * (1 + 1e-9));
    expect(result.certificate.relativeGap!).toBeLessThan(1e-3);
    expect(result.certificate.relativeGap!).toBeGreaterThan(-1e-9);
  };
  let step = solving.next(false);
  while (step.done !== true && step.value.incumbent === undefined) step = solving.next(false);
  if (step.done === true) return expect.unreachable('there was no answer before the end');
  isUsable(step.value.incumbent!());
  step = solving.next(true);
  while (step.done !== true) step = solving.next(true);
  isUsable(step.value);
});
