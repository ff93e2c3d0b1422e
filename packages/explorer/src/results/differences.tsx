import { type Difference, dataOf, differences } from '../study-document.ts';
import type { Solved } from '../use-solved.ts';

interface DifferencesProps {
  readonly study: string;
  readonly other: string;
  readonly compared: Solved;
}

const MOST = 40;

const write = (value: unknown): string =>
  value === undefined ? 'absent' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** In what the two studies differ, and whether the other one is solved. */
export const Differences = ({ study, other, compared }: DifferencesProps) => {
  const found: readonly Difference[] = differences(dataOf(other), dataOf(study)).filter(
    ({ path }) => path[0] !== 'name',
  );
  return (
    <section class="card" aria-labelledby="differences-title">
      <h2 id="differences-title">Compared with {String(dataOf(other)?.name ?? 'another study')}</h2>
      <p class="doc">Small numbers at the top are the other study’s, with the difference in brackets.</p>
      {compared.failure !== undefined && <p class="complaint">{compared.failure.message}</p>}
      {found.length === 0 ? (
        <p>The two studies are the same. Move something, and see what it changes.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">field</th>
              <th scope="col">the other</th>
              <th scope="col">this study</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, MOST).map(({ path, from, to }) => (
              <tr key={path.join('.')}>
                <th scope="row">
                  <code>{path.join('.')}</code>
                </th>
                <td>{write(from)}</td>
                <td>{write(to)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
