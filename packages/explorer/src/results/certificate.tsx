import {
  boundWords,
  capitalised,
  certificateLabels,
  certifiedOver,
  formatMoney,
  formatSize,
  gridName,
  moneyUnit,
  objectiveName,
  type Result,
  statusWordsOf,
  type Units,
} from '@menusmith/app/browser';

const { attained, upperBound: bound, relativeGap: gap, incentives, participation } = certificateLabels;

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
  const { status, certificate, method, grid, population } = result;
  const { sign, words, meaning } = statusWordsOf(result);
  const objective = objectiveName(result);
  const { attainedObjective, upperBound, relativeGap, maxIncentiveViolation, maxParticipationViolation } =
    certificate;
  return (
    <details class={`certificate ${status}`}>
      <summary>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>{' '}
        <strong data-status={status}>{capitalised(words)}</strong>
        <span class="meaning">
          : {meaning}
          {status === 'optimal' && objective !== 'profit' ? ` of ${objective}` : ''}
        </span>
        <span class="gap">
          {' '}
          · {gap[0]} {formatSize(relativeGap)}
        </span>
      </summary>
      <dl>
        <div>
          <dt>
            {attained.join(' ')}
            {objective === 'profit' ? '' : `: ${objective}`}
          </dt>
          <dd>{formatMoney(attainedObjective, units, 10)}</dd>
        </div>
        <div>
          <dt>{bound.join(' ')}</dt>
          <dd>{formatMoney(upperBound, units, 10)}</dd>
        </div>
        <div>
          <dt>
            {incentives.join(': ')}
            {inMoney}
          </dt>
          <dd>{formatSize(maxIncentiveViolation)}</dd>
        </div>
        <div>
          <dt>
            {participation.join(': ')}
            {inMoney}
          </dt>
          <dd>{formatSize(maxParticipationViolation)}</dd>
        </div>
      </dl>
      <p>
        Computed from the problem alone, whatever the solver ({method.replaceAll('-', ' ')}) says, over{' '}
        {certifiedOver(result)}.
        {grid !== undefined && (
          <>
            {' '}
            The bound is {boundWords(population)}. The menu was sought on {gridName(grid)}; of the grid,{' '}
            {attained[0]} {formatMoney(grid.profit, units, 10)}, {bound[0]}{' '}
            {formatMoney(grid.upperBound, units, 10)}, {gap[0]} {formatSize(grid.relativeGap)}.
          </>
        )}
      </p>
    </details>
  );
};
