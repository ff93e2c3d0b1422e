interface BeyondTheory {
  /** In full, without anything but letters. */
  readonly names: readonly string[];
  /** Words of which one in a name is enough. */
  readonly words?: readonly string[];
  readonly sentence: string;
}

const several =
  'several buyers who compete for the same units (auctions) are outside the theory of this program: each buyer is served on her own; the most that all may use of an input is `capacity`';

/** What the program's theory leaves out, by the names under which fields for it are tried; sentences for people. */
const beyond: readonly BeyondTheory[] = [
  {
    names: [
      'insurance',
      'insurer',
      'risk',
      'riskaversion',
      'risks',
      'lossprobability',
      'deductible',
      'coverage',
      'premium',
      'crra',
      'cara',
      'certaintyequivalent',
    ],
    words: ['insurance', 'insurer', 'insured', 'risk', 'aversion', 'deductible'],
    sentence:
      'insurance and risk aversion are outside the theory of this program: its buyers know what an item is worth to them, and value money linearly',
  },
  {
    names: [
      'action',
      'actions',
      'hiddenaction',
      'agent',
      'principal',
      'monitoring',
      'wage',
      'wages',
      'costofeffort',
    ],
    words: ['effort', 'moral', 'hazard'],
    sentence:
      'hidden actions (moral hazard) are outside the theory of this program: buyers hide what they are, and nothing that they do matters to the seller but the choice of an item',
  },
  {
    names: [
      'bids',
      'reserve',
      'reserveprice',
      'supplyunits',
      'interdependence',
      'numberofbuyers',
      'buyercount',
    ],
    words: ['bidder', 'bidders', 'auction', 'auctions'],
    sentence: several,
  },
  {
    names: ['liquidity'],
    words: ['income', 'incomes', 'budget', 'budgets', 'wealth'],
    sentence:
      'income effects and budgets are outside the theory of this program: a buyer’s utility is linear in money, and she can pay any price that is worth it to her',
  },
  {
    names: ['externality', 'externalities', 'networkeffects', 'network', 'congestion', 'spillovers'],
    sentence:
      'network effects between buyers are outside the theory of this program: what an item is worth to a buyer does not depend on what others take',
  },
  {
    names: ['periods', 'dynamics', 'discount', 'discountfactor', 'horizon', 'learning', 'renegotiation'],
    sentence:
      'sales over several periods are outside the theory of this program: it designs one menu, from which every buyer chooses once',
  },
  {
    names: ['sellers', 'competitors', 'competition', 'rivals', 'firms', 'oligopoly', 'duopoly'],
    sentence:
      'several sellers who answer one another are outside the theory of this program: what buyers can have from others is given, as `outside`, which can be a `rival` with prices',
  },
  {
    names: ['resale', 'resell', 'secondarymarket', 'arbitrage', 'sharing'],
    sentence:
      'resale between buyers is outside the theory of this program: a buyer uses what she takes herself',
  },
  {
    names: ['utility', 'utilityfunction', 'preferences'],
    sentence:
      'a buyer’s utility is what quality is worth to her less what she pays; any other (risk aversion, income effects) is outside the theory of this program. What she has elsewhere is `outside: { utility }`',
  },
];

/** Under `buyers` these ask for a number of buyers. */
const counts = ['count', 'number', 'n', 'size', 'players', 'population'];

/** The sentence for a name, within `section`, that asks for what the theory leaves out; undefined for any other name. */
export const beyondTheory = (field: string, section?: string | number): string | undefined => {
  const words = field
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const name = words.join('');
  if (section === 'buyers' && counts.includes(name)) return several;
  return beyond.find(
    ({ names, words: some = [] }) => names.includes(name) || words.some((word) => some.includes(word)),
  )?.sentence;
};

/** What to say where buyers are not one map of fields: how many there are does not matter, and several kinds are one distribution. */
export const beyondOneBuyer = (came: unknown): string | undefined => {
  if (typeof came === 'number') return several;
  return Array.isArray(came)
    ? 'one map says what any buyer may be: several kinds of buyers are a `mixture` of distributions, or a list of `types`'
    : undefined;
};
