import { useId } from 'preact/hooks';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly group?: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly doc?: string | undefined;
  onChoose(value: string): void;
}

/** One of several, with a line about the one that is chosen. */
export const Choice = ({ label, value, options, doc, onChoose }: ChoiceProps) => {
  const id = useId();
  const groups = [...new Set(options.map(({ group }) => group))];
  const known = options.some((option) => option.value === value);
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={doc === undefined ? undefined : `${id}-doc`}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        {!known && <option value={value}>{value}</option>}
        {groups.map((group) => {
          const members = options
            .filter((option) => option.group === group)
            .map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ));
          return group === undefined ? members : <optgroup key={group} label={group} children={members} />;
        })}
      </select>
      {doc !== undefined && (
        <p class="doc" id={`${id}-doc`}>
          {doc}
        </p>
      )}
    </div>
  );
};
