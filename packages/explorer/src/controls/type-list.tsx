import { useEditing } from '../editing.ts';
import { fieldAt, mapAt } from '../study-document.ts';
import { ComplaintAt } from './complaint.tsx';
import { Slider } from './slider.tsx';
import { TextField } from './text-field.tsx';

const path = ['buyers', 'types'] as const;

/** A list of types: how many there are of each, and what each values. */
export const TypeList = () => {
  const { data, edit } = useEditing();
  const found = fieldAt(data, path);
  const types = Array.isArray(found) ? (found as readonly unknown[]) : [];
  const last = mapAt(types.at(-1));
  return (
    <>
      {types.map((type, index) => {
        const { name = `type ${index + 1}`, mass = 1, value, values } = mapAt(type);
        return (
          <fieldset key={index}>
            <legend>{String(name)}</legend>
            <Slider path={[...path, index, 'mass']} label="mass" value={Number(mass)} bounds={{ above: 0 }} />
            {typeof value === 'number' && (
              <Slider path={[...path, index, 'value']} label="value θ" value={value} bounds={{ min: 0 }} />
            )}
            {Array.isArray(values) && values.every((task) => typeof task === 'number') && values.length <= 8
              ? values.map((task, m) => (
                  <Slider
                    key={m}
                    path={[...path, index, 'values', m]}
                    label={`value of task ${m + 1}`}
                    value={task as number}
                    bounds={{ min: 0 }}
                  />
                ))
              : null}
            {typeof values === 'string' && (
              <TextField
                path={[...path, index, 'values']}
                label="values"
                doc="a formula in i, the place of a task in [0, 1]"
                value={values}
                isFormula
              />
            )}
            <ComplaintAt path={[...path, index]} />
            {types.length > 1 && (
              <p class="buttons">
                <button
                  type="button"
                  onClick={() =>
                    edit(
                      path,
                      types.filter((_, other) => other !== index),
                    )
                  }
                >
                  Remove {String(name)}
                </button>
              </p>
            )}
          </fieldset>
        );
      })}
      <p class="buttons">
        <button
          type="button"
          onClick={() => edit(path, [...types, { ...last, name: `type ${types.length + 1}` }])}
        >
          Add a type
        </button>
      </p>
      <ComplaintAt path={path} />
    </>
  );
};
