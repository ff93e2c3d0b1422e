import type { FieldPath } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { fieldAt, mapAt } from '../study-document.ts';
import { words } from '../words.ts';
import { ComplaintAt } from './complaint.tsx';
import { Slider } from './slider.tsx';

/** A first list price, over this seller's costs. */
const LIST_MARKUP = 2;

/** The plans that buyers have today, and what of them they are promised. */
export const KeptControls = () => {
  const { data, edit } = useEditing();
  if (data.contract === 'efficient') return null;
  if (data.keep === undefined) return <NoPlans />;
  const plans = fieldAt(data, ['keep', 'menu', 'plans']);
  return (
    <fieldset>
      <legend>today’s plans</legend>
      <Slider
        path={['keep', 'share']}
        label="share that buyers keep"
        doc="Of the surplus that today’s plans give a buyer: no new menu leaves her less. At 1 these plans stay on sale."
        value={Number(mapAt(data, ['keep']).share ?? 1)}
        bounds={{ min: 0, max: 1 }}
      />
      {Array.isArray(plans) ? (
        plans.map((_, k) => <PlanControls key={k} path={['keep', 'menu', 'plans', k]} />)
      ) : (
        <p class="doc">The plans are in a file beside the study.</p>
      )}
      <ComplaintAt path={['keep']} />
      <p class="buttons">
        <button type="button" onClick={() => edit(['keep'], undefined)}>
          Drop today’s plans
        </button>
      </p>
    </fieldset>
  );
};

/** A list price to begin with, where inputs are sold. */
const NoPlans = () => {
  const { data, edit } = useEditing();
  const inputs = Object.entries(mapAt(data, ['inputs']));
  if (data.production === undefined || inputs.length === 0) return <ComplaintAt path={['keep']} />;
  const prices = Object.fromEntries(
    inputs.map(([name, input]) => [name, LIST_MARKUP * Number(mapAt(input).cost ?? 0)]),
  );
  return (
    <p class="buttons">
      <button
        type="button"
        onClick={() => edit(['keep'], { menu: { plans: [{ name: 'list', prices }] }, share: 1 })}
      >
        Keep a list price of today
      </button>
    </p>
  );
};

const PlanControls = ({ path }: { readonly path: FieldPath }) => {
  const { data } = useEditing();
  const { name, fee = 0, prices, included } = mapAt(data, path);
  const amounts = (field: string, of: unknown, label: (input: string) => string) =>
    Object.entries(mapAt(of)).map(([input, amount]) => (
      <Slider
        key={`${field} ${input}`}
        path={[...path, field, input]}
        label={`${String(name)}: ${label(words(input))}`}
        value={Number(amount)}
        bounds={{ min: 0 }}
      />
    ));
  return (
    <>
      <Slider
        path={[...path, 'fee']}
        label={`${String(name)}: fee`}
        value={Number(fee)}
        bounds={{ min: 0 }}
      />
      {amounts('prices', prices, (input) => `price of ${input}`)}
      {amounts('included', included, (input) => `included ${input}`)}
    </>
  );
};
