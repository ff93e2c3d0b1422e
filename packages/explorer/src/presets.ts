import capacity from '../../../examples/capacity.yaml?raw';
import correlatedAllocations from '../../../examples/correlated-allocations.yaml?raw';
import correlatedPackages from '../../../examples/correlated-packages.yaml?raw';
import crossingProfiles from '../../../examples/crossing-profiles.yaml?raw';
import example1Allocations from '../../../examples/example-1-allocations.yaml?raw';
import example1Packages from '../../../examples/example-1-packages.yaml?raw';
import formula from '../../../examples/formula.yaml?raw';
import keep from '../../../examples/keep.yaml?raw';
import lotteries from '../../../examples/lotteries.yaml?raw';
import mixtureValues from '../../../examples/mixture-values.yaml?raw';
import rivalLotteries from '../../../examples/rival-lotteries.yaml?raw';
import twoGoods from '../../../examples/two-goods.yaml?raw';
import twoModels from '../../../examples/two-models.yaml?raw';
import g1 from '../presets/g1.yaml?raw';
import regulation from '../presets/regulation.yaml?raw';
import rival from '../presets/rival.yaml?raw';
import s1 from '../presets/s1.yaml?raw';
import threeTiers from '../presets/three-tiers.yaml?raw';

/** A study to begin with, and what to look at in it. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly group: string;
  /** What to look at. */
  readonly hint: string;
  readonly text: string;
  /** How many tiers to show of it. */
  readonly tiers?: number;
}

const paper = 'From the paper';
const counterexamples = 'Where the paper goes wrong';
const dependence = 'Dependent value and scale';
const beyond = 'Beyond the paper';
const terms = 'What else matters';

export const presets: readonly Preset[] = [
  {
    name: 'example-1-allocations',
    title: 'Example 1: tokens task by task',
    group: paper,
    hint: 'Half of the buyers are not served at all: selling to them would mean charging the others less. Move the costs, and see the regions move.',
    text: example1Allocations,
  },
  {
    name: 'example-1-packages',
    title: 'Example 1: token packages',
    group: paper,
    hint: 'The same buyers, but the seller sells totals and cannot say on which tasks they are used. It costs her a ninth of the profit.',
    text: example1Packages,
  },
  {
    name: 'mixture-values',
    title: 'Many small and few large values: pooling',
    group: paper,
    hint: 'The virtual value falls between 0.37 and 0.68. All buyers there get one and the same item.',
    text: mixtureValues,
  },
  {
    name: 'two-models',
    title: 'A choice of two models (Section 8)',
    group: paper,
    hint: 'Buyers who fine-tune much get the large model.',
    text: twoModels,
  },
  {
    name: 'g1',
    title: 'G1: two-part tariffs that fail',
    group: counterexamples,
    hint: 'Virtual values rise, as Proposition 7 asks. Yet 85 % of the buyers take a tariff meant for others, and 16 % of the profit is lost.',
    text: g1,
  },
  {
    name: 's1',
    title: 'S1: no rents, and still a distortion',
    group: counterexamples,
    hint: 'Proposition 2 would leave the high type with a negative rent here. Both participation constraints bind, and the low type is distorted.',
    text: s1,
  },
  {
    name: 'correlated-packages',
    title: 'Correlated, token packages',
    group: dependence,
    hint: 'Buyers who value quality more have more tasks. Packages see one number of a buyer, so the problem stays one-dimensional.',
    text: correlatedPackages,
  },
  {
    name: 'correlated-allocations',
    title: 'Correlated, tokens task by task',
    group: dependence,
    hint: 'Left open in the paper: found on a grid of 1,024 types, all tempted by all, and sold to continuous buyers. Compare with what seen scales would earn.',
    text: correlatedAllocations,
  },
  {
    name: 'three-tiers',
    title: 'A menu of three tiers',
    group: beyond,
    hint: 'The best three packages keep 94 % of what the full menu earns. Drag a border between tiers, and see what buyers who choose freely make of it.',
    text: threeTiers,
    tiers: 3,
  },
  {
    name: 'crossing-profiles',
    title: 'Four profiles that cross',
    group: beyond,
    hint: 'Who is tempted by whose item is found, not assumed.',
    text: crossingProfiles,
  },
  {
    name: 'lotteries',
    title: 'A lottery over a good',
    group: beyond,
    hint: 'One type gets the second good with probability 0.4: a linear program, solved by HiGHS.',
    text: lotteries,
  },
  {
    name: 'two-goods',
    title: 'Two goods, alone or together',
    group: beyond,
    hint: 'Each good has its price, and both together cost less than the two: bundling, with values that are independent. Choose a copula, and see the items change.',
    text: twoGoods,
  },
  {
    name: 'formula',
    title: 'A production function of your own',
    group: beyond,
    hint: 'Type another formula; it is differentiated symbolically, and solved as you type.',
    text: formula,
  },
  {
    name: 'rival',
    title: 'A rival for small amounts',
    group: terms,
    hint: 'Small buyers go to the rival, and all others have to be left as much as his tokens would. Move his price under “What else matters”, and see who goes.',
    text: rival,
  },
  {
    name: 'rival-lotteries',
    title: 'Lotteries between models',
    group: terms,
    hint: 'Some buyers get the flagship with some chance, and else the small model. The notes have the profit without lotteries.',
    text: rivalLotteries,
  },
  {
    name: 'keep',
    title: 'Today’s plans stay on sale',
    group: terms,
    hint: 'Small buyers keep the list price of today, so that nobody loses by the new menu.',
    text: keep,
  },
  {
    name: 'capacity',
    title: 'Little capacity',
    group: terms,
    hint: 'All buyers together may use 0.15 of input tokens each. What one more unit would be worth, the shadow price, is added to its cost in every item.',
    text: capacity,
  },
  {
    name: 'regulation',
    title: 'Regulation of a monopolist',
    group: terms,
    hint: 'Consumer surplus has a weight of its own beside profit: the more it counts, the less quality is held back. At the weight of profit nothing is.',
    text: regulation,
  },
];
