import {
  formatMoney,
  formatNumber,
  formatPercent,
  type ImplementationResult,
  lossPercent,
  moneyUnit,
  type Units,
  withUnit,
} from '@menusmith/app/browser';

interface ImplementationProps {
  readonly implementation: ImplementationResult;
  readonly profit: number | null;
  readonly units: Units | undefined;
}

const words = {
  'two-part-tariff': [
    'Sold as two-part tariffs',
    'Every buyer may take any tariff of the menu: a fee, and token prices at a common markup over cost.',
  ],
  'maximum-spend': [
    'Sold with a cap on spending',
    'Every buyer may take any item of the menu: a fee, then tokens at cost, up to a most that she can spend.',
  ],
} as const;

/** What tariffs earn from buyers who choose freely. */
export const Implementation = ({ implementation, profit, units }: ImplementationProps) => {
  const { kind, attainedProfit, maxDeviationGain, deviatingShare, worst, best, maximumSpend } =
    implementation;
  const lost = (earned: number | null): string => lossPercent(earned, profit);
  return (
    <section class="card" aria-labelledby="tariffs-title">
      <h2 id="tariffs-title">{words[kind][0]}</h2>
      <p class="doc">{words[kind][1]}</p>
      <table class="amounts">
        <thead>
          <tr>
            <th scope="col">menu of tariffs</th>
            <th scope="col">{withUnit('profit', moneyUnit(units))}</th>
            <th scope="col">lost</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              {kind === 'two-part-tariff' ? 'as the propositions have it' : 'of all buyers'}
            </th>
            <td>{formatNumber(attainedProfit)}</td>
            <td>{lost(attainedProfit)}</td>
          </tr>
          {best && (
            <tr>
              <th scope="row">{best.isBest ? 'the best one' : 'the best one found'}</th>
              <td>{formatNumber(best.attainedProfit)}</td>
              <td>{lost(best.attainedProfit)}</td>
            </tr>
          )}
          {maximumSpend && (
            <tr>
              <th scope="row">at cost, with a fee and a cap on spending</th>
              <td>{formatNumber(maximumSpend.attainedProfit)}</td>
              <td>{lost(maximumSpend.attainedProfit)}</td>
            </tr>
          )}
        </tbody>
      </table>
      <p>
        {(deviatingShare ?? 0) > 0
          ? `${formatPercent(deviatingShare)} of the buyers take a tariff that is not meant for them; the most that one gains is ${formatMoney(maxDeviationGain, units, 4)}` +
            (worst ? `, at type ${formatNumber(worst.value, 4)}.` : '.')
          : 'Every buyer takes the tariff that is meant for her.'}
      </p>
    </section>
  );
};
