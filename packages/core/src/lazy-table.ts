/** Writes the components at x into `out`. */
export type Table = (x: number, out: Float64Array) => void;

interface Panel {
  readonly from: number;
  readonly to: number;
  /** Chebyshev coefficients, component by component; none where the function is not smooth enough for them. */
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
const MOST_HALVINGS = 5;

const cosines = Float64Array.from({ length: 4 * NODES }, (_, i) => Math.cos((Math.PI * i) / (2 * NODES)));

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
    const coefficients = new Float64Array(NODES * components);
    let rest = 0;
    for (let c = 0; c < components; c++) {
      for (let k = 0; k < NODES; k++) {
        let sum = 0;
        for (let i = 0; i < NODES; i++) {
          sum += samples[c * NODES + i]! * cosines[(k * (2 * i + 1)) % (4 * NODES)]!;
        }
        coefficients[c * NODES + k] = ((k === 0 ? 1 : 2) * sum) / NODES;
        if (k >= NODES - TAIL) rest = Math.max(rest, Math.abs(coefficients[c * NODES + k]!) / sizes[c]!);
      }
    }
    return { coefficients, rest };
  };
  const build = (from: number, to: number, halvings: number): Panel => {
    const { coefficients, rest } = fit(from, to);
    if (rest <= ACCURATE) return { from, to, coefficients, halves: undefined };
    if (halvings < MOST_HALVINGS && rest < Number.POSITIVE_INFINITY) {
      const middle = from + (to - from) / 2;
      const halves = [build(from, middle, halvings + 1), build(middle, to, halvings + 1)] as const;
      return { from, to, coefficients: undefined, halves };
    }
    return { from, to, coefficients: rest <= NOISE ? coefficients : undefined, halves: undefined };
  };

  return (x, out) => {
    const index = Math.floor(x / width);
    let panel = panels.get(index);
    if (panel === undefined) {
      panel = build(index * width, (index + 1) * width, 0);
      panels.set(index, panel);
    }
    while (panel.halves !== undefined) panel = panel.halves[x < panel.halves[0].to ? 0 : 1];
    const { from, to, coefficients } = panel;
    if (coefficients === undefined) return evaluate(x, out);
    const z = 2 * ((2 * (x - from)) / (to - from) - 1);
    for (let c = 0; c < components; c++) {
      let [b1, b2] = [0, 0];
      for (let k = (c + 1) * NODES - 1; k > c * NODES; k--) {
        const b = coefficients[k]! + z * b1 - b2;
        b2 = b1;
        b1 = b;
      }
      out[c] = coefficients[c * NODES]! + (z / 2) * b1 - b2;
    }
  };
};
