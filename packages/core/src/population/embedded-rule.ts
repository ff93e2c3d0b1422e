import { gaussLegendre } from '../integration/gauss-legendre.ts';

/** A Gauss rule of three nodes, of which the middle one is a rule as well, and one of two beside it. */
const [THREE, TWO] = [gaussLegendre(3), gaussLegendre(2)];

/** The places in [0, 1] where an integrand is asked for, in this order. */
export const PLACES = Float64Array.of(...THREE.nodes, ...TWO.nodes);
/** The weights of the rule of three, and of that of two, at these places. */
export const WEIGHTS = Float64Array.of(...THREE.weights, 0, 0);
export const OTHER_WEIGHTS = Float64Array.of(0, 0, 0, ...TWO.weights);
/** Which of the places is the middle, and a rule of its own. */
export const MIDDLE = 1;

/**
 * What the rule of three may be off by: what it differs by from the rule of two; or, lest they agree by chance next to a kink, what it differs by from that of one, the less the smaller that is beside the
 * integral. Of a smooth integrand in a cell of width h both are O(h⁴).
 */
export const ruleError = (three: number, two: number, one: number): number => {
  const [near, far] = [Math.abs(three - two), Math.abs(three - one)];
  if (!(far > 0)) return near + far;
  const size = Math.abs(three);
  return Math.max(near, far < size ? (far * far) / size : far);
};
