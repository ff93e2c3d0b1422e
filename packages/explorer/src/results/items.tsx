import { formatPercent, type Result, soldItems, tierColumns, type Units } from '@menusmith/app/browser';

/** Items that one reads. */
const MOST = 12;

/** What is sold, where tasks or goods are listed one by one: which of them is in which item, its price, and who takes it. */
export const Items = ({ result, units }: { readonly result: Result; readonly units: Units | undefined }) => {
  const sold = soldItems(result, MOST);
  if (sold === undefined) return null;
  const { items, count } = sold;
  const columns = tierColumns(items, false, units, result.tasks);
  return (
    <section class="card" aria-labelledby="items-title">
      <h2 id="items-title">The items</h2>
      <p class="doc">
        {count > items.length
          ? `${items.length} of ${count} items, those that most buyers take, from the cheapest to the dearest.`
          : 'What is sold, from the cheapest item to the dearest.'}
      </p>
      <div class="table">
        <table>
          <thead>
            <tr>
              <th scope="col">item</th>
              {columns.map(([head]) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col">share of buyers</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, k) => (
              // An item is its place in the menu.
              <tr key={`item ${k + 1}`}>
                <th scope="row">{k + 1}</th>
                {columns.map(([head, cell]) => (
                  <td key={head}>{cell(item)}</td>
                ))}
                <td>{formatPercent(item.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
