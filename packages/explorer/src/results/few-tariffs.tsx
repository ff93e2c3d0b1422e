import {
  formatMoney,
  formatPercent,
  quoted,
  tierBuyers,
  tierColumns,
  type Units,
} from '@menusmith/app/browser';
import type { TiersAnswer } from '../messages.ts';

interface FewTariffsProps {
  readonly answer: Exclude<TiersAnswer, { complaint: string }>;
  readonly units: Units | undefined;
}

/** The best few two-part tariffs, for a study that sells by them. */
export const FewTariffs = ({ answer, units }: FewTariffsProps) => {
  const { menu, full, coordinate, notes } = quoted(answer, units);
  const tariffs = menu.tiers.map((_, k) => `tariff ${k + 1}`);
  return (
    <>
      <p class="verdict">
        Profit <output data-tiers="profit">{formatMoney(menu.profit, units)}</output>,{' '}
        {formatPercent(menu.share ?? 0)} of the full menu’s ({formatMoney(full.profit, units)}).
      </p>
      {notes.map((note) => (
        <p key={note} class="doc">
          {note}
        </p>
      ))}
      <p class="doc">
        Each is an upfront fee and a price of every input; buyers choose their tariff and their own amounts.
        Means are over those who take it.
      </p>
      <div class="table">
        <table>
          <thead>
            <tr>
              <th />
              {tariffs.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tierColumns(menu.tiers, true, units).map(([head, cell]) => (
              <Row key={head} head={head} cells={menu.tiers.map(cell)} />
            ))}
            <Row head="share of buyers" cells={menu.tiers.map(({ share }) => formatPercent(share))} />
            <Row head="taken by" cells={menu.tiers.map((tier) => tierBuyers(tier, coordinate))} />
          </tbody>
        </table>
      </div>
    </>
  );
};

const Row = ({ head, cells }: { readonly head: string; readonly cells: readonly string[] }) => (
  <tr>
    <th scope="row">{head}</th>
    {cells.map((cell, k) => (
      // A tariff is its place in the menu.
      <td key={`tariff ${k + 1}`}>{cell}</td>
    ))}
  </tr>
);
