import type { FieldPath } from '@menusmith/core';
import { useFailureAt } from '../editing.ts';
import type { Failure } from '../messages.ts';

/** What is wrong, beside the control where it is wrong. */
export const Complaint = ({ failure }: { readonly failure: Failure | undefined }) =>
  failure === undefined ? null : (
    <p class="complaint" role="alert">
      {failure.message}
    </p>
  );

/** What is wrong with a group of controls as a whole. */
export const ComplaintAt = ({ path }: { readonly path: FieldPath }) => {
  const failure = useFailureAt(path);
  return <Complaint failure={failure?.field.length === path.length ? failure : undefined} />;
};
