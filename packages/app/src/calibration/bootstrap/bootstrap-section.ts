import { paragraphs, table } from '../../report/html-text.ts';
import { formatNumber, formatPercent } from '../../report/numbers.ts';
import type { Band } from './band.ts';
import type { Bootstrap } from './bootstrap.ts';

/** What a page says of the draws of a bootstrap, as HTML; `figure` is their picture. */
export const bootstrapSection = (bootstrap: Bootstrap, figure: string): string => {
  const { level, draws, failed, asked, relativeChange, profitChange, optimism, optimismDraws } = bootstrap;
  const number = (x: number): string => formatNumber(x, 4);
  const share = (x: number): string => formatPercent(x, 3);
  const bandWords = ([low, high]: Band, words: (x: number) => string): string =>
    `${words(low)} to ${words(high)}`;
  const notFitted = failed === 0 ? '' : ` In ${failed} more, demand did not fall with prices.`;
  const stopped = draws + failed < asked ? ` ${asked} were asked for.` : '';
  return [
    paragraphs([
      `Customers were drawn with replacement ${draws} times (seed ${bootstrap.seed}), and the main model was fitted anew, the form of the distribution included.${notFitted}${stopped} The best three two-part tariffs for the fit, held fixed, were then sold to the refitted buyers beside today’s list.`,
    ]),
    table(
      `What the best three two-part tariffs earn, and the ${formatPercent(level)} bands over draws`,
      ['', 'fit', 'band'],
      [
        [
          'profit more than today’s list, $ per month and customer',
          number(profitChange),
          bandWords(bootstrap.profitChangeBand, number),
        ],
        [
          'the same over today’s profit',
          share(relativeChange),
          bandWords(bootstrap.relativeChangeBand, share),
        ],
        ['degree σ', '', bandWords(bootstrap.degree, number)],
      ],
      'numbers-table',
    ),
    figure,
    ...(optimism === null
      ? []
      : [
          paragraphs([
            `Tariffs that are looked for promise too much: those that are best for a draw promise ${share(optimism)} of today’s profit more, over the fit’s, than they bring from the customers who were not drawn (${optimismDraws} draws). The bands of profit are less by that.`,
          ]),
        ]),
  ].join('\n');
};
