/** Writes the components at x into `out`. */
export type Table = (x: number, out: Float64Array) => void;

interface Panel {
  readonly from: number;
  readonly to: number;
  /** Of the powers of the position in [−1, 1], component by component; none where the function is not smooth enough for them. */
  readonly coefficients: Float64Array | undefined;
  readonly halves: readonly [Panel, Panel] | undefined;
}

const NODES = 20;
/** Coefficients whose size says how good the panel is. */
const TAIL = 3;
/** Of the largest value in the panel, or of 1 where that is larger. */
const ACCURATE = 4e-15;
/** What rounding in the function may leave where halving no longer helps. */
const NOISE = 1e-12;
/** Halving leaves far less of an error that is not noise. */
const HELPFUL = 0.1;
/** Noise that is louder, of a function that is small beside what it is made of: two halvings leave more of it than a quarter, which they leave of a kink. */
const LOUD = 1e-7;
const KINK = 0.5;
const MOST_HALVINGS = 5;
/** Noise as loud as a kink or a jump is between neighbours, too, so far apart relative to the panel, and at most of so many places. */
const NEIGHBOURS = 2 ** -26;
const PLACES = 5;
/** Coefficients average noise over the nodes. */
const AVERAGED = 0.1;

const cosines = Float64Array.from({ length: 4 * NODES }, (_, i) => Math.cos((Math.PI * i) / (2 * NODES)));

/** Coefficients of the Chebyshev polynomials T_k, k below 20: T_{k+1} = 2 x T_k − T_{k−1}. */
const chebyshev: readonly Float64Array[] = (() => {
  const rows = [new Float64Array(NODES), new Float64Array(NODES)];
  rows[0]![0] = rows[1]![1] = 1;
  for (let k = 2; k < NODES; k++)
    rows.push(rows[0]!.map((_, j) => (j > 0 ? 2 * rows[k - 1]![j - 1]! : 0) - rows[k - 2]![j]!));
  return rows;
})();

/**
 * A smooth vector-valued function of a real number, evaluated only at the Chebyshev nodes of those panels, `width` long, that are asked for. A
 * panel is halved until 20 nodes give it to about 1e-14 of its size or of 1; where they do not, near a kink, the function itself is asked.
 */
export const lazyTable = (evaluate: Table, components: number, width: number): Table => {
  const panels = new Map<number, Panel>();
  const point = new Float64Array(components);

  /** Coefficients on [from, to], and the largest of the last ones relative to the function. */
  const fit = (from: number, to: number): { coefficients: Float64Array; rest: number } => {
    const samples = new Float64Array(NODES * components);
    const sizes = new Float64Array(components).fill(1);
    for (let i = 0; i < NODES; i++) {
      evaluate(from + ((to - from) * (1 + cosines[2 * i + 1]!)) / 2, point);
      for (let c = 0; c < components; c++) {
        samples[c * NODES + i] = point[c]!;
        sizes[c] = Math.max(sizes[c]!, Math.abs(point[c]!)); // NaN stays NaN
      }
    }
    // Chebyshev coefficients fall so fast where the panel is good that their powers lose nothing.
    const coefficients = new Float64Array(NODES * components);
    let rest = 0;
    for (let c = 0; c < components; c++) {
      for (let k = 0; k < NODES; k++) {
        let sum = 0;
        for (let i = 0; i < NODES; i++) {
          sum += samples[c * NODES + i]! * cosines[(k * (2 * i + 1)) % (4 * NODES)]!;
        }
        const coefficient = ((k === 0 ? 1 : 2) * sum) / NODES;
        for (let j = 0; j <= k; j++) coefficients[c * NODES + j]! += coefficient * chebyshev[k]![j]!;
        if (k >= NODES - TAIL) rest = Math.max(rest, Math.abs(coefficient) / sizes[c]!);
      }
    }
    return { coefficients, rest };
  };
  const neighbours = [new Float64Array(components), new Float64Array(components)] as const;
  /** Whether neighbours are off a straight line by as much as `rest`, at most places. */
  const isNoisy = (from: number, to: number, rest: number): boolean => {
    const step = NEIGHBOURS * (to - from);
    let count = 0;
    for (let i = 0; i < PLACES; i++) {
      const x = from + ((to - from) * (i + 0.5)) / PLACES;
      evaluate(x, point);
      for (const [side, neighbour] of neighbours.entries()) evaluate(x + (2 * side - 1) * step, neighbour);
      const isBent = point.some((each, c) => {
        const bend = neighbours[0][c]! - 2 * each + neighbours[1][c]!;
        return Math.abs(bend) > AVERAGED * rest * Math.max(1, Math.abs(each));
      });
      if (isBent) count++;
    }
    return 2 * count > PLACES;
  };
  /** The panel on [from, to], after so many halvings, the last two of which began with these rests. */
  const build = (from: number, to: number, halvings: number, rests: readonly [number, number]): Panel => {
    const { coefficients, rest } = fit(from, to);
    const [twoBefore, before] = rests;
    const isNoise =
      (rest <= NOISE && (halvings === MOST_HALVINGS || rest > HELPFUL * before)) ||
      (rest <= LOUD && rest > KINK * twoBefore) ||
      (rest > LOUD && rest > HELPFUL * before && isNoisy(from, to, rest));
    if (rest <= ACCURATE || isNoise) return { from, to, coefficients, halves: undefined };
    if (halvings === MOST_HALVINGS || !(rest < Number.POSITIVE_INFINITY))
      return { from, to, coefficients: undefined, halves: undefined };
    const middle = from + (to - from) / 2;
    const own = [before, rest] as const;
    const halves = [build(from, middle, halvings + 1, own), build(middle, to, halvings + 1, own)] as const;
    return { from, to, coefficients: undefined, halves };
  };

  // Looked up again and again in one panel, as quadrature does.
  let panel: Panel = { from: 0, to: 0, coefficients: undefined, halves: undefined };
  return (x, out) => {
    if (!(x >= panel.from && x < panel.to)) {
      const index = Math.floor(x / width);
      let found = panels.get(index);
      if (found === undefined) {
        found = build(index * width, (index + 1) * width, 0, [
          Number.POSITIVE_INFINITY,
          Number.POSITIVE_INFINITY,
        ]);
        panels.set(index, found);
      }
      while (found.halves !== undefined) found = found.halves[x < found.halves[0].to ? 0 : 1];
      panel = found;
    }
    const { from, to, coefficients } = panel;
    if (coefficients === undefined) return evaluate(x, out);
    const z = (2 * (x - from)) / (to - from) - 1;
    const square = z * z;
    // Even and odd powers apart: half as long a chain.
    for (let c = 0, last = NODES - 1; c < components; c++, last += NODES) {
      let odd = coefficients[last]!;
      let even = coefficients[last - 1]!;
      for (let k = last - 2; k > last - NODES; k -= 2) {
        odd = odd * square + coefficients[k]!;
        even = even * square + coefficients[k - 1]!;
      }
      out[c] = even + z * odd;
    }
  };
};
