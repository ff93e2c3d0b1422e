import {
  checkStudy,
  createRegistry,
  parseStudy,
  prepareStudy,
  type Study,
  solve,
  standardPlugin,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const lottery = (contract: Study['contract']): { study: Study; prepared: string[] } => {
  const study = parseStudy(
    `cost: { use: linear, rate: 0, max: 1 }
buyers: { kind: profiles, tasks: { weights: [1, 1] }, types: [{ mass: 1, values: [1, 2] }, { mass: 1, values: [3, 1] }] }
contract: ${contract}`,
    { file: 'study.yaml', registry: createRegistry([standardPlugin]) },
  );
  const prepared: string[] = [];
  const finite = study.solver.finite.map(({ name, solver }) => ({
    name,
    solver: {
      ...solver,
      prepare: async () => {
        await solver.prepare?.();
        prepared.push(name);
      },
    },
  }));
  return { study: { ...study, solver: { ...study.solver, finite } }, prepared };
};

describe('a study whose solver has to be loaded', () => {
  it('is solved without a word about it', async () => {
    const { study, prepared } = lottery('allocations');
    const { result } = await solve(study);
    expect(result.status).toBe('optimal');
    expect(prepared).toContain('highs');
  });

  it('can be checked under any contract once it is prepared', async () => {
    for (const contract of ['allocations', 'efficient'] as const) {
      const { study, prepared } = lottery(contract);
      await prepareStudy(study);
      expect(prepared).toContain('highs');
      expect(() => checkStudy(study)).not.toThrow();
    }
  });
});
