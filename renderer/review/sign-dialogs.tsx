import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemState } from '../../shared/contract/common.ts';
import type { SignoffsView } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import { type Signer, SigningDialog, useService } from '../app/index.ts';
import { Choice, TextField } from '../ui/index.ts';
import { type Draft, nothing } from './draft.ts';
import { lackOfReason, states } from './states.ts';

export type Reviewed = SignoffsView['reviewed'][number];

/** Signs what was gathered. */
export function SignReviewDialog({
  draft,
  signers,
  onClose,
}: {
  draft: Draft;
  signers: readonly Signer[];
  onClose: () => void;
}) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const files = draft.attachments.length;
  return (
    <SigningDialog
      title="Sign the review"
      label="Sign it"
      why={null}
      signers={signers}
      perform={({ as, keyFile }, signal) => client.signoff.signDraft({ as, keyFile }, { signal })}
      onDone={() => {
        cache.setQueryData(queries.signoff.draft.queryKey(), nothing);
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        {counted(draft.marks.length, 'mark')} and {counted(draft.comments.length, 'comment')}
        {files > 0 && `, with ${counted(files, 'file')}`}, over the whole of the launch as it is here now.
      </p>
      <p className="soft">
        They stand beside the checklist. They tick nothing in it until somebody takes them over.
      </p>
    </SigningDialog>
  );
}

/** Says which of two contradicting marks holds, knowing of both. */
export function SettleDialog({
  disputed: { item, title, marks: sides },
  signers,
  onClose,
}: {
  disputed: Reviewed;
  signers: readonly Signer[];
  onClose: () => void;
}) {
  const { client } = useService();
  const said = [...new Set(sides.map((side) => side.state))];
  const [state, setState] = useState<ItemState | null>(null);
  const [reason, setReason] = useState('');
  const sideOf = (value: ItemState) =>
    sides
      .filter((side) => side.state === value)
      .map(({ author, reason: why }) => `${author}${why && `: ${why}`}`)
      .join('; ');
  const options = [...states].sort((a, b) => Number(said.includes(b.value)) - Number(said.includes(a.value)));
  return (
    <SigningDialog
      title="Settle the dispute"
      label="Sign that it is so"
      why={state ? lackOfReason(state, reason) : 'Choose what holds first.'}
      signers={signers}
      perform={({ as, keyFile }, signal) => {
        const marks = state ? [{ item, state, reason: reason.trim() }] : [];
        return client.signoff.review({ as, keyFile, marks }, { signal });
      }}
      onClose={onClose}
    >
      <p className="strong break">{title}</p>
      <Choice
        label="What holds"
        options={options.map(({ value, label }) => ({ value, label, about: sideOf(value) || undefined }))}
        value={state}
        onChange={setState}
        autoFocus
      />
      <TextField label="Why" value={reason} onChange={setReason} />
    </SigningDialog>
  );
}
