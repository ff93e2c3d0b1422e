import type { Provenance } from '../provenance/provenance.ts';
import type { Bootstrap } from './bootstrap/bootstrap.ts';
import type { Calibration } from './calibration.ts';
import type { FittedTypes } from './estimate/fitted-types.ts';
import type { FittedModel, FittedQuantity } from './fitted-model.ts';
import { monthName } from './usage/delimited-bytes.ts';

/** What `calibrate` found, as it stands in fit.json. */
export interface FitDocument {
  /** What the studies are called. */
  readonly name: string;
  /** Sum of the exponents of task inputs, of the model on which most is spent. */
  readonly degree: number;
  /** Standard error of the degree; null where it was not estimated. */
  readonly degreeStandardError: number | null;
  /** Least and greatest cost over price, where today’s list is taken to be optimal: the degree is between them. */
  readonly degreeInterval?: readonly [number, number];
  /** Exponent of each task input, of the same model. */
  readonly exponents: Readonly<Record<string, number>>;
  /** With some use at known prices. */
  readonly customers: number;
  /** Months from the first to the last. */
  readonly months: number;
  /** As YYYY-MM. */
  readonly firstMonth: string;
  /** As YYYY-MM. */
  readonly lastMonth: string;
  /** What says how demand falls with prices: prices that vary, an elasticity that was given, or the assumption that today’s list is optimal. */
  readonly identifiedBy: string;
  /** What speaks against the fit, in sentences. */
  readonly warnings: readonly string[];
  /** What a reader must know beside the numbers, in sentences. */
  readonly notes: readonly string[];
  /** What became of the rows of the log. */
  readonly rows: {
    /** Rows that were read. */
    readonly read: number;
    /** Rows that the fit is made from. */
    readonly used: number;
    /** Rows of months without use. */
    readonly idle: number;
    /** Used or idle rows of a customer, model and month that had one before; they are added up. */
    readonly repeated: number;
    /** Rows that were left out, by reason. */
    readonly leftOut: readonly {
      /** Why. */
      readonly reason: string;
      /** How many. */
      readonly rows: number;
    }[];
  };
  /** The fit of each model, that on which most is spent first. */
  readonly models: readonly FitModel[];
  /** What other customers of the same kind would have led to. */
  readonly bootstrap?: Bootstrap;
  readonly provenance: Provenance;
}

/** What was found of one model. */
interface FitModel {
  /** Name of the model. */
  readonly model: string;
  /** File of its study. */
  readonly study: string;
  /** Sum of the exponents of task inputs. */
  readonly degree: number;
  /** Exponent of each task input. */
  readonly exponents: Readonly<Record<string, number>>;
  /** Cost of each input. */
  readonly costs: Readonly<Record<string, number>>;
  /** How many customers use it. */
  readonly customers: number;
  /** Standard deviation of log θ from month to month; null where no customer has two months. */
  readonly monthNoise: number | null;
  /** The distribution of θ. */
  readonly theta: FitQuantity;
  /** The distribution of values, where values and scales were told apart. */
  readonly value?: FitQuantity;
  /** The distribution of scales, where values and scales were told apart. */
  readonly scale?: FitQuantity & {
    /** How many requests a month are a scale of 1. */
    readonly unit: number;
  };
  /** Copulas of value and scale that were tried, the best first. */
  readonly dependence?: readonly {
    /** Name of the copula. */
    readonly use: string;
    /** Its parameters. */
    readonly parameters: Readonly<Record<string, number>>;
    /** Log-likelihood at them. */
    readonly logLikelihood: number;
    /** Akaike’s criterion: less is better. */
    readonly aic: number;
  }[];
  /** Of spending at linear prices. */
  readonly beyondSample: number;
}

/** The distribution of what differs between customers, and those that were tried. */
interface FitQuantity {
  /** As the study has it. */
  readonly distribution: object;
  /** null where the fit has no Pareto tail. */
  readonly tail: {
    /** Shape of the Pareto tail. */
    readonly shape: number;
    /** Where the tail begins. */
    readonly from: number;
    /** Share of the customers in the tail. */
    readonly share: number;
  } | null;
  /** Tried, the best first: less of the criterion is better. */
  readonly candidates: readonly {
    /** How many normal components of the logarithm. */
    readonly components: number;
    /** Shape of the Pareto tail; null without one. */
    readonly tail: number | null;
    /** Log-likelihood of the fit. */
    readonly logLikelihood: number;
    /** How many parameters. */
    readonly parameters: number;
    /** Schwarz’s criterion: less is better. */
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
