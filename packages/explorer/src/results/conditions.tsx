import {
  type Conditioned,
  type ConditionResult,
  capitalised,
  conditionHeads,
  conditionName,
  conditionWords,
  holdsWords,
  isRent,
  marginWords,
  placeWords,
} from '@menusmith/app/browser';

/** The conditions of the propositions in words; those that fail are also marked in the pictures. */
export const Conditions = ({
  result,
}: {
  readonly result: Conditioned & { readonly conditions: readonly ConditionResult[] };
}) => (
  <section class="card" aria-labelledby="conditions-title">
    <h2 id="conditions-title">Conditions</h2>
    <p class="doc">
      What the paper’s propositions assume, computed for this study. A condition that fails is marked in the
      pictures, at the place where it fails most.
    </p>
    <ul class="conditions">
      {result.conditions.map((condition) => {
        const { holds } = condition;
        const place = placeWords({ ...condition.at });
        const { sign, words } = holdsWords(holds);
        return (
          <li key={condition.name} class={holds ? 'holds' : isRent(condition) ? '' : 'fails'}>
            <strong>
              <span class="sign" aria-hidden="true">
                {sign}
              </span>{' '}
              {capitalised(conditionName(condition.name))} {words}
            </strong>
            <span>{conditionWords(condition, result)}</span>
            <small>
              {[
                place && `${conditionHeads.place} ${place}`,
                `${conditionHeads.margin}: ${marginWords(condition)}`,
              ]
                .filter(Boolean)
                .join('; ')}
            </small>
          </li>
        );
      })}
    </ul>
  </section>
);
