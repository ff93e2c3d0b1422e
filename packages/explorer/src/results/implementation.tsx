import {
  formatMoney,
  formatNumber,
  formatPercent,
  type ImplementationResult,
  implementationWords,
  lossOf,
  moneyUnit,
  offeredMenus,
  type Result,
  typeName,
  type Units,
  withUnit,
} from '@menusmith/app/browser';

interface ImplementationProps {
  readonly implementation: ImplementationResult;
  readonly result: Result;
  readonly units: Units | undefined;
}

/** What tariffs earn from buyers who choose freely. */
export const Implementation = ({ implementation, result, units }: ImplementationProps) => {
  const { kind, maxDeviationGain, deviatingShare, worst } = implementation;
  const { title, offer } = implementationWords[kind];
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
          {offeredMenus(implementation).map((menu) => (
            <tr key={menu.label}>
              <th scope="row">{menu.label}</th>
              <td>{formatNumber(menu.attainedProfit)}</td>
              <td>{lossOf(menu, result)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {(deviatingShare ?? 0) > 0
          ? `${formatPercent(deviatingShare)} of the buyers take a tariff that is not meant for them; the most that one gains is ${formatMoney(maxDeviationGain, units, 4)}` +
            (worst ? `, at type ${typeName(worst)}.` : '.')
          : 'Every buyer takes the tariff that is meant for her.'}
      </p>
    </section>
  );
};
