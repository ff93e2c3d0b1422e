export { type ListedProof, type Proof, type Verdict, verifyProof } from './verify-proof.ts';
