import type { FieldPath } from '@menusmith/core';
import { useEditing } from '../editing.ts';
import { mapAt, type StudyData } from '../study-document.ts';
import { words } from '../words.ts';
import { Choice } from './choice.tsx';
import { ComplaintAt } from './complaint.tsx';
import { KeptControls } from './kept-controls.tsx';
import { Slider } from './slider.tsx';
import { TextField } from './text-field.tsx';

/** What else the seller's problem has: how much she cares for buyers, what they have elsewhere or today, and how much of an input there is. */
export const TermsControls = () => (
  <>
    <ObjectiveControls />
    <OutsideControls />
    <KeptControls />
    <CapacityControls />
  </>
);

const ObjectiveControls = () => {
  const { data } = useEditing();
  if (data.contract === 'efficient')
    return (
      <p class="doc">
        Where nothing is hidden welfare is largest, whatever the weights of profit and buyers.
      </p>
    );
  const { profit = 1, consumerSurplus = 0 } = mapAt(data, ['objective']);
  return (
    <>
      <Slider
        path={['objective', 'consumerSurplus']}
        label="weight of consumer surplus"
        doc={`Beside a weight of ${String(profit)} on profit: 0 is profit alone, ${String(profit)} is welfare.`}
        value={Number(consumerSurplus)}
        bounds={{ min: 0, max: Number(profit) }}
      />
      <ComplaintAt path={['objective']} />
    </>
  );
};

/** A rival's first prices, over this seller's costs. */
const RIVAL_MARKUP = 3;

const outsideKinds = {
  nothing: ['Nothing', 'A buyer who takes nothing from this seller has nothing.'],
  utility: ['Something of a given worth', 'The same for every buyer, or a formula.'],
  rival: [
    'A rival’s product',
    'Bought at linear prices, as many as she likes. How he makes quality is in the study file.',
  ],
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
        return [name, { ...rest, price: RIVAL_MARKUP * Number(cost) }];
      }),
    ),
  });
  const starting = {
    nothing: () => undefined,
    utility: () => ({ utility: 0.01 }),
    rival: () => ({ rival: rivalOf() }),
  };
  // A rival starts with this seller's own technology, at a multiple of its costs.
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
          doc={namesIn(data)}
          value={String(utility)}
          isFormula
        />
      )}
      {typeof utility === 'object' && <p class="doc">What each has there is in the study file.</p>}
      {kind === 'rival' && <RivalPrices />}
      <ComplaintAt path={['outside']} />
    </>
  );
};

/** What of a buyer a formula can speak of. */
const namesIn = (data: StudyData): string => {
  const kind = mapAt(data, ['buyers']).kind;
  if (kind === 'profiles' || kind === 'goods') return 'A number; the study file may list one a type.';
  return kind === 'representative' || data.contract === 'packages'
    ? 'A number, or a formula in theta.'
    : 'A number, or a formula in value and scale.';
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

/** Inputs that the study buys, of all its models. */
const inputNames = (data: StudyData): readonly string[] => {
  const models = Array.isArray(data.models) ? (data.models as readonly unknown[]) : [];
  return [...new Set([data, ...models].flatMap((made) => Object.keys(mapAt(made, ['inputs']))))];
};

const CapacityControls = () => {
  const { data, edit } = useEditing();
  const capacity = mapAt(data, ['capacity']);
  const names = inputNames(data);
  if (names.length === 0) return <ComplaintAt path={['capacity']} />;
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
              doc="Its shadow price stands at the top: 0 while there is more than enough."
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
