/* fmin comes without types: only what is used here. */
declare module 'fmin' {
  export function nelderMead(
    objective: (x: number[]) => number,
    start: number[],
    options?: { maxIterations?: number; minErrorDelta?: number },
  ): { readonly x: number[]; readonly fx: number };
}
