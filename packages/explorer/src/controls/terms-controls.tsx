import type { FieldPath } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { mapAt } from '../study-document.ts';
import { words } from '../words.ts';
import { Choice } from './choice.tsx';
import { ComplaintAt } from './complaint.tsx';
import { Slider } from './slider.tsx';
import { TextField } from './text-field.tsx';

/** What else the seller's problem has: how much she cares for buyers, what they have elsewhere, and how much of an input there is. */
export const TermsControls = () => {
  const { data } = useEditing();
  const isEfficient = data.contract === 'efficient';
  return (
    <>
      {!isEfficient && <ObjectiveControls />}
      {!isEfficient && <OutsideControls />}
      <CapacityControls />
      {data.keep !== undefined && (
        <>
          <p class="doc">Today’s plans are kept, as the study file says.</p>
          <ComplaintAt path={['keep']} />
        </>
      )}
    </>
  );
};

const ObjectiveControls = () => {
  const { data } = useEditing();
  const { profit = 1, consumerSurplus = 0 } = mapAt(data, ['objective']);
  return (
    <>
      <Slider
        path={['objective', 'consumerSurplus']}
        label="weight of consumer surplus"
        doc={`beside ${String(profit)} for profit: 0 is profit alone, ${String(profit)} is welfare`}
        value={Number(consumerSurplus)}
        bounds={{ min: 0, max: Number(profit) }}
      />
      <ComplaintAt path={['objective']} />
    </>
  );
};

const outsideKinds = {
  nothing: ['Nothing', 'A buyer who takes nothing from this seller has nothing.'],
  utility: ['Something of a given worth', 'A number, or a formula in what buyers differ in.'],
  rival: ['A rival’s tokens', 'Bought at linear prices, as much as she likes; the study file has them.'],
} as const;

const OutsideControls = () => {
  const { data, edit } = useEditing();
  const { utility, rival } = mapAt(data, ['outside']);
  const kind = rival !== undefined ? 'rival' : utility !== undefined ? 'utility' : 'nothing';
  const rivalOf = (): unknown => ({
    production: data.production,
    inputs: Object.fromEntries(
      Object.entries(mapAt(data, ['inputs'])).map(([name, input]) => {
        const { cost, ...rest } = input as { cost?: unknown };
        return [name, { ...rest, price: 3 * Number(cost) }];
      }),
    ),
  });
  const starting = {
    nothing: () => undefined,
    utility: () => ({ utility: 0.01 }),
    rival: () => ({ rival: rivalOf() }),
  };
  // A rival starts with this seller's own technology, at three times its costs.
  const kinds = Object.entries(outsideKinds).filter(
    ([value]) => value !== 'rival' || data.production !== undefined,
  );
  return (
    <>
      <Choice
        label="Elsewhere buyers have"
        value={kind}
        options={kinds.map(([value, [label]]) => ({ value, label }))}
        doc={outsideKinds[kind][1]}
        onChoose={(chosen) => edit(['outside'], starting[chosen as keyof typeof starting]())}
      />
      {kind === 'utility' && (typeof utility === 'string' || typeof utility === 'number') && (
        <TextField
          path={['outside', 'utility']}
          label="what that is worth, in money"
          value={String(utility)}
          isFormula
        />
      )}
      {kind === 'rival' && <RivalPrices />}
      <ComplaintAt path={['outside']} />
    </>
  );
};

const RivalPrices = () => {
  const { data } = useEditing();
  const path: FieldPath = ['outside', 'rival', 'inputs'];
  return (
    <fieldset>
      <legend>the rival’s prices</legend>
      {Object.entries(mapAt(data, path)).map(([name, input]) => (
        <Slider
          key={name}
          path={[...path, name, 'price']}
          label={`price of ${words(name)}`}
          value={Number((input as { price?: unknown }).price ?? 0)}
          bounds={{ above: 0 }}
        />
      ))}
    </fieldset>
  );
};

const CapacityControls = () => {
  const { data, edit } = useEditing();
  const capacity = mapAt(data, ['capacity']);
  const names = Object.keys(mapAt(data, ['inputs']));
  if (names.length === 0) return null;
  return (
    <fieldset>
      <legend>how much there is, per buyer of the population</legend>
      {names.map((name) => {
        const most = capacity[name];
        return typeof most === 'number' ? (
          <div key={name} class="input">
            <Slider
              path={['capacity', name]}
              label={`capacity of ${words(name)}`}
              value={most}
              bounds={{ above: 0 }}
            />
            <p class="buttons">
              <button
                type="button"
                onClick={() =>
                  edit(Object.keys(capacity).length === 1 ? ['capacity'] : ['capacity', name], undefined)
                }
              >
                Lift the capacity of {words(name)}
              </button>
            </p>
          </div>
        ) : (
          <p key={name} class="buttons">
            <button type="button" onClick={() => edit(['capacity', name], 1)}>
              Limit {words(name)}
            </button>
          </p>
        );
      })}
      <ComplaintAt path={['capacity']} />
    </fieldset>
  );
};
