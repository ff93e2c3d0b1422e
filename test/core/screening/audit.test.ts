import { type AuditedScale, auditMenu, iron, menuAtScale, type Schedule } from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionNamed, expectClose, references, technologyNamed, unit } from '../reference-cases.ts';

/** Items (value, quality, transfer, cost) as a schedule; rents follow. */
const scheduleOf = (items: readonly (readonly [number, number, number, number])[]): Schedule => {
  const column = (pick: (item: readonly [number, number, number, number]) => number): Float64Array =>
    Float64Array.from(items, pick);
  return {
    value: column(([value]) => value),
    servedValue: column(([value]) => value),
    quality: column(([, quality]) => quality),
    cost: column(([, , , cost]) => cost),
    rent: column(([value, quality, transfer]) => value * quality - transfer),
  };
};
const scaleOf = (scale: number, schedule: Schedule, masses?: readonly number[]): AuditedScale => ({
  scale,
  schedule,
  masses: Float64Array.from(masses ?? Array.from(schedule.value, () => 1 / schedule.value.length)),
});

describe('a menu that', () => {
  test('is incentive compatible passes: θ = (1, 2), q = (½, 2), T = (½, 3.5)', () => {
    const audit = auditMenu(
      [
        scaleOf(
          1,
          scheduleOf([
            [1, 0.5, 0.5, 0.125],
            [2, 2, 3.5, 2],
          ]),
        ),
      ],
      1e-12,
    );
    expect(audit).toEqual({ maxIncentiveViolation: 0, maxParticipationViolation: 0, loss: 0 });
  });

  test('overcharges the high type is found out: by how much, who, and what it costs', () => {
    // At T_H = 3.7 type 2 gains ½·2 − ½ − (4 − 3.7) = .2 from the low item, which brings .375 instead of 1.7.
    const audit = auditMenu(
      [
        scaleOf(
          1,
          scheduleOf([
            [1, 0.5, 0.5, 0.125],
            [2, 2, 3.7, 2],
          ]),
          [2 / 3, 1 / 3],
        ),
      ],
      1e-12,
    );
    expectClose(audit.maxIncentiveViolation, 0.2, 1e-14);
    expect(audit.deviation).toEqual({ from: { value: 2, scale: 1 }, to: { value: 1, scale: 1 } });
    expect(audit.maxParticipationViolation).toBe(0);
    expectClose(audit.loss, (1.7 - 0.375) / 3, 1e-13);
  });

  test('tempts upward is found out too', () => {
    // Type 1 gains 2 − 1.2 − 0 = .8 from the high item.
    const audit = auditMenu(
      [
        scaleOf(
          1,
          scheduleOf([
            [1, 0.5, 0.5, 0.125],
            [2, 2, 1.2, 2],
          ]),
        ),
      ],
      1e-12,
    );
    expectClose(audit.maxIncentiveViolation, 0.8, 1e-14);
    expect(audit.deviation!.from.value).toBe(1);
    expect(audit.deviation!.to.value).toBe(2);
    expect(audit.loss).toBeGreaterThan(0);
  });

  test('asks more than an item is worth violates participation; those types buy nothing, and nothing is earned on them', () => {
    const audit = auditMenu([scaleOf(1, scheduleOf([[1, 0.5, 0.7, 0.125]]), [1])], 1e-12);
    expectClose(audit.maxParticipationViolation, 0.2, 1e-14);
    expectClose(audit.loss, 0.7 - 0.125, 1e-13);
  });

  test.each([0, 1, 2, 3])('has NaN in column %i never reads as fine', (column) => {
    const items: [number, number, number, number][] = [
      [1, 0.5, 0.5, 0.125],
      [2, 2, 3.5, 2],
    ];
    for (const k of [0, 1]) {
      const broken = items.map((item) => [...item] as [number, number, number, number]);
      broken[k]![column] = Number.NaN;
      const { maxIncentiveViolation, maxParticipationViolation, loss } = auditMenu(
        [scaleOf(1, scheduleOf(broken))],
        1e-12,
      );
      const isFine =
        maxIncentiveViolation <= 1e-9 && maxParticipationViolation <= 1e-9 && Math.abs(loss) <= 1e-9;
      // A cost of NaN is nobody's temptation: it shows in the profit, not here.
      if (column !== 3) expect(isFine).toBe(false);
    }
  });
});

test('gains within the tie are the seller’s', () => {
  const schedule = scheduleOf([
    [1, 0.5, 0.5, 0.125],
    [2, 2, 3.5 + 1e-6, 2],
  ]);
  expect(auditMenu([scaleOf(1, schedule)], 1e-5).loss).toBe(0);
  expect(auditMenu([scaleOf(1, schedule)], 1e-7).loss).toBeGreaterThan(0.5);
  expectClose(auditMenu([scaleOf(1, schedule)], 1e-5).maxIncentiveViolation, 1e-6, 1e-8);
});

