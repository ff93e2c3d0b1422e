import { useId } from 'preact/hooks';
import { useEditing } from '../editing.ts';
import { fieldAt } from '../study-document.ts';
import { ComplaintAt } from './complaint.tsx';

/** Points a side of the grid on which dependent buyers are solved. */
const sizes = [8, 12, 16, 24, 32, 48, 64, 96];

/** How fine the grid of buyers is, where one is needed. */
export const GridControls = ({ isDependent }: { readonly isDependent: boolean }) => {
  const { data, edit } = useEditing();
  const id = useId();
  const grid = fieldAt(data, ['buyers', 'grid', 'values']);
  const isUsed = (data.contract ?? 'allocations') === 'allocations';
  if (!isUsed || (!isDependent && grid === undefined)) return null;
  const size = typeof grid === 'number' ? grid : undefined;
  const options = size === undefined || sizes.includes(size) ? sizes : [...sizes, size].sort((a, b) => a - b);
  return (
    <div class="choice">
      <label for={id}>Grid of buyers</label>
      <select
        id={id}
        value={size === undefined ? '' : String(size)}
        aria-describedby={`${id}-doc`}
        onChange={({ currentTarget: { value } }) =>
          edit(
            ['buyers', 'grid'],
            value === '' ? undefined : { values: Number(value), scales: Number(value) },
          )
        }
      >
        <option value="">{isDependent ? 'as the program thinks best' : 'none: solve scale by scale'}</option>
        {options.map((n) => (
          <option key={n} value={String(n)}>
            {n} values × {n} scales
          </option>
        ))}
      </select>
      <p class="doc" id={`${id}-doc`}>
        Dependent value and scale are solved on a grid: finer is closer to the continuum, and slower.
      </p>
      <ComplaintAt path={['buyers', 'grid']} />
    </div>
  );
};
