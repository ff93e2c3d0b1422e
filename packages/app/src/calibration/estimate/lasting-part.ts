import type { Panel } from './panel.ts';

/** The part of a quantity that lasts, by series of one model: x_it = lasting_i + γ_t + noise. */
export interface LastingPart {
  /** Series of the panel. */
  readonly series: Uint32Array;
  /** Mean over the series' months, those in which all series were higher or lower taken into account. */
  readonly mean: Float64Array;
  readonly counts: Uint16Array;
  /** Variance of one month's noise; NaN where no series has two months. */
  readonly noise: number;
  readonly monthEffects: Float64Array;
}

const ROUNDS = 30;
const SETTLED = 1e-10;

/** Least squares by turns of series and months; cells whose value is NaN are left out. */
export const lastingPart = (
  { offsets, modelOf, month, months }: Panel,
  model: number,
  value: (cell: number, series: number) => number,
): LastingPart => {
  const members: number[] = [];
  for (let s = 0; s + 1 < offsets.length; s++) {
    if (modelOf[s] !== model) continue;
    for (let i = offsets[s]!; i < offsets[s + 1]!; i++)
      if (!Number.isNaN(value(i, s))) {
        members.push(s);
        break;
      }
  }
  const series = Uint32Array.from(members);
  const mean = new Float64Array(series.length);
  const counts = new Uint16Array(series.length);
  const effects = new Float64Array(months);
  const [sums, sizes] = [new Float64Array(months), new Float64Array(months)];
  let cells = 0;
  for (let round = 0; round < ROUNDS; round++) {
    sums.fill(0);
    sizes.fill(0);
    cells = 0;
    for (let k = 0; k < series.length; k++) {
      const s = series[k]!;
      let [sum, count] = [0, 0];
      for (let i = offsets[s]!; i < offsets[s + 1]!; i++) {
        const x = value(i, s);
        if (Number.isNaN(x)) continue;
        sum += x - effects[month[i]!]!;
        count++;
      }
      mean[k] = sum / count;
      counts[k] = count;
      cells += count;
      for (let i = offsets[s]!; i < offsets[s + 1]!; i++) {
        const x = value(i, s);
        if (Number.isNaN(x)) continue;
        sums[month[i]!]! += x - mean[k]!;
        sizes[month[i]!]!++;
      }
    }
    let [level, moved] = [0, 0];
    for (let t = 0; t < months; t++) level += sums[t]!;
    level /= cells;
    for (let t = 0; t < months; t++) {
      const next = sizes[t]! > 0 ? sums[t]! / sizes[t]! - level : 0;
      moved = Math.max(moved, Math.abs(next - effects[t]!));
      effects[t] = next;
    }
    if (moved < SETTLED) break;
  }
  return { series, mean, counts, noise: noiseVariance(), monthEffects: effects };

  function noiseVariance(): number {
    let squares = 0;
    for (let k = 0; k < series.length; k++) {
      const s = series[k]!;
      for (let i = offsets[s]!; i < offsets[s + 1]!; i++) {
        const x = value(i, s);
        if (!Number.isNaN(x)) squares += (x - effects[month[i]!]! - mean[k]!) ** 2;
      }
    }
    return squares / (cells - series.length);
  }
};
