import type { Provenance } from '../provenance/provenance.ts';
import type { Bootstrap } from './bootstrap/bootstrap.ts';
import type { Calibration } from './calibration.ts';
import type { FittedTypes } from './estimate/fitted-types.ts';
import type { FittedModel, FittedQuantity } from './fitted-model.ts';
import { monthName } from './usage/delimited-bytes.ts';

/** What `calibrate` found, as it stands in fit.json. */
export interface FitDocument {
  readonly name: string;
  /** Sum of the exponents of task inputs, of the model on which most is spent. */
  readonly degree: number;
  readonly degreeStandardError: number | null;
  readonly degreeInterval?: readonly [number, number];
  readonly exponents: Readonly<Record<string, number>>;
  /** With some use at known prices. */
  readonly customers: number;
  readonly months: number;
  readonly firstMonth: string;
  readonly lastMonth: string;
  readonly identifiedBy: string;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly rows: {
    readonly read: number;
    readonly used: number;
    readonly idle: number;
    readonly repeated: number;
    readonly leftOut: readonly { readonly reason: string; readonly rows: number }[];
  };
  readonly models: readonly FitModel[];
  /** What other customers of the same kind would have led to. */
  readonly bootstrap?: Bootstrap;
  readonly provenance: Provenance;
}

interface FitModel {
  readonly model: string;
  readonly study: string;
  readonly degree: number;
  readonly exponents: Readonly<Record<string, number>>;
  readonly costs: Readonly<Record<string, number>>;
  readonly customers: number;
  /** Standard deviation of log θ from month to month; null where no customer has two months. */
  readonly monthNoise: number | null;
  readonly theta: FitQuantity;
  readonly value?: FitQuantity;
  readonly scale?: FitQuantity & { readonly unit: number };
  readonly dependence?: readonly {
    readonly use: string;
    readonly parameters: Readonly<Record<string, number>>;
    readonly logLikelihood: number;
    readonly aic: number;
  }[];
  /** Of spending at linear prices. */
  readonly beyondSample: number;
}

interface FitQuantity {
  /** As the study has it. */
  readonly distribution: object;
  /** null where the fit has no Pareto tail. */
  readonly tail: { readonly shape: number; readonly from: number; readonly share: number } | null;
  /** Tried, the best first: less of the criterion is better. */
  readonly candidates: readonly {
    readonly components: number;
    readonly tail: number | null;
    readonly logLikelihood: number;
    readonly parameters: number;
    readonly bic: number;
  }[];
}

export const fitDocument = (
  calibration: Calibration,
  {
    name,
    studies,
    provenance,
    bootstrap,
  }: {
    readonly name: string;
    /** Names of the studies' files, in the order of models. */
    readonly studies: readonly string[];
    readonly provenance: Provenance;
    readonly bootstrap?: Bootstrap | undefined;
  },
): FitDocument => {
  const { panel, usage, degree, models, customers, identifiedBy, warnings, notes } = calibration;
  const { counts } = usage;
  return {
    name,
    degree: degree.degree,
    degreeStandardError: degree.standardError,
    ...(degree.interval === undefined ? {} : { degreeInterval: degree.interval }),
    exponents: models[0]!.exponents,
    customers,
    months: panel.months,
    firstMonth: monthName(panel.firstMonth),
    lastMonth: monthName(panel.firstMonth + panel.months - 1),
    identifiedBy,
    warnings,
    notes,
    rows: {
      read: counts.rows,
      used: counts.used,
      idle: counts.idle,
      repeated: counts.repeated,
      leftOut: [...counts.left].map(([reason, rows]) => ({ reason, rows })),
    },
    models: models.map((fit, k) => fitModel(calibration, fit, studies[k]!)),
    ...(bootstrap === undefined ? {} : { bootstrap }),
    provenance,
  };
};

const fitModel = ({ panel, costs }: Calibration, fit: FittedModel, study: string): FitModel => {
  const { theta, valueAndScale: both, distribution, degree, exponents, beyondSample } = fit;
  const { noise } = theta.lasting;
  return {
    model: panel.models[fit.model]!.name,
    study,
    degree,
    exponents,
    costs: costs[fit.model]!,
    customers: theta.expected.length,
    monthNoise: Number.isNaN(noise) ? null : Math.sqrt(noise),
    theta: fitQuantity(theta, distribution.study, 0),
    ...(both === undefined
      ? {}
      : {
          value: fitQuantity(both.value, both.valueDistribution.study, 0),
          scale: {
            ...fitQuantity(both.scale, both.scaleDistribution.study, both.unit),
            unit: Math.exp(both.unit),
          },
          dependence: both.copulas.map(({ use, parameters, logLikelihood, criterion }) => ({
            use,
            parameters,
            logLikelihood,
            aic: criterion,
          })),
        }),
    beyondSample,
  };
};

const fitQuantity = ({ types }: FittedQuantity, distribution: object, shift: number): FitQuantity => {
  const { tail, share } = types.chosen.density;
  return {
    distribution,
    tail: tail === undefined ? null : { shape: tail.shape, from: Math.exp(tail.from - shift), share },
    candidates: ranked(types).map(({ density, logLikelihood, parameters, criterion }) => ({
      components: density.components.length,
      tail: density.tail?.shape ?? null,
      logLikelihood,
      parameters,
      bic: criterion,
    })),
  };
};

/** The best first. */
export const ranked = ({ candidates }: FittedTypes): FittedTypes['candidates'] =>
  [...candidates].sort((a, b) => a.criterion - b.criterion);
