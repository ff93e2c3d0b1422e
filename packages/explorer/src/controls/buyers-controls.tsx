import { useEditing } from '../editing.ts';
import { fieldAt, mapAt } from '../study-document.ts';
import { Choice } from './choice.tsx';
import { ComplaintAt } from './complaint.tsx';
import { EntryControls } from './entry-controls.tsx';
import { FileField } from './file-field.tsx';
import { GoodsControls } from './goods-controls.tsx';
import { GridControls } from './grid-controls.tsx';
import { Numbers } from './number-lists.tsx';
import { TypeList } from './type-list.tsx';

const kinds = {
  'value-scale': [
    'Value and scale',
    'A value w for each of a share s of the tasks; the seller sees neither.',
  ],
  representative: ['One number a buyer', 'A type θ stands for a buyer.'],
  profiles: ['Value profiles', 'Every type has a value of her own for every task.'],
  goods: ['Goods', 'A buyer has a value for each good, and takes some, all or none of them.'],
  'value-scale-grid': ['A grid of values and scales', 'Masses as listed in the study’s text.'],
  file: ['A file of buyers', 'A CSV with columns value, scale, mass, or mass and one column a task.'],
} as const;
type Kind = keyof typeof kinds;

const uniform = { use: 'uniform', min: 0, max: 1 };

/** Buyers of each kind from which one can go on. */
const starting: Readonly<Record<Kind, unknown>> = {
  'value-scale': { kind: 'value-scale', value: uniform, scale: uniform },
  representative: { kind: 'representative', type: uniform },
  profiles: {
    kind: 'profiles',
    tasks: { weights: [0.5, 0.5] },
    types: [
      { name: 'high', mass: 1, values: [1, 0.2] },
      { name: 'low', mass: 1, values: [0.3, 0.5] },
    ],
  },
  goods: { kind: 'goods', values: [uniform, uniform], grid: [12, 12] },
  'value-scale-grid': {
    kind: 'value-scale-grid',
    values: [0.25, 0.5, 0.75, 1],
    scales: [0.5, 1],
    mass: [
      [2, 1],
      [2, 1],
      [1, 2],
      [1, 2],
    ],
  },
  file: { kind: 'file', file: 'buyers.csv' },
};

/** Who the buyers are: kinds of types, distributions and their dependence. */
export const BuyersControls = () => {
  const { data, edit } = useEditing();
  const buyers = mapAt(data, ['buyers']);
  const kind = String(buyers.kind ?? '');
  return (
    <>
      <Choice
        label="Buyers differ in"
        value={kind}
        options={Object.entries(kinds).map(([value, [label]]) => ({ value, label }))}
        doc={kinds[kind as Kind]?.[1]}
        onChoose={(chosen) => edit(['buyers'], starting[chosen as Kind])}
      />
      {kind === 'value-scale' && <ValueScale />}
      {kind === 'representative' && <Representative />}
      {kind === 'profiles' && <TypeList />}
      {kind === 'goods' && <GoodsControls />}
      {kind === 'file' && <FileBuyers />}
      <ComplaintAt path={['buyers']} />
    </>
  );
};

const WEIGHTS = {
  kind: 'numbers',
  doc: 'what each task counts, one a column; without these they count alike',
  above: 0,
  minLength: 0,
} as const;

const FileBuyers = () => {
  const { data, edit } = useEditing();
  const { weights } = mapAt(data, ['buyers']);
  const path = ['buyers', 'weights'];
  return (
    <>
      <FileField path={['buyers', 'file']} />
      {weights === undefined ? (
        <p class="buttons">
          <button type="button" onClick={() => edit(path, [1, 1])}>
            Weigh tasks
          </button>
        </p>
      ) : (
        <>
          <Numbers path={path} name="weight" declaration={WEIGHTS} value={weights} first={1} />
          <ComplaintAt path={path} />
          <p class="buttons">
            <button type="button" onClick={() => edit(path, undefined)}>
              Weigh tasks alike
            </button>
          </p>
        </>
      )}
    </>
  );
};

const ValueScale = () => {
  const { data } = useEditing();
  const of = (name: string) => mapAt(data, ['buyers', name]);
  const dependence = Object.keys(of('dependence')).length > 0 ? of('dependence') : { use: 'independent' };
  return (
    <>
      <h3>Value w of a task</h3>
      <EntryControls
        kind="distributions"
        label="Distribution of values"
        path={['buyers', 'value']}
        call={of('value')}
        within={{ min: 0 }}
      />
      <h3>Scale s, the share of tasks</h3>
      <EntryControls
        kind="distributions"
        label="Distribution of scales"
        path={['buyers', 'scale']}
        call={of('scale')}
        within={{ min: 0, max: 1 }}
      />
      <h3>Dependence of the two</h3>
      <EntryControls kind="copulas" label="Copula" path={['buyers', 'dependence']} call={dependence} />
      <GridControls isDependent={dependence.use !== 'independent'} />
    </>
  );
};

const Representative = () => {
  const { data } = useEditing();
  if (Array.isArray(fieldAt(data, ['buyers', 'types']))) return <TypeList />;
  return (
    <EntryControls
      kind="distributions"
      label="Distribution of types θ"
      path={['buyers', 'type']}
      call={mapAt(data, ['buyers', 'type'])}
      within={{ min: 0 }}
    />
  );
};
