import type { FiniteProblem } from '@menusmith/core';
import { type ConicRow, conicMinimum, type PowerCost } from './conic-program.ts';

/** Costs of the models on tasks of their own; what types have outside is a model of quality 1 without cost that is worth u_n to type n. */
export type TestModel = PowerCost | 'outside';

/**
 * The seller's problem with lotteries over models written down once more, as a conic program for Clarabel in T, shares π, y = π q and t ≥ yᵖ/πᵖ⁻¹, with
 * all constraints at once:
 *
 *     maximise Σ f (T_n − Σ_l Σ ω c_l t + κ U_n),   U_n = ⟨w_n, Σ_l y_nl⟩ + u_n π_n,outside − T_n ≥ u_n,
 *     U_n ≥ ⟨w_n, Σ_l y_kl⟩ + u_n π_k,outside − T_k,   Σ_l π_kl = 1.
 *
 * With `assigned` all of an item is made by one model. undefined where Clarabel does not say.
 */
export const lotteryOptimum = (
  { types, mass, surplusWeight = 0, participation }: FiniteProblem,
  models: readonly TestModel[],
  assigned?: readonly number[],
): number | undefined => {
  const { count, weights } = types;
  const tasks = weights.length;
  const u = participation ?? new Float64Array(count);
  const perModel = 1 + 2 * tasks;
  const perItem = 1 + models.length * perModel;
  const transfer = (k: number): number => k * perItem;
  const share = (k: number, l: number): number => k * perItem + 1 + l * perModel;
  const quality = (k: number, l: number, m: number): number => share(k, l) + 1 + m;
  const amount = (k: number, l: number, m: number): number => share(k, l) + 1 + tasks + m;
  const objective = new Float64Array(count * perItem);
  const rows: ConicRow[] = [];
  /** sign · U of type n from item k. */
  const addUtility = (n: number, k: number, sign: number, row: Map<number, number>): void => {
    const add = (column: number, value: number): void => {
      row.set(column, (row.get(column) ?? 0) + sign * value);
    };
    add(transfer(k), -1);
    models.forEach((model, l) => {
      if (model === 'outside') add(share(k, l), u[n]!);
      else for (let m = 0; m < tasks; m++) add(quality(k, l, m), weights[m]! * types.valueAt(n, m));
    });
  };
  for (let n = 0; n < count; n++) {
    const f = mass[n]!;
    const rent = new Map<number, number>();
    addUtility(n, n, 1, rent);
    for (const [column, value] of rent) objective[column]! -= f * surplusWeight * value;
    objective[transfer(n)]! -= f;
    models.forEach((model, l) => {
      if (model === 'outside') return;
      for (let m = 0; m < tasks; m++) objective[amount(n, l, m)] = f * weights[m]! * model.factor;
    });
    for (let k = 0; k < count; k++) {
      const row = new Map<number, number>();
      if (k !== n) addUtility(n, k, 1, row);
      addUtility(n, n, -1, row);
      rows.push({ row, bound: k === n ? -u[n]! : 0 });
    }
    const all = models.map((_, l): [number, number] => [share(n, l), 1]);
    rows.push({ row: new Map(all), bound: 1 });
    rows.push({ row: new Map(all.map(([column]) => [column, -1])), bound: -1 });
    models.forEach((_, l) => {
      rows.push({ row: new Map([[share(n, l), -1]]), bound: 0 });
      if (assigned !== undefined && assigned[n] !== l)
        rows.push({ row: new Map([[share(n, l), 1]]), bound: 0 });
      for (let m = 0; m < tasks; m++) rows.push({ row: new Map([[quality(n, l, m), -1]]), bound: 0 });
    });
  }
  const linear = rows.length;
  const powers: number[] = [];
  for (let k = 0; k < count; k++) {
    models.forEach((model, l) => {
      for (let m = 0; m < tasks; m++) {
        rows.push({ row: new Map([[amount(k, l, m), -1]]), bound: 0 });
        rows.push({ row: new Map([[share(k, l), -1]]), bound: 0 });
        rows.push({ row: new Map([[quality(k, l, m), -1]]), bound: 0 });
        powers.push(model === 'outside' ? 0.5 : 1 / model.power);
      }
    });
  }
  const value = conicMinimum(objective, rows, linear, powers);
  return value === undefined ? undefined : -value;
};
