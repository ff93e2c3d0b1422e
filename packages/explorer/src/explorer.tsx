import type { Coordinates } from '@menusmith/app/browser';
import type { FieldPath } from '@menusmith/core';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { linkTo, type Shared } from './address.ts';
import { BuyersControls } from './controls/buyers-controls.tsx';
import { ContractControls } from './controls/contract-controls.tsx';
import { StudyText } from './controls/study-text.tsx';
import { TechnologyControls } from './controls/technology-controls.tsx';
import { TermsControls } from './controls/terms-controls.tsx';
import { type Editing, EditingContext } from './editing.ts';
import { begin, type Choices, step } from './history.ts';
import type { Files } from './messages.ts';
import { presets } from './presets.ts';
import { Results } from './results/results.tsx';
import { dataOf, withField } from './study-document.ts';
import { Toolbar } from './toolbar.tsx';
import { useAddress } from './use-address.ts';
import { useSolved } from './use-solved.ts';

interface ExplorerProps {
  readonly study: string;
  readonly other?: string;
  readonly tiers?: number;
  readonly isUnreadable: boolean;
}

const noFiles: Files = {};

/** On a narrow screen the controls are folded, so that the results are near. */
const isWide = matchMedia('(min-width: 861px)').matches;

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
  const data = useLastData(text);

  const change = useCallback((to: Partial<Choices>, key?: string) => {
    setNotice(undefined);
    dispatch({ kind: 'change', to, at: performance.now(), ...(key !== undefined && { key }) });
  }, []);
  const latest = useRef(text);
  latest.current = text;
  const editAll = useCallback(
    (changes: readonly (readonly [FieldPath, unknown])[]) => {
      const next = changes.reduce((before, [path, value]) => withField(before, path, value), latest.current);
      // Two changes may come before the page is drawn again.
      latest.current = next;
      change({ study: next }, changes.length === 1 ? changes[0]![0].join('.') : undefined);
    },
    [change],
  );

  const shared = sharedOf(history.now);
  useAddress(shared, (next) => {
    if (next === undefined) setNotice(unreadable('what you see is the study before.'));
    else change({ study: next.study, other: next.other, tiers: next.tiers ?? 0 });
  });
  useKeys(dispatch);

  const editing = useMemo<Editing | undefined>(
    () =>
      shown.declarations && {
        data,
        declarations: shown.declarations,
        failure: shown.failure,
        files,
        edit: (path, value) => editAll([[path, value]]),
        editAll,
        attach: (name, content) => setFiles((before) => ({ ...before, [name]: content })),
      },
    [data, shown.declarations, shown.failure, files, editAll],
  );

  // What does not change is not compared: numbers come far more often than controls.
  const controls = useMemo(
    () => (
      <aside class="controls" aria-label="The study">
        {editing === undefined ? (
          <p class="doc">Loading…</p>
        ) : (
          <EditingContext.Provider value={editing}>
            <details open={isWide}>
              <summary>
                <h2>What is sold</h2>
              </summary>
              <ContractControls />
            </details>
            <details open={isWide}>
              <summary>
                <h2>Who the buyers are</h2>
              </summary>
              <BuyersControls />
            </details>
            <details open={isWide}>
              <summary>
                <h2>How quality is made</h2>
              </summary>
              <TechnologyControls />
            </details>
            <details>
              <summary>
                <h2>What else matters</h2>
              </summary>
              <TermsControls />
            </details>
          </EditingContext.Provider>
        )}
        <details>
          <summary>
            <h2>Study file</h2>
          </summary>
          <StudyText
            text={text}
            failure={shown.failure}
            onChange={(next) => change({ study: next }, 'text')}
          />
        </details>
      </aside>
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

/** The data of the text; while it is not YAML, of the last text that was. */
const useLastData = (text: string): Editing['data'] => {
  const last = useRef<Editing['data']>({});
  return useMemo(() => {
    last.current = dataOf(text) ?? last.current;
    return last.current;
  }, [text]);
};

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
