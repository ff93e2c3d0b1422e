/** What the program's theory leaves out, by the names under which fields for it are tried; sentences for people. */
const beyond: readonly { readonly names: readonly string[]; readonly sentence: string }[] = [
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
    ],
    sentence:
      'insurance and risk aversion are outside the theory of this program: its buyers know what an item is worth to them, and value money linearly',
  },
  {
    names: ['effort', 'action', 'actions', 'moralhazard', 'hiddenaction', 'agent', 'principal', 'monitoring'],
    sentence:
      'hidden actions (moral hazard) are outside the theory of this program: buyers hide what they are, and nothing that they do matters to the seller but the choice of an item',
  },
  {
    names: [
      'bidders',
      'auction',
      'auctions',
      'bids',
      'reserve',
      'reserveprice',
      'supplyunits',
      'interdependence',
      'rivals',
    ],
    sentence:
      'several buyers who compete for the same units (auctions) are outside the theory of this program: each buyer is served on her own; the most that all may use of an input is `capacity`',
  },
  {
    names: ['income', 'incomes', 'budget', 'budgets', 'wealth', 'incomeeffect', 'incomeeffects', 'liquidity'],
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
];

/** The sentence for a field that asks for what the theory leaves out; undefined for any other name. */
export const beyondTheory = (field: string): string | undefined => {
  const name = field.toLowerCase().replace(/[^a-z]/g, '');
  return beyond.find(({ names }) => names.includes(name))?.sentence;
};
