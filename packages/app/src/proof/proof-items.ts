import { type CostForm, piecesOn, writeProfile } from '@menusmith/core';
import type { Study } from '../study/study.ts';
import { type Maker, makersOf, type ProofAmounts } from './proof-amounts.ts';
import type { ProvedMenu } from './proved-menu.ts';

/** A part of an item: amounts of a model, or, without them, what a buyer has without the seller, with a chance. */
export interface ProofPart extends Partial<ProofAmounts> {
  readonly share?: number;
  readonly model?: number;
}

/** An item with what it comes to: quality on all tasks of the problem, and cost as the study has it. */
interface MadeItem {
  readonly parts: readonly ProofPart[];
  readonly transfer: number;
  readonly quality: Float64Array;
  readonly cost: number;
}

/** The items that are sold, and which of them each type takes, −1 for none. */
export interface MadeItems {
  readonly items: readonly MadeItem[];
  readonly choices: Int32Array;
}

/** Items of the menus that are sold, each with its share: what a type gets of all of them is one item. */
export const itemsMade = (
  study: Study,
  proved: ProvedMenu,
  isOwn: (maker: number) => boolean,
  factor: number,
): MadeItems => {
  const sold = proved.within?.sold ?? [{ proved, share: 1 }];
  const makers = sold.map(({ proved: own }) => makersOf(study, own));
  const places = new Map<string, number>();
  const items: MadeItem[] = [];
  const choices = proved.problem.mass.map((_, n) => {
    const taken = sold.map(({ proved: own }) => own.menu.choices[n]!);
    if (taken.every((k) => k < 0)) return -1;
    const key = taken.join();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, items.length);
    const parts = sold.map(({ proved: own, share }, j) =>
      itemOf(own, makers[j]!, taken[j]!, share, factor, isOwn),
    );
    items.push(together(parts, proved.problem.types.weights.length));
    return items.length - 1;
  });
  return { items, choices: Int32Array.from(choices) };
};

const together = (made: readonly MadeItem[], tasks: number): MadeItem => ({
  parts: made.flatMap(({ parts }) => parts),
  transfer: made.reduce((sum, { transfer }) => sum + transfer, 0),
  quality: Float64Array.from({ length: tasks }, (_, m) =>
    made.reduce((sum, { quality }) => sum + quality[m]!, 0),
  ),
  cost: made.reduce((sum, { cost }) => sum + cost, 0),
});

/** A chance below 1 by so little less that several of them sum to 1 at most in exact numbers. */
const chanceOf = (chance: number): number => (chance < 1 ? chance * (1 - 8 * Number.EPSILON) : 1);

/** Item k of one menu, −1 for none of it, with the share in which that menu is sold. */
const itemOf = (
  { problem, menu }: ProvedMenu,
  makers: readonly Maker[],
  k: number,
  share: number,
  factor: number,
  isOwn: (maker: number) => boolean,
): MadeItem => {
  const { types, outsideTask } = problem;
  const tasks = types.weights.length;
  const quality = new Float64Array(tasks);
  const outside = (given: number): ProofPart => {
    const chance = chanceOf(given);
    if (outsideTask !== undefined) quality[outsideTask]! += chance;
    return { share: chance };
  };
  if (k < 0) {
    const parts = outsideTask === undefined ? [] : [outside(share)];
    return { parts, transfer: 0, quality, cost: 0 };
  }
  const transfer = share * menu.transfers[k]!;
  const [first] = makers;
  if (first!.technology.kind === 'cost') {
    writeProfile(menu.items, k, quality);
    const chance = outsideTask === undefined ? 0 : chanceOf(Math.min(1, quality[outsideTask]!));
    const own = quality.subarray(0, outsideTask ?? tasks);
    // Where what is outside has a chance, the rest of the item is had with the other.
    if (chance > 0)
      own.forEach((q, m) => {
        own[m] = chance < 1 ? q / (1 - chance) : 0;
      });
    keepWithin(problem.cost, own);
    const parts: ProofPart[] = [
      { task: Array.from(own, (q) => [q]), ...(chance > 0 ? { share: chanceOf(1 - chance) } : {}) },
      ...(chance > 0 ? [{ share: chance }] : []),
    ];
    own.forEach((q, m) => {
      own[m] = (1 - chance) * q;
    });
    return { parts, transfer, quality, cost: menu.costs[k]! };
  }
  const served = new Float64Array(tasks);
  writeProfile({ ...menu.items, quality: menu.served }, k, served);
  const parts: ProofPart[] = [];
  let cost = 0;
  chancesOf(problem, menu, k, makers, served).forEach((chance, l) => {
    const whole = chanceOf(share * chance);
    if (!(whole > 0)) return;
    const maker = makers[l];
    if (maker === undefined) {
      parts.push(outside(whole));
      return;
    }
    const made = maker.serve(served.subarray(0, outsideTask ?? tasks), isOwn(l) ? factor : 1);
    parts.push({
      ...made.amounts,
      ...(whole === 1 ? {} : { share: whole }),
      ...(l === 0 ? {} : { model: l }),
    });
    made.quality.forEach((q, m) => {
      quality[m]! += whole * q;
    });
    cost += whole * made.cost;
  });
  return { parts, transfer, quality, cost };
};

/** The chance of each model, and after them of what a type has outside; where the menu does not say, the model that makes its quality has all of it. */
const chancesOf = (
  { supply }: ProvedMenu['problem'],
  { shares, items }: ProvedMenu['menu'],
  k: number,
  makers: readonly Maker[],
  served: Float64Array,
): readonly number[] => {
  if (shares !== undefined) {
    const count = supply.models!.length;
    return Array.from(shares.subarray(k * count, (k + 1) * count));
  }
  const quality = new Float64Array(served.length);
  writeProfile(items, k, quality);
  const off = makers.map((maker) =>
    makers.length === 1
      ? 0
      : maker.serve(served).quality.reduce((sum, q, m) => sum + Math.abs(q - quality[m]!), 0),
  );
  const nearest = off.indexOf(Math.min(...off));
  return off.map((_, l) => (l === nearest ? 1 : 0));
};

/** Less by rounding than a linear program's quality, which may be beyond what there is by that much. */
const keepWithin = (cost: CostForm | undefined, quality: Float64Array): void => {
  if (cost === undefined) return;
  quality.forEach((q, m) => {
    const most = piecesOn(cost, m).reduce((sum, { length }) => sum + length, 0);
    quality[m] = Math.min(Math.max(q, 0), most);
  });
  const { total = Number.POSITIVE_INFINITY } = cost;
  const sum = quality.reduce((all, q) => all + q, 0);
  const share = (total / sum) * (1 - 4 * Number.EPSILON);
  if (!(sum > total * (1 - 2 * Number.EPSILON))) return;
  quality.forEach((q, m) => {
    quality[m] = q * share;
  });
};
