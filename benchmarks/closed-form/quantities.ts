import type { ProductionTechnology, ProfileBuyers, Study, ValueScaleBuyers } from '@menusmith/app';
import { solveStudy } from '@menusmith/app';
import {
  type Distribution,
  type EfficientSupply,
  iron,
  type Piece,
  type ProfilePoint,
  piecesBetween,
  representativeDistribution,
  root,
  type ServedValue,
  scaleBreakpoints,
  scaleMenu,
  supplyPoint,
  twoTypesMenu,
} from '@menusmith/core';
import { fixedRule } from './fixed-rule.ts';
import type { SupplyPath } from './supply-paths.ts';

/** Something that a study is asked for, by any path, on n nodes a piece; with the right answer. */
export interface Quantity {
  readonly name: 'efficient supply' | 'cost' | 'value-scale' | 'packages' | 'two types' | 'tariffs';
  /** Whether the number of nodes matters. */
  readonly isIntegral: boolean;
  readonly right: readonly number[];
  /** The answers by a path. What does not depend on it (nodes, φ̄ there) is prepared before, and not timed. */
  prepare(path: SupplyPath, nodes: number, isSplit?: boolean): () => readonly number[];
}

/** max |a/b − 1|. A number that is missing is infinitely wrong. */
export const worstError = (found: readonly number[], right: readonly number[]): number => {
  let worst = 0;
  right.forEach((b, i) => {
    const error = Math.abs(found[i]! / b - 1);
    worst = error <= worst ? worst : Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  });
  return worst;
};

export const quantitiesOf = (study: Study): Quantity[] => {
  const how = study.technology as ProductionTechnology;
  const { buyers } = study;
  if (buyers.kind === 'profiles') return [twoTypes(how, buyers)];
  const exact = { ...study, solver: { ...study.solver, supply: 'closed-form' as const } };
  const profit = solveStudy(exact).result.profit!;
  const screening = screeningOf(study, buyers as ValueScaleBuyers, how);
  if (study.contract === 'packages') return [profitOf('packages', screening, profit), tariffs(screening)];
  return [
    efficientSupply(screening),
    cost(screening),
    profitOf('value-scale', screening, profit),
    tariffs(screening),
  ];
};

/** The screening problems of a study, one a scale; of packages there is one, at scale 1. */
interface Screening {
  readonly how: ProductionTechnology;
  readonly types: Distribution;
  readonly served: ServedValue;
  readonly closed: EfficientSupply;
  /** Undefined where there is one scale. */
  readonly scales?: { readonly of: Distribution; readonly breaks: readonly number[] };
  readonly topScale: number;
}

const screeningOf = (
  study: Study,
  { value, scale }: ValueScaleBuyers,
  how: ProductionTechnology,
): Screening => {
  const closed = how.production.closedForm!(how.inputs);
  if (study.contract === 'packages') {
    const types = representativeDistribution(value, scale, how.production.degree!);
    return { how, types, served: iron(types), closed, topScale: 1 };
  }
  const served = iron(value);
  const breaks = scaleBreakpoints({ values: value, scales: scale, served, supply: closed });
  return { how, types: value, served, closed, scales: { of: scale, breaks }, topScale: scale.max };
};

const LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9, 1];

/** Served values and scales at which supply is compared. */
const places = ({ served, topScale }: Screening): { level: number; scale: number }[] =>
  LEVELS.flatMap((share) =>
    [0.4, 1].map((part) => ({ level: share * served.at(served.max), scale: part * topScale })),
  );

const efficientSupply = (screening: Screening): Quantity => {
  const by = (supply: EfficientSupply): (() => number[]) => {
    const point = supplyPoint(supply.inputs.length);
    return () =>
      places(screening).map(({ level, scale }) => {
        supply.supply(level, scale, point);
        return point.quality;
      });
  };
  return {
    name: 'efficient supply',
    isIntegral: false,
    right: by(screening.closed)(),
    prepare: (path) => by(path.supply(screening.how)),
  };
};

/** C(q, s): the value as which q is supplied is searched for. */
const cost = (screening: Screening): Quantity => {
  const point = supplyPoint(screening.closed.inputs.length);
  const asked = places(screening).map(({ level, scale }) => {
    screening.closed.supply(level, scale, point);
    return { level, scale, quality: point.quality, cost: point.cost };
  });
  return {
    name: 'cost',
    isIntegral: false,
    right: asked.map((each) => each.cost),
    prepare: (path) => {
      const supply = path.supply(screening.how);
      return () =>
        asked.map(({ level, scale, quality }) => {
          const excess = (log: number): number => {
            supply.supply(Math.exp(log), scale, point);
            return Math.log(point.quality / quality);
          };
          excess(root(excess, Math.log(level) - 1.3, Math.log(level) + 1.1));
          return point.cost;
        });
    },
  };
};

/** Π = E[S(φ̄, s)]. */
const profitOf = (name: 'value-scale' | 'packages', screening: Screening, profit: number): Quantity => ({
  name,
  isIntegral: true,
  right: [profit],
  prepare: (path, n, isSplit = true) => {
    const supply = path.supply(screening.how);
    const point = supplyPoint(supply.inputs.length);
    const { level, scale, weight } = nodesOf(screening, n, isSplit);
    return () => {
      let sum = 0;
      for (let i = 0; i < level.length; i++) {
        supply.supply(level[i]!, scale[i]!, point);
        sum += weight[i]! * point.surplus;
      }
      return [sum];
    };
  },
});

