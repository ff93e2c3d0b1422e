import { proofDocument } from '@menusmith/app';
import { type Proof, verifyProof } from '@menusmith/verify';
import { expect, it } from 'vitest';
import { example1, noFile, scales, solved } from './continua.ts';

it('a proof brackets Example 1, packages, within 1e-9: 97/1080', async () => {
  const { text, study, solution } = await solved({ ...example1, contract: 'packages', buyers: scales });
  const document = proofDocument(study, solution, { text, file: 'study.json', csvFiles: noFile });
  const verdict = verifyProof(JSON.parse(JSON.stringify(document)) as Proof);
  expect(verdict.violations).toEqual([]);
  const [attained, bound] = [Number(verdict.attainedProfit![0]), Number(verdict.upperBound![1])];
  expect(attained).toBeLessThan(97 / 1080);
  expect(attained).toBeGreaterThan(97 / 1080 - 1e-9);
  expect(bound).toBeGreaterThan(97 / 1080);
  expect(bound).toBeLessThan(97 / 1080 + 1e-9);
});
