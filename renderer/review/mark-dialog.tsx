import { useState } from 'react';
import type { ItemState } from '../../shared/contract/common.ts';
import { Choice, Dialog, TextField } from '../ui/index.ts';
import type { About, DraftMark } from './draft.ts';
import { ItemChoice } from './item-choice.tsx';
import { lackOfReason, states } from './states.ts';

/** Says what state the reviewer finds an item in: the one that is given, or one that is found by its words. */
export function MarkDialog({
  given,
  onMark,
  onClose,
}: {
  given: About;
  onMark: (mark: DraftMark) => void;
  onClose: () => void;
}) {
  const [found, setFound] = useState<About>(null);
  const [state, setState] = useState<ItemState>('done');
  const [reason, setReason] = useState('');
  const about = given ?? found;
  return (
    <Dialog
      title="Mark an item"
      onClose={onClose}
      confirm={{
        label: 'Add to the review',
        onPress: () => {
          if (about) onMark({ ...about, state, reason: reason.trim() });
          onClose();
        },
        why: about ? lackOfReason(state, reason) : 'Choose the item first.',
      }}
    >
      {given ? (
        <p className="strong break">{given.title}</p>
      ) : (
        <ItemChoice label="Words of the item" about={found} onChange={setFound} autoFocus />
      )}
      <Choice
        label="You find it"
        options={states}
        value={state}
        onChange={setState}
        across
        autoFocus={given !== null}
      />
      <TextField
        label="Why, or where you looked"
        value={reason}
        onChange={setReason}
        placeholder="p99 was 12 s with 100 concurrent requests"
      />
    </Dialog>
  );
}
