export type { ListedProof } from './verify-listed.ts';
export { type Proof, type Verdict, verifyProof } from './verify-proof.ts';