test('agrees with trying every item by hand, for any voluntary menus at two scales', () => {
  const tenths = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 10);
  const items = fc.array(
    fc
      .tuple(tenths(1, 20), tenths(0, 20), tenths(0, 10), tenths(0, 20))
      .map(([w, q, part, cost]) => [w, q, part * w * q, cost] as [number, number, number, number]),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(items, items, (small, large) => {
      const scales = [
        { scale: 0.5, rows: small },
        { scale: 1, rows: large },
      ];
      const audit = auditMenu(
        scales.map(({ scale, rows }) => scaleOf(scale, scheduleOf(rows))),
        1e-12,
      );
      let violation = 0;
      let participation = 0;
      for (const own of scales) {
        for (const [w, q, t] of own.rows) {
          participation = Math.max(participation, t - w * q);
          for (const other of scales) {
            for (const [, q2, t2] of other.rows) {
              // A buyer of ½ task uses half of what is spread over 1; one of 1 all of what is made for ½.
              const usable = own.scale < other.scale ? 0.5 : 1;
              violation = Math.max(violation, w * usable * q2 - t2 - (w * q - t));
            }
          }
        }
      }
      expectClose(audit.maxParticipationViolation, participation, 1e-12, 'participation', 1);
      expectClose(audit.maxIncentiveViolation, violation, 1e-12, 'incentives', 1);
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

test('scale-by-scale menus pass where bounded rents hold, and not where the small buyers’ price is too low', () => {
  const supply = technologyNamed('EX1').closedForm;
  const values = Float64Array.from({ length: 30 }, (_, i) => (i + 0.5) / 30);
  const problem = { values: unit, scales: unit, served: iron(unit), supply };
  const menus = [0.2, 0.5, 0.9].map((scale) => scaleOf(scale, menuAtScale(problem, scale).schedule(values)));
  const honest = auditMenu(menus, 1e-9);
  expect(honest.maxIncentiveViolation).toBeLessThan(1e-12);
  // Rents at scale ½ raised by a gift: buyers of scale .9 take it.
  const gift = {
    ...menus[1]!,
    schedule: { ...menus[1]!.schedule, rent: menus[1]!.schedule.rent.map((rent) => rent + 0.3) },
  };
  const tempted = auditMenu([menus[0]!, gift, menus[2]!], 1e-9);
  expect(tempted.maxIncentiveViolation).toBeGreaterThan(0.1);
  expect(tempted.deviation!.to.scale).toBe(0.5);
  expect(tempted.deviation!.from.scale).not.toBe(0.5);
});

test('where Assumption 1 fails (ERRATA G) buyers of (.8, .95) gain 1.18 by taking what is made for (.76, 1)', () => {
  const values = distributionNamed('0.98Beta(4,9)+0.02U');
  const production = cobbDouglas.create(
    { exponents: { x: 0.02, y: 0.02, z: 0.7 }, base: { z: 0.1 } },
    { task: ['x', 'y'], shared: ['z'] },
  );
  const supply = production.closedForm!(
    [0.02, 0.02, 0.05].map((cost, i) => ({
      name: 'xyz'[i]!,
      scope: i < 2 ? 'task' : 'shared',
      cost,
      max: Number.POSITIVE_INFINITY,
    })),
  );
  const problem = { values, scales: unit, served: iron(values), supply };
  const number = (key: string): number => Number(references.assumption_failures.A1_fails.deviation[key]);
  const only = (value: number, scale: number): AuditedScale => {
    const { quality, transfer, cost } = menuAtScale(problem, scale).item(value);
    return scaleOf(scale, scheduleOf([[value, quality, transfer, cost]]));
  };
  const own = only(number('w'), number('s'));
  const other = only(number('to_w'), number('to_s'));
  const audit = auditMenu([own, other], 1e-9);
  expectClose(own.schedule.rent[0]!, number('U_truth'), 1e-11, 'rent');
  expectClose(audit.maxIncentiveViolation, number('U_dev') - number('U_truth'), 1e-9, 'gain');
  expect(audit.deviation).toEqual({ from: { value: 0.8, scale: 0.95 }, to: { value: 0.76, scale: 1 } });
});

describe('what is not offered, or is no number', () => {
  const two = scheduleOf([
    [1, 0.5, 0.5, 0.125],
    [2, 2, 1.2, 2],
  ]);
  const all = auditMenu([scaleOf(1, two)], 1e-12);

  test('nobody takes an item that is not offered', () => {
    expectClose(all.maxIncentiveViolation, 0.8, 1e-14);
    const without = (isOffered: readonly boolean[]) => auditMenu([{ ...scaleOf(1, two), isOffered }], 1e-12);
    expect(without([true, true])).toEqual(all);
    expect(without([false, true])).toEqual(all);
    expect(without([true, false]).maxIncentiveViolation).toBe(0);
    const nothing = { maxIncentiveViolation: 0, maxParticipationViolation: 0, loss: 0 };
    expect(without([false, false])).toEqual(nothing);
    // Whether what would tempt comes last or first.
    const reversed = scheduleOf([
      [2, 2, 1.2, 2],
      [1, 0.5, 0.5, 0.125],
    ]);
    expect(auditMenu([{ ...scaleOf(1, reversed), isOffered: [false, false] }], 1e-12)).toEqual(nothing);
  });

  test('a scale without types offers nothing', () => {
    const empty = scaleOf(0.5, scheduleOf([]));
    expect(auditMenu([empty, scaleOf(1, two)], 1e-12)).toEqual(all);
  });

  test('who has more outside than her item leaves her is lost, and takes what is better still', () => {
    // Type 1 has 0 from her own item, .8 from the other and ½ outside; type 2 has 2.8 and 3.
    const outside = (...worths: number[]) => ({ ...scaleOf(1, two), outside: Float64Array.from(worths) });
    const tempted = auditMenu([outside(0.5, 3)], 1e-12);
    expectClose(tempted.maxParticipationViolation, 0.5, 1e-14);
    expectClose(tempted.maxIncentiveViolation, 0.8, 1e-14);
    // Half of the buyers take the item that loses .8 in place of one that brings .375; the other half's loss of .8 is spared.
    expectClose(tempted.loss, (0.375 + 0.8) / 2 - 0.8 / 2, 1e-13);
    // With ⁹⁄₁₀ outside she takes that, and nobody brings anything.
    const lost = auditMenu([outside(0.9, 3)], 1e-12);
    expect(lost.maxIncentiveViolation).toBe(0);
    expectClose(lost.loss, 0.375 / 2 - 0.8 / 2, 1e-13);
  });

  test.each<[string, [number, number, number, number], number]>([
    ['NaN for quality', [3, Number.NaN, 1, 1], Number.NaN],
    ['NaN for a price', [3, 2, Number.NaN, 1], Number.NaN],
    ['a price of −∞', [3, 2, Number.NEGATIVE_INFINITY, 1], Number.POSITIVE_INFINITY],
  ])('an item with %s tempts as much as that is worth, wherever it stands', (_, bad, expected) => {
    const items: [number, number, number, number][] = [
      [1, 0.5, 0.5, 0.125],
      [2, 2, 1.2, 2],
    ];
    for (const at of [0, 1, 2]) {
      const rows = [...items.slice(0, at), bad, ...items.slice(at)];
      const [own, other] = [scheduleOf(items), scheduleOf(rows)];
      const audit = auditMenu([scaleOf(1, own), scaleOf(1, other, [0, 0, 0])], 1e-12);
      expect(audit.maxIncentiveViolation).toBe(expected);
      const alone = auditMenu(
        [scaleOf(1, own), { ...scaleOf(1, other, [0, 0, 0]), isOffered: rows.map((row) => row === bad) }],
        1e-12,
      );
      expect(alone.maxIncentiveViolation).toBe(expected);
    }
  });
});

test('no order of items hides one that is no number: not that of two of equal quality before it', () => {
  const items: [number, number, number, number][] = [
    [1, 1.5, 1.5, 0],
    [4, 1.5, 3.5, 0],
  ];
  const schedule = scheduleOf([...items, [3, Number.NaN, 1, 0]]);
  // What is said of her rent is a number.
  schedule.rent[2] = 0;
  const broken = scaleOf(1, schedule, [0, 0, 0]);
  const own = scaleOf(1, scheduleOf(items));
  expect(auditMenu([own, broken], 1e-12).maxIncentiveViolation).toBeNaN();
});

test('a gain of just the tie is the seller’s', () => {
  // Type 2 has 4 − 3¾ = ¼ from her own item and ½ from the other: T = ½, worth 1.
  const schedule = scheduleOf([
    [1, 0.5, 0.5, 0.125],
    [2, 2, 3.75, 2],
  ]);
  expect(auditMenu([scaleOf(1, schedule)], 0.25).loss).toBe(0);
  expect(auditMenu([scaleOf(1, schedule)], 0.249).loss).toBeGreaterThan(0.5);
});

test('of types that gain as much the first is named', () => {
  // From what is made for 2 value 1 has ½ in place of 0, and value 1¼ has 1 in place of ½.
  const schedule = scheduleOf([
    [1, 0.5, 0.5, 0.125],
    [1.25, 0.5, 0.125, 0.125],
    [2, 2, 1.5, 2],
  ]);
  const { maxIncentiveViolation, deviation } = auditMenu(
    [scaleOf(1, schedule), scaleOf(0.5, scheduleOf([[1, 0, 0, 0]]))],
    1e-12,
  );
  expect(maxIncentiveViolation).toBe(0.5);
  expect(deviation).toEqual({ from: { value: 1, scale: 1 }, to: { value: 2, scale: 1 } });
});
