/*
 * User timings, for whoever measures the page: parameter-to-result (a parameter changed, the numbers follow), parameter-to-pictures (the visible
 * pictures have followed) and solve-in-worker (from text to result, without the way to the worker and back).
 */

type Timing = 'parameter-to-result' | 'parameter-to-pictures' | 'solve-in-worker';

export const measure = (name: Timing, start: number): void => {
  performance.measure(name, { start, end: performance.now() });
};