/**
 * Nodes over types and scales. Split: pieces end where supply has a kink, with grading where it starts like a fractional power. Not split: one
 * piece over all types and one over all scales, as somebody would do who does not know of kinks.
 */
const nodesOf = ({ types, served, closed, scales, topScale }: Screening, n: number, isSplit: boolean) => {
  const level: number[] = [];
  const scale: number[] = [];
  const weight: number[] = [];
  const addScale = (s: number, mass: number): void => {
    const pieces: readonly Piece[] = isSplit
      ? scaleMenu({ types, served, supply: closed, scale: s }).pieces
      : [{ from: types.min, to: types.max, singular: 'none' }];
    const rule = fixedRule(pieces, n);
    rule.nodes.forEach((w, i) => {
      const served_ = served.at(w);
      if (!(served_ > 0)) return;
      level.push(served_);
      scale.push(s);
      weight.push(mass * rule.weights[i]! * types.density(w));
    });
  };
  if (scales === undefined) addScale(topScale, 1);
  else {
    const { of, breaks } = scales;
    const ends = isSplit ? [of.min, ...breaks, of.max] : [of.min, of.max];
    const rule = fixedRule(
      piecesBetween(ends, (end) => isSplit && end === of.min),
      n,
    );
    rule.nodes.forEach((s, i) => {
      addScale(s, rule.weights[i]! * of.density(s));
    });
  }
  return {
    level: Float64Array.from(level),
    scale: Float64Array.from(scale),
    weight: Float64Array.from(weight),
  };
};

/** Upfront fees T − m C of a few buyers (Prop. 6, 7): T by quadrature over lower types' qualities. */
const tariffs = (screening: Screening): Quantity => {
  const { how, types, served, closed, topScale } = screening;
  const start = served.cutoff(0);
  const buyers = [0.35, 0.6, 0.8, 1].flatMap((share) =>
    (screening.scales === undefined ? [1] : [0.5, 1]).map((part) => ({
      type: start + share * (types.max - start),
      scale: part * topScale,
    })),
  );
  const right = buyers.map(({ type, scale }) => {
    const item = scaleMenu({ types, served, supply: closed, scale }).item(type);
    return item.transfer - (type / item.servedValue) * item.cost;
  });
  return {
    name: 'tariffs',
    isIntegral: true,
    right,
    prepare: (path, n, isSplit = true) => {
      const supply = path.supply(how);
      const point = supplyPoint(supply.inputs.length);
      const asked = buyers.map(({ type, scale }) => {
        const whole: readonly Piece[] = isSplit
          ? scaleMenu({ types, served, supply: closed, scale }).pieces
          : [{ from: types.min, to: types.max, singular: 'none' }];
        const below = whole
          .filter((piece) => piece.from < type)
          .map((piece) => (piece.to <= type ? piece : { ...piece, to: type }));
        const { nodes, weights } = fixedRule(below, n);
        return { type, scale, level: served.at(type), levels: nodes.map((w) => served.at(w)), weights };
      });
      return () =>
        asked.map(({ type, scale, level, levels, weights }) => {
          let rent = 0;
          for (let i = 0; i < levels.length; i++) {
            if (!(levels[i]! > 0)) continue;
            supply.supply(levels[i]!, scale, point);
            rent += weights[i]! * point.quality;
          }
          supply.supply(level, scale, point);
          return type * point.quality - rent - (type / level) * point.cost;
        });
    },
  };
};

/** Profit from two types (Prop. 2) on all tasks at once. */
const twoTypes = (how: ProductionTechnology, { tasks, types }: ProfileBuyers): Quantity => {
  const values = [types[0]!.values, types[1]!.values] as const;
  const masses = [types[0]!.mass, types[1]!.mass] as const;
  const weights = tasks.weights;
  const closed = how.production.closedForm!(how.inputs);
  const theta = (profile: Float64Array): number => {
    const power = 1 / (1 - how.production.degree!);
    return weights.reduce((sum, each, m) => sum + each * Math.max(0, profile[m]!) ** power, 0) ** (1 / power);
  };
  // The dual D(λ) = f_L S(θ(φ_L(λ))) + f_H S(θ(w_H)) at its minimum over [0, f_H/f_L], by golden section: not the way of the paths.
  const point = supplyPoint(closed.inputs.length);
  const surplus = (profile: Float64Array): number => {
    closed.supply(theta(profile), 1, point);
    return point.surplus;
  };
  const dual = (lambda: number): number =>
    masses[0] * surplus(values[0].map((w, m) => w - lambda * (values[1][m]! - w))) +
    masses[1] * surplus(values[1]);
  const right = leastOn(dual, 0, masses[1] / masses[0]);
  return {
    name: 'two types',
    isIntegral: false,
    right: [right],
    prepare: (path) => {
      const supply = path.profileSupply(how, weights.length);
      return () => {
        const { items, transfers } = twoTypesMenu({ values, masses, weights, supply });
        const profit = (k: 0 | 1): number => masses[k] * (transfers[k] - (items[k] as ProfilePoint).cost);
        return [profit(0) + profit(1)];
      };
    },
  };
};

const leastOn = (f: (x: number) => number, from: number, to: number): number => {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let i = 0; i < 100; i++) {
    const width = ratio * (high - low);
    if (f(high - width) < f(low + width)) high = low + width;
    else low = high - width;
  }
  return Math.min(f(from), f(to), f((low + high) / 2));
};
