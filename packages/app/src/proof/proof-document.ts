import { InputError } from '@menusmith/core';
import { screeningProblem } from '../problem/screening-problem.ts';
import type { Provenance } from '../provenance/provenance.ts';
import type { Solution } from '../solution.ts';
import type { CsvTable } from '../study/csv-table.ts';
import type { Study } from '../study/study.ts';
import type { StudySurroundings } from '../study/study-from-text.ts';
import { withSettings } from '../study/study-settings.ts';
import { studySource } from '../study/study-source.ts';
import { type ContinuumProof, continuumProof } from './continuum-proof.ts';
import { type MenuProof, menuProof } from './menu-proof.ts';
import { requireProvable } from './require-provable.ts';

/** A proof with the study that it is about: what `verify` takes. */
export type ProofDocument = (MenuProof | ProofOfContinuum) & ProofSubject;

/** Of a continuum of types. */
interface ProofOfContinuum extends Pick<MenuProof, 'proof' | 'claims'> {
  readonly continuum: ContinuumProof;
}

interface ProofSubject {
  /** The study as it was solved, with the fields that were set. */
  readonly study: Readonly<Record<string, unknown>>;
  /** The texts of the files that the study names, by these names. */
  readonly files: Readonly<Record<string, string>>;
  /** By what it was made. */
  readonly provenance?: Provenance;
}

/** What a study was read from. */
export type ProofOrigin = Pick<StudySurroundings, 'file' | 'settings' | 'csvFiles'> & {
  readonly text: string;
};

/** The proof of a solved study's menu. Throws InputError 'proof' where none covers the study. */
export const proofDocument = (
  study: Study,
  solution: Solution,
  { text, file, settings = [], csvFiles }: ProofOrigin,
  provenance?: Provenance,
): ProofDocument => {
  const data = studyData({ text, file, settings });
  requireProvable(study, data);
  const proof = proofOf(study, solution);
  const { file: named } = data.buyers as { readonly file?: unknown };
  const { proof: version, ...rest } = proof;
  return {
    proof: version,
    study: data,
    files: typeof named === 'string' ? { [named]: textOf(csvFiles(named)) } : {},
    ...rest,
    ...(provenance ? { provenance } : {}),
  };
};

/** A proof of a continuum rests on cells of types, and claims what the certificate says to so much of itself: of scales there are fewer cells. */
const CLAIMED = { 'continuous-chain': 1e-6, 'scale-chains': 1e-2 };

const proofOf = (study: Study, { result, proved, continuous }: Solution): MenuProof | ProofOfContinuum => {
  const { attainedObjective, upperBound } = result.certificate;
  const problem = screeningProblem(study);
  if (attainedObjective !== null && upperBound !== null) {
    if (proved !== undefined) return menuProof(study, proved, upperBound / study.terms.objective.profit);
    if (
      continuous !== undefined &&
      (problem.kind === 'continuous-chain' || problem.kind === 'scale-chains')
    ) {
      const claimed = CLAIMED[problem.kind];
      return {
        proof: 1,
        claims: {
          attainedObjective: attainedObjective * (1 - claimed),
          upperBound: upperBound * (1 + claimed),
        },
        continuum: continuumProof(study, problem, continuous),
      };
    }
  }
  throw new InputError('proof', '--proof: the answer contradicts itself, and so there is nothing to prove');
};

/** Throws InputError 'proof' where no proof will cover the study, before anything takes its time. */
export const requireProof = (study: Study, origin: Omit<ProofOrigin, 'csvFiles'>): void =>
  requireProvable(study, studyData(origin));

/** The data of a study with its settings. */
const studyData = ({ text, file, settings = [] }: Omit<ProofOrigin, 'csvFiles'>): ProofDocument['study'] =>
  withSettings(studySource(text, file).data, settings) as ProofDocument['study'];

/** A table as CSV: what the study reads of a file, whatever its delimiters and quotes. */
const textOf = ({ columns, rows }: CsvTable): string =>
  [columns, ...rows.map(({ cells }) => cells)]
    .map((cells) => `${cells.map((cell) => cell.replaceAll(/[,"\r\n]/g, ' ')).join(',')}\n`)
    .join('');
