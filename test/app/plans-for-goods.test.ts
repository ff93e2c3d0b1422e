/*
 * Plans sold to continuous buyers of goods. v = √x at the cost ¼ of x: at the price p a buyer takes x = (w/2p)² of a good, and is left w²/(4p); of both goods |w|²/(4p). Under a fee f those
 * buy with |w|² ≥ 4pf, and each brings f + (p − ¼)|w|²/(4p²). For r = √(4pf) ≤ 1 they are 1 − πr²/4 of all, and E|w|² = ⅔ less ∫₀ʳ ρ²·(πρ/2) dρ = πr⁴/8 is theirs.
 */
import {
  createRegistry,
  evaluateMenu,
  findingPlanTiers,
  openPlans,
  parseStudy,
  standardPlugin,
} from '@menusmith/app';
import { finished } from '@menusmith/core';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const study = (cells: number, more = '') =>
  parseStudy(
    `name: s
production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 0.25 } }
buyers: { kind: goods, values: [ { use: uniform }, { use: uniform } ], grid: [ ${cells}, ${cells} ] }
contract: allocations
${more}`,
    { file: 'study.yaml', registry },
  );
const [p, f] = [0.4, 0.3];
const menu = { plans: [{ name: 'one', fee: f, prices: { tokens: p } }] };

describe('a plan for continuous buyers of goods', () => {
  const r = Math.sqrt(4 * p * f);
  const share = 1 - (Math.PI * r * r) / 4;
  const squares = 2 / 3 - (Math.PI * r ** 4) / 8;

  it.each([4, 24])('earns what all of them pay, whatever the grid of the study: %i', (cells) => {
    const { evaluation } = evaluateMenu(study(cells), {
      menu: openPlans(JSON.stringify(menu), 'menu.json', study(cells)),
    });
    const { of, servedShare, profit, consumerSurplus, error, solved } = evaluation;
    expect(of).toBe('population');
    expect(solved).toBe(true);
    expect(servedShare).toBeCloseTo(share, 3);
    const exact = share * f + ((p - 0.25) * squares) / (4 * p * p);
    const surplus = squares / (4 * p) - share * f;
    expect(error).toBeLessThan(2e-3);
    expect(Math.abs(profit - exact)).toBeLessThan(2 * error * (profit + consumerSurplus) + 1e-4);
    expect(consumerSurplus).toBeCloseTo(surplus, 4);
  });

  it('is found beside today’s among midpoints, which bound nothing of the continuous buyers, and says so', () => {
    const { menus, notes } = finished(
      findingPlanTiers(study(4), {
        counts: [1],
        kind: 'two-part-tariff',
        keep: { plans: openPlans(JSON.stringify(menu), 'menu.json', study(4)).plans, share: 1 },
      }),
    );
    expect(menus[0]!.status).toBe('feasible');
    expect(notes.join(' ')).toMatch(/grid of 4 × 4 cells of goods.* they do not bound/);
  });

  it('leaves those who have more outside to that', () => {
    const u = 0.2;
    const beside = study(6, `outside: { utility: "${u}" }`);
    const { evaluation } = evaluateMenu(beside, {
      menu: openPlans(JSON.stringify(menu), 'menu.json', beside),
    });
    const reach = Math.sqrt(4 * p * (f + u));
    expect(evaluation.servedShare).toBeCloseTo(1 - (Math.PI * reach ** 2) / 4, 2);
  });
});
