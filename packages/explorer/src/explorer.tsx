import type { Coordinates } from '@menusmith/app/browser';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { linkTo, type Shared } from './address.ts';
import { StudyControls } from './controls/study-controls.tsx';
import { begin, type Choices, step } from './history.ts';
import type { Files } from './messages.ts';
import { presets } from './presets.ts';
import { Results } from './results/results.tsx';
import { Toolbar } from './toolbar.tsx';
import { useAddress } from './use-address.ts';
import { useEditing } from './use-editing.ts';
import { useSolved } from './use-solved.ts';

interface ExplorerProps {
  readonly study: string;
  readonly other?: string;
  readonly tiers?: number;
  readonly isUnreadable: boolean;
}

const noFiles: Files = {};

/** The page: controls on the left, what follows from them on the right. */
export const Explorer = ({
  study,
  other: otherAtFirst,
  tiers: tiersAtFirst,
  isUnreadable,
}: ExplorerProps) => {
  const [history, dispatch] = useReducer(
    step,
    { study, other: otherAtFirst, tiers: tiersAtFirst ?? 0 },
    begin,
  );
  const [files, setFiles] = useState(noFiles);
  const [notice, setNotice] = useState(isUnreadable ? unreadable('this is Example 1.') : undefined);
  const [buyer, setBuyer] = useState<Coordinates>({ value: 0.8, scale: 0.6 });
  const { study: text, other, tiers } = history.now;
  const shown = useSolved(text, files);
  const compared = useSolved(other, files);

  const change = useCallback((to: Partial<Choices>, key?: string) => {
    setNotice(undefined);
    dispatch({ kind: 'change', to, at: performance.now(), ...(key !== undefined && { key }) });
  }, []);
  const shared = sharedOf(history.now);
  useAddress(shared, (next) => {
    if (next === undefined) setNotice(unreadable('what you see is the study before.'));
    else change({ study: next.study, other: next.other, tiers: next.tiers ?? 0 });
  });
  useKeys(dispatch);

  const editing = useEditing(text, shown, files, setFiles, change);

  // What does not change is not compared: numbers come far more often than controls.
  const controls = useMemo(
    () => (
      <StudyControls
        editing={editing}
        text={text}
        failure={shown.failure}
        onText={(next) => change({ study: next }, 'text')}
      />
    ),
    [editing, text, shown.failure, change],
  );

  return (
    <>
      <a class="skip" href="#results">
        Skip to the results
      </a>
      <Toolbar
        text={text}
        other={other}
        canUndo={history.past.length > 0}
        canRedo={history.future.length > 0}
        onStep={(kind) => dispatch({ kind })}
        onOpen={(opened) => {
          const preset = presets.find((each) => each.text === opened);
          change({ study: opened, ...(preset && { tiers: preset.tiers ?? 0 }) });
        }}
        onCompare={(compared) => change({ other: compared })}
        onShare={() => linkTo(shared, location.href)}
      />
      {notice !== undefined && <p class="notice">{notice}</p>}
      <div class="columns">
        {controls}
        <Results
          study={text}
          shown={shown}
          other={other}
          compared={compared}
          hint={presets.find((preset) => preset.text === text)?.hint}
          buyer={buyer}
          onBuyer={setBuyer}
          tiers={tiers}
          onTiers={(count) => change({ tiers: count }, 'tiers')}
        />
      </div>
    </>
  );
};

const unreadable = (instead: string): string => `The address held no study that can be read; ${instead}`;

const sharedOf = ({ study, other, tiers }: Choices): Shared => ({
  study,
  ...(other !== undefined && { other }),
  ...(tiers > 0 && { tiers }),
});

/** Undo and redo by the usual keys, except in texts, which have their own. */
const useKeys = (dispatch: (step: { kind: 'undo' | 'redo' }) => void): void => {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      const { target } = event;
      const isText =
        target instanceof HTMLTextAreaElement ||
        (target instanceof HTMLInputElement && target.type === 'text');
      if (isText) return;
      event.preventDefault();
      dispatch({ kind: event.shiftKey ? 'redo' : 'undo' });
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [dispatch]);
};
