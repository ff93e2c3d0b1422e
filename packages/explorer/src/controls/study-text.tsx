import { useId } from 'preact/hooks';
import type { Failure } from '../messages.ts';

interface StudyTextProps {
  readonly text: string;
  readonly failure: Failure | undefined;
  onChange(text: string): void;
}

/** The study file itself: what the controls change, and what can be changed here. */
export const StudyText = ({ text, failure, onChange }: StudyTextProps) => {
  const id = useId();
  const place = failure?.line === undefined ? '' : `Line ${failure.line}, column ${failure.column}: `;
  const field = failure === undefined || failure.field.length === 0 ? '' : `${failure.field.join('.')}: `;
  return (
    <div class="study-text">
      <label for={id}>The study file (YAML)</label>
      <textarea
        id={id}
        rows={Math.min(28, text.split('\n').length + 1)}
        spellcheck={false}
        aria-invalid={failure !== undefined}
        aria-describedby={failure === undefined ? undefined : `${id}-failure`}
        value={text}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {failure !== undefined && (
        <p class="complaint" id={`${id}-failure`}>
          {place}
          {field}
          {failure.message}
        </p>
      )}
    </div>
  );
};
