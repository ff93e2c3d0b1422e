import { useEditing } from '../editing.ts';
import { mapAt } from '../study-document.ts';
import { goodsCells, isFast, listOf, withGood, withoutGood } from './changed-goods.ts';
import { Choice } from './choice.tsx';
import { ComplaintAt } from './complaint.tsx';
import { EntryControls } from './entry-controls.tsx';
import { TextField } from './text-field.tsx';

const path = ['buyers'] as const;
const MOST_GOODS = 4;

/** Goods with continuous values: the distribution of each, how two of them depend on one another, and the cells that stand for the buyers. */
export const GoodsControls = () => {
  const { data, edit } = useEditing();
  const buyers = mapAt(data, path);
  const [values, names, grid] = [listOf(buyers.values), listOf(buyers.names), listOf(buyers.grid)];
  const nameOf = (k: number): string => String(names[k] ?? `good ${k + 1}`);
  const dependence = mapAt(buyers.dependence);
  return (
    <>
      {values.map((value, k) => (
        <fieldset key={k}>
          <legend>{nameOf(k)}</legend>
          {k < names.length && <TextField path={[...path, 'names', k]} label="name" value={nameOf(k)} />}
          <EntryControls
            kind="distributions"
            label="Distribution of values"
            path={[...path, 'values', k]}
            call={mapAt(value)}
            within={{ min: 0 }}
          />
          {values.length > 1 && (
            <p class="buttons">
              <button type="button" onClick={() => edit(path, withoutGood(buyers, k))}>
                Remove {nameOf(k)}
              </button>
            </p>
          )}
        </fieldset>
      ))}
      {values.length < MOST_GOODS && (
        <p class="buttons">
          <button type="button" onClick={() => edit(path, withGood(buyers))}>
            Add a good
          </button>
        </p>
      )}
      <ComplaintAt path={[...path, 'values']} />
      <ComplaintAt path={[...path, 'names']} />
      {values.length === 2 && (
        <>
          <h3>Dependence of the two</h3>
          <EntryControls
            kind="copulas"
            label="Copula"
            path={[...path, 'dependence']}
            call={Object.keys(dependence).length > 0 ? dependence : { use: 'independent' }}
          />
        </>
      )}
      <CellsChoice grid={grid} goods={values.length} />
    </>
  );
};

/** How many cells a good has: the same for each, or as the study’s text says. */
const CellsChoice = ({ grid, goods }: { readonly grid: readonly unknown[]; readonly goods: number }) => {
  const { edit } = useEditing();
  const field = [...path, 'grid'];
  const own = grid.join(' × ');
  const options = goodsCells
    .filter((cells) => isFast(cells, goods))
    .map((cells) => ({
      value: Array.from({ length: goods }, () => cells).join(' × '),
      label: `${cells} cells a good`,
    }));
  return (
    <>
      <Choice
        label="Grid of buyers"
        value={own}
        options={[{ value: '', label: 'as the program thinks best' }, ...options]}
        doc="Each cell is held by its midpoint. All numbers are of this grid: more cells are closer to the continuous buyers, and slower."
        onChoose={(size) => edit(field, size === '' ? undefined : size.split(' × ').map(Number))}
      />
      <ComplaintAt path={field} />
    </>
  );
};
