import { useId, useRef, useState } from 'preact/hooks';
import { fileName, saveText } from './download.ts';
import { presets } from './presets.ts';
import { dataOf } from './study-document.ts';

interface ToolbarProps {
  readonly text: string;
  readonly other: string | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  onStep(kind: 'undo' | 'redo'): void;
  onOpen(text: string): void;
  onCompare(text: string | undefined): void;
  /** The address of what is shown now: the browser's follows a little later. Undefined where it would be too long. */
  onShare(): Promise<string | undefined>;
}

const groups = [...new Set(presets.map(({ group }) => group))];

const presetOptions = groups.map((group) => (
  <optgroup key={group} label={group}>
    {presets
      .filter((preset) => preset.group === group)
      .map(({ name, title }) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
  </optgroup>
));

const textOf = (name: string): string => presets.find((preset) => preset.name === name)!.text;
const nameOf = (text: string | undefined): string =>
  presets.find((preset) => preset.text === text)?.name ?? '';

/** Everything that concerns the study as a whole. */
export const Toolbar = ({
  text,
  other,
  canUndo,
  canRedo,
  onStep,
  onOpen,
  onCompare,
  onShare,
}: ToolbarProps) => {
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  const share = async (): Promise<void> => {
    const address = await onShare();
    if (address === undefined) {
      alert('This study is too long for a link. Save it as a file, and send that.');
      return;
    }
    try {
      await navigator.clipboard.writeText(address);
      setIsCopied(true);
      setTimeout(() => setIsCopied(false), 2000);
    } catch {
      prompt('The address of this study:', address);
    }
  };
  return (
    <header class="toolbar">
      <h1>
        Menusmith <span>optimal menus when buyers hide their types</span>
      </h1>
      <div class="tools">
        <label for={`${id}-preset`}>Start from</label>
        <select
          id={`${id}-preset`}
          value={nameOf(text)}
          onChange={({ currentTarget }) => onOpen(textOf(currentTarget.value))}
        >
          <option value="" disabled>
            a study of your own
          </option>
          {presetOptions}
        </select>
        <label for={`${id}-compare`}>Compare with</label>
        <select
          id={`${id}-compare`}
          value={other === undefined ? '' : nameOf(other) || '(kept)'}
          onChange={({ currentTarget: { value } }) => {
            if (value === '') onCompare(undefined);
            else if (value === '(kept)') onCompare(text);
            else onCompare(textOf(value));
          }}
        >
          <option value="">nothing</option>
          <option value="(kept)">
            {other !== undefined && !nameOf(other) ? 'the study kept' : 'this study as it is now'}
          </option>
          {presetOptions}
        </select>
        <button type="button" disabled={!canUndo} onClick={() => onStep('undo')}>
          Undo
        </button>
        <button type="button" disabled={!canRedo} onClick={() => onStep('redo')}>
          Redo
        </button>
        <button type="button" onClick={share}>
          {isCopied ? 'Copied' : 'Copy link'}
        </button>
        <button
          type="button"
          onClick={() =>
            saveText(`${fileName(String(dataOf(text)?.name ?? 'study'))}.yaml`, text, 'application/yaml')
          }
        >
          Save
        </button>
        <button type="button" onClick={() => file.current?.click()}>
          Open…
        </button>
        <input
          ref={file}
          type="file"
          accept=".yaml,.yml,.json"
          aria-label="Open a study file"
          hidden
          onChange={async ({ currentTarget }) => {
            const opened = currentTarget.files?.[0];
            if (opened !== undefined) onOpen(await opened.text());
            currentTarget.value = '';
          }}
        />
      </div>
    </header>
  );
};
