import {
  formatMoney,
  formatNumber,
  formatPercent,
  type ImplementationResult,
  implementationWords,
  lossPercent,
  moneyUnit,
  offeredMenus,
  type Units,
  withUnit,
} from '@menusmith/app/browser';

interface ImplementationProps {
  readonly implementation: ImplementationResult;
  readonly profit: number | null;
  readonly units: Units | undefined;
}

/** What tariffs earn from buyers who choose freely. */
export const Implementation = ({ implementation, profit, units }: ImplementationProps) => {
  const { kind, maxDeviationGain, deviatingShare, worst } = implementation;
  const { title, offer } = implementationWords[kind];
  const lost = (earned: number | null): string => lossPercent(earned, profit);
  return (
    <section class="card" aria-labelledby="tariffs-title">
      <h2 id="tariffs-title">{title}</h2>
      <p class="doc">{offer}</p>
      <table class="amounts">
        <thead>
          <tr>
            <th scope="col">menu</th>
            <th scope="col">{withUnit('profit', moneyUnit(units))}</th>
            <th scope="col">lost</th>
          </tr>
        </thead>
        <tbody>
          {offeredMenus(implementation).map(({ label, attainedProfit }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{formatNumber(attainedProfit)}</td>
              <td>{lost(attainedProfit)}</td>
            </tr>
          ))}
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
