import type { Provenance } from '../provenance/provenance.ts';
import type { Solution } from '../solution.ts';
import type { CsvTable } from '../study/csv-table.ts';
import type { Study } from '../study/study.ts';
import type { StudySurroundings } from '../study/study-from-text.ts';
import { withSettings } from '../study/study-settings.ts';
import { studySource } from '../study/study-source.ts';
import { type MenuProof, menuProof } from './menu-proof.ts';

/** A proof with the study that it is about: what `verify` takes. */
export interface ProofDocument extends MenuProof {
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
  const data = withSettings(studySource(text, file).data, settings) as ProofDocument['study'];
  const proof = menuProof(study, solution);
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

/** A table as CSV: what the study reads of a file, whatever its delimiters and quotes. */
const textOf = ({ columns, rows }: CsvTable): string =>
  [columns, ...rows.map(({ cells }) => cells)]
    .map((cells) => `${cells.map((cell) => cell.replaceAll(/[,"\r\n]/g, ' ')).join(',')}\n`)
    .join('');
