/** The margin with the sign of the verdict: what fails, fails by the slack at least. */
export const signedMargin = (measured: number, holds: boolean, slack: number): number =>
  holds ? Math.max(measured, 0) : Math.min(measured, -slack);
