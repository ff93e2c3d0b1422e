import type { ComponentChildren } from 'preact';
import { type Editing, EditingContext } from '../editing.ts';
import type { Failure } from '../messages.ts';
import { BuyersControls } from './buyers-controls.tsx';
import { ContractControls } from './contract-controls.tsx';
import { StudyText } from './study-text.tsx';
import { TechnologyControls } from './technology-controls.tsx';
import { TermsControls } from './terms-controls.tsx';

interface StudyControlsProps {
  /** Until it is known what there is to choose from, none. */
  readonly editing: Editing | undefined;
  readonly text: string;
  readonly failure: Failure | undefined;
  readonly onText: (text: string) => void;
}

/** On a narrow screen the controls are folded, so that the results are near. */
const isWide = matchMedia('(min-width: 861px)').matches;

/** The left of the page: the study, by controls and as its text. */
export const StudyControls = ({ editing, text, failure, onText }: StudyControlsProps) => (
  <aside class="controls" aria-label="The study">
    {editing === undefined ? (
      <p class="doc">Loading…</p>
    ) : (
      <EditingContext.Provider value={editing}>
        <Part title="What is sold" isOpen={isWide}>
          <ContractControls />
        </Part>
        <Part title="Who the buyers are" isOpen={isWide}>
          <BuyersControls />
        </Part>
        <Part title="How quality is made" isOpen={isWide}>
          <TechnologyControls />
        </Part>
        <Part title="What else matters">
          <TermsControls />
        </Part>
      </EditingContext.Provider>
    )}
    <Part title="Study file">
      <StudyText text={text} failure={failure} onChange={onText} />
    </Part>
  </aside>
);

interface PartProps {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ComponentChildren;
}

const Part = ({ title, isOpen = false, children }: PartProps) => (
  <details open={isOpen}>
    <summary>
      <h2>{title}</h2>
    </summary>
    {children}
  </details>
);
