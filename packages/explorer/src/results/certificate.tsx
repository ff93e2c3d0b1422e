import {
  certifiedOver,
  formatMoney,
  formatSize,
  moneyUnit,
  objectiveName,
  type Result,
  statusWords,
  type Units,
} from '@menusmith/app/browser';

/** A sign for each status, and what it means for the reader. */
const statuses = {
  optimal: ['✓', 'no menu can make more'],
  feasible: ['≈', 'the menu earns this; a better one may exist, within the gap'],
  uncertified: ['✗', 'do not rely on these numbers'],
} as const;

/** What is proved of the menu; always in sight. */
export const Certificate = ({
  result,
  units,
}: {
  readonly result: Result;
  readonly units: Units | undefined;
}) => {
  const unit = moneyUnit(units);
  const inMoney = unit === '' ? '' : `, in ${unit}`;
  const { status, certificate, method, grid } = result;
  const [sign, meaning] = statuses[status];
  const objective = objectiveName(result);
  const { attainedObjective, upperBound, relativeGap, maxIncentiveViolation, maxParticipationViolation } =
    certificate;
  return (
    <details class={`certificate ${status}`}>
      <summary>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>{' '}
        <strong data-status={status}>{capitalised(statusWords[status])}</strong>
        <span class="meaning">: {meaning}</span>
        <span class="gap"> · gap {formatSize(relativeGap)}</span>
      </summary>
      <dl>
        <div>
          <dt>attained by buyers who choose freely{objective === 'profit' ? '' : `: ${objective}`}</dt>
          <dd>{formatMoney(attainedObjective, units, 10)}</dd>
        </div>
        <div>
          <dt>upper bound on every menu</dt>
          <dd>{formatMoney(upperBound, units, 10)}</dd>
        </div>
        <div>
          <dt>most that a buyer gains by another’s item{inMoney}</dt>
          <dd>{formatSize(maxIncentiveViolation)}</dd>
        </div>
        <div>
          <dt>most that a buyer loses by taking part{inMoney}</dt>
          <dd>{formatSize(maxParticipationViolation)}</dd>
        </div>
      </dl>
      <p>
        Computed from the problem alone, whatever the solver ({method.replaceAll('-', ' ')}) says, over{' '}
        {certifiedOver(result)}.
        {grid !== undefined && (
          <>
            {' '}
            The bound is what seen scales would earn. The menu was sought on a grid of {grid.values} ×{' '}
            {grid.scales} types; of the grid, the optimum is {formatMoney(grid.profit, units, 10)} and the
            bound {formatMoney(grid.upperBound, units, 10)}.
          </>
        )}
      </p>
    </details>
  );
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
