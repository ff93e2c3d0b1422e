import type { Provenance } from '../../provenance/provenance.ts';
import { studySource } from '../../study/study-source.ts';
import type { StudyDistribution } from '../estimate/type-distribution.ts';
import type { Draw } from './draw.ts';

/** Demand and types of one draw, in the place of the study's. */
export interface DrawnFit {
  /** `production.exponents` */
  readonly exponents: Readonly<Record<string, number>>;
  /** The distribution of θ: `buyers.type`. */
  readonly type: StudyDistribution;
}

/** draws.json: the fits to customers drawn with replacement, for whoever wants a band of what a study says. */
export interface DrawsDocument {
  /** The fit that they are draws of, as it stands in the study. */
  readonly fit: { readonly production: unknown; readonly buyers: unknown };
  readonly seed: number;
  readonly asked: number;
  readonly failed: number;
  /** As the bootstrap has it. */
  readonly optimism: number | null;
  readonly draws: readonly DrawnFit[];
  readonly provenance?: Provenance;
}

export const drawsDocument = (
  /** The study's text. */
  study: string,
  made: readonly (Draw | null)[],
  rest: Pick<DrawsDocument, 'seed' | 'asked' | 'optimism'> & { readonly provenance: Provenance },
): DrawsDocument => {
  const { production, buyers } = studySource(study, 'study.yaml').data as DrawsDocument['fit'];
  const draws = made.flatMap((draw) =>
    draw === null ? [] : [{ exponents: draw.exponents, type: draw.type }],
  );
  return { fit: { production, buyers }, ...rest, failed: made.length - draws.length, draws };
};
