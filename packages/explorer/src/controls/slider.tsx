import type { FieldPath, NumberBounds } from '@menusmith/core';
import { useId, useRef } from 'preact/hooks';
import { useEditing, useFailureAt } from '../editing.ts';
import { type SliderRange, sliderRange, tidy } from '../slider-range.ts';
import { Complaint } from './complaint.tsx';

interface SliderProps {
  readonly path: FieldPath;
  readonly label: string;
  readonly doc?: string;
  readonly value: number;
  readonly bounds?: NumberBounds;
}

/** A number of the study: a slider for the hand, a field for the exact number. */
export const Slider = ({ path, label, doc, value, bounds = {} }: SliderProps) => {
  const { edit } = useEditing();
  const failure = useFailureAt(path);
  const id = useId();
  const { from, to, step } = useStableRange(bounds, value);
  const set = (text: string): void => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) edit(path, tidy(number));
  };
  return (
    <div class="parameter">
      <label for={id}>{label}</label>
      <input
        class="exact"
        type="text"
        inputMode="decimal"
        aria-label={`${label}, exact value`}
        aria-invalid={failure !== undefined}
        value={String(value)}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
      <input
        id={id}
        type="range"
        min={from}
        max={to}
        step={step}
        value={value}
        aria-describedby={doc === undefined ? undefined : `${id}-doc`}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      {doc !== undefined && (
        <p class="doc" id={`${id}-doc`}>
          {doc}
        </p>
      )}
      <Complaint failure={failure} />
    </div>
  );
};

/** A slider does not change under the hand: its range stays until the value leaves it. */
const useStableRange = (bounds: NumberBounds, value: number): SliderRange => {
  const range = useRef<SliderRange | undefined>(undefined);
  const key = JSON.stringify(bounds);
  const lastKey = useRef(key);
  const now = range.current;
  if (now === undefined || lastKey.current !== key || value < now.from || value > now.to) {
    range.current = sliderRange(bounds, value);
    lastKey.current = key;
  }
  return range.current!;
};
