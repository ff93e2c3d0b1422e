export type { Output, TextStream } from './command-context.ts';
export { checkCommand, type StudyCheck } from './commands/check.ts';
export { pageFolder } from './commands/explore.ts';
export { type SolveOptions, type SolveSurroundings, solveCommand } from './commands/solve.ts';
export { main } from './main.ts';
export { pageServer } from './page-server.ts';
export { solveReport } from './solve-report.ts';
