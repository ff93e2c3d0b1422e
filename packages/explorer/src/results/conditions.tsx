import type { ConditionResult } from '@menusmith/app/browser';
import { shown } from '../words.ts';
import { conditionWords } from './condition-words.ts';

/** That buyers keep rents is how it is, and no failure. */
export const isRent = ({ name }: ConditionResult): boolean => name === 'full-extraction';

/** The conditions of the propositions in words; those that fail are also marked in the pictures. */
export const Conditions = ({ conditions }: { readonly conditions: readonly ConditionResult[] }) => (
  <section class="card" aria-labelledby="conditions-title">
    <h2 id="conditions-title">Conditions</h2>
    <p class="doc">
      What the paper’s propositions assume, computed for this study. A condition that fails is marked in the
      pictures, at the place where it fails most.
    </p>
    <ul class="conditions">
      {conditions.map((condition) => {
        const { title, sentence, place } = conditionWords(condition);
        const { holds, margin } = condition;
        return (
          <li key={condition.name} class={holds ? 'holds' : isRent(condition) ? '' : 'fails'}>
            <strong>
              <span class="sign" aria-hidden="true">
                {holds ? '✓' : '✗'}
              </span>{' '}
              {title}: {holds ? 'yes' : 'no'}
            </strong>
            <span>{sentence}</span>
            <small>
              {[place, margin === null ? undefined : `margin ${shown(margin, 4)}`].filter(Boolean).join('; ')}
            </small>
          </li>
        );
      })}
    </ul>
  </section>
);
