import type { TypeResult } from '@menusmith/app';
import type { ClosedFormItem } from './closed-form.ts';
import { allocationItem, packageItem } from './closed-form.ts';
import type { Formula, MenuContract, SolvedSetting } from './formula.ts';
import type { Regime } from './points.ts';
import { buyersIn, typesIn } from './points.ts';
import { ofQuote, price, tokensInAll, tokensPerTask } from './reading.ts';

/** A quantity of a buyer's item: its name in the paper, in closed form, and in a quote. */
interface Quantity {
  readonly symbol: Readonly<Record<MenuContract, string>>;
  readonly closedForm: (item: ClosedFormItem) => number | null;
  readonly quoted: (quote: TypeResult, solved: SolvedSetting) => number | null | undefined;
}

const symbols = (allocations: string, packages: string) => ({ allocations, packages });

const quantities = {
  virtualValue: {
    symbol: symbols('φ(w)', 'φ(θ)'),
    closedForm: (item) => item.virtualValue,
    quoted: (quote) => quote.virtualValue,
  },
  // Where tokens are chosen at least cost C_q = c·X/(ρ·q): read off tokens and quality, so as not to repeat φ.
  marginalCost: {
    symbol: symbols('C_q at q(w, s)', 'C′ at Q(θ)'),
    closedForm: (item) => item.marginalCost,
    quoted: ({ inputs, quality }, { ρ, c }) => (c * inputs.input!) / (ρ * quality),
  },
  quality: {
    symbol: symbols('q(w, s)', 'Q(θ)'),
    closedForm: (item) => item.quality,
    quoted: (quote) => quote.quality,
  },
  tokens: {
    symbol: symbols('x(w, s) = y(w, s)', 'X(θ) = Y(θ)'),
    closedForm: (item) => item.tokens,
    quoted: (quote) => (quote.index ? tokensInAll(quote) : tokensPerTask(quote)),
  },
  fineTuning: {
    symbol: symbols('z(w, s)', 'Z(θ)'),
    closedForm: (item) => item.fineTuning,
    quoted: (quote) => quote.inputs.fineTuning,
  },
  transfer: {
    symbol: symbols('T(w, s)', 'T(θ)'),
    closedForm: (item) => item.transfer,
    quoted: (quote) => quote.transfer,
  },
  markup: {
    symbol: symbols('m(w)', 'm(θ)'),
    closedForm: (item) => item.markup,
    quoted: (quote) => quote.tariff?.markup,
  },
  price: {
    symbol: symbols('p_x = p_y = p_z', 'p_x = p_y = p_z'),
    closedForm: (item) => item.price,
    quoted: price,
  },
  upfront: {
    symbol: symbols('p₀(w, s)', 'p₀(θ)'),
    closedForm: (item) => item.upfront,
    quoted: (quote) => quote.tariff?.upfront,
  },
} satisfies Record<string, Quantity>;

const regimes = { plain: 'no fine-tuning', 'fine-tuned': 'fine-tuning' };

/** What is printed at (w, s), or at θ with s = 1. */
type Printed = (value: number, scale: number, ρ: number, c: number) => number;

/** Formulas of the items of one passage: `item('quality', 'plain', (w, s) => 2 * s * (2 * w - 1))`. */
export const itemFormulas =
  (prefix: string, place: string, contract: MenuContract) =>
  (
    name: keyof typeof quantities,
    regime: Regime | undefined,
    printed: Printed,
    more: Partial<Pick<Formula, 'id' | 'erratum' | 'points' | 'statedFor'>> & {
      readonly corrected?: Printed;
    } = {},
  ): Formula => {
    const { symbol, closedForm, quoted }: Quantity = quantities[name];
    const { corrected, id = regime, ...rest } = more;
    const at =
      (formula: Printed): Formula['closedForm'] & Formula['printed'] =>
      ({ value = Number.NaN, scale = 1 }, ρ, c) =>
        formula(value, scale, ρ, c);
    return {
      id: [prefix, contract, name, id].filter(Boolean).join('.'),
      place,
      quantity: regime ? `${symbol[contract]}, ${regimes[regime]}` : symbol[contract],
      contract,
      points: contract === 'allocations' ? buyersIn(regime) : typesIn(regime),
      printed: at(printed),
      ...(corrected && { corrected: at(corrected) }),
      closedForm: ({ value = Number.NaN, scale = 1 }, ρ, c) =>
        closedForm(
          contract === 'allocations' ? allocationItem(value, scale, ρ, c) : packageItem(value, ρ, c),
        ),
      numeric: (solved, point) => ofQuote(contract, (quote) => quoted(quote, solved))(solved, point),
      ...rest,
    };
  };
