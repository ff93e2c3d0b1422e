import type { ImplementationResult } from '@menusmith/app/browser';
import { percent, shown } from '../words.ts';

interface ImplementationProps {
  readonly implementation: ImplementationResult;
  readonly profit: number | null;
}

/** What two-part tariffs earn from buyers who choose freely. */
export const Implementation = ({ implementation, profit }: ImplementationProps) => {
  const { attainedProfit, maxDeviationGain, deviatingShare, worst, best } = implementation;
  const lost = (earned: number | null): string =>
    earned === null || profit === null ? '–' : percent(1 - earned / profit);
  return (
    <section class="card" aria-labelledby="tariffs-title">
      <h2 id="tariffs-title">Sold as two-part tariffs</h2>
      <p class="doc">
        Every buyer may take any tariff of the menu: a fee, and token prices at a common markup over cost.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">menu of tariffs</th>
            <th scope="col">profit</th>
            <th scope="col">lost</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">as the propositions have it</th>
            <td>{shown(attainedProfit)}</td>
            <td>{lost(attainedProfit)}</td>
          </tr>
          {best && (
            <tr>
              <th scope="row">the best one</th>
              <td>{shown(best.attainedProfit)}</td>
              <td>{lost(best.attainedProfit)}</td>
            </tr>
          )}
        </tbody>
      </table>
      <p>
        {(deviatingShare ?? 0) > 0
          ? `${percent(deviatingShare)} of the buyers take a tariff that is not meant for them; the most that one gains is ${shown(maxDeviationGain, 4)}` +
            (worst ? `, at type ${shown(worst.value, 4)}.` : '.')
          : 'Every buyer takes the tariff that is meant for her.'}
      </p>
    </section>
  );
};
