/* What HiGHS is asked, loaded with it: most studies never ask. */
export { chordPrograms } from './chord-programs.ts';
export { leastGoodsFlow } from './goods-flow-program.ts';
export { linearPrograms } from './linear-programs.ts';
