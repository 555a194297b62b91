import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemState } from '../../shared/contract/common.ts';
import { useService } from '../app/index.ts';
import { Choice, Dialog, TextField } from '../ui/index.ts';
import type { DraftMark } from './draft.ts';
import { lackOfReason, states } from './states.ts';

const mostFound = 6;

/** Finds an item by its words and says what state the reviewer finds it in. */
export function MarkDialog({ onMark, onClose }: { onMark: (mark: DraftMark) => void; onClose: () => void }) {
  const { queries } = useService();
  const items = useQuery(queries.checklist.get.queryOptions()).data?.items ?? [];
  const [words, setWords] = useState('');
  const [item, setItem] = useState<string | null>(null);
  const [state, setState] = useState<ItemState>('done');
  const [reason, setReason] = useState('');
  const wanted = words.trim().toLowerCase().split(/\s+/);
  const found = words.trim()
    ? items
        .filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)))
        .slice(0, mostFound)
    : [];
  const chosen = found.find(({ id }) => id === item) ?? (found.length === 1 ? found[0] : undefined);
  return (
    <Dialog
      title="Mark an item"
      onClose={onClose}
      confirm={{
        label: 'Add to the review',
        onPress: () => {
          if (chosen) onMark({ item: chosen.id, title: chosen.title, state, reason: reason.trim() });
          onClose();
        },
        why: chosen ? lackOfReason(state, reason) : 'Choose the item first.',
      }}
    >
      <TextField label="Words of the item" value={words} onChange={setWords} autoFocus />
      {found.length > 0 && (
        <Choice
          label="Item"
          options={found.map(({ id, title, status, reason: known }) => ({
            value: id,
            label: title,
            about: [status, known].filter(Boolean).join(': '),
          }))}
          value={chosen?.id ?? null}
          onChange={setItem}
        />
      )}
      {words.trim() !== '' && found.length === 0 && <p className="soft">No item has these words.</p>}
      <Choice label="You find it" options={states} value={state} onChange={setState} across />
      <TextField
        label="Why, or where you looked"
        value={reason}
        onChange={setReason}
        placeholder="p99 was 12 s with 100 concurrent requests"
      />
    </Dialog>
  );
}

/** Says something about the launch as a whole. */
export function CommentDialog({
  onComment,
  onClose,
}: {
  onComment: (text: string) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  return (
    <Dialog
      title="Comment"
      onClose={onClose}
      confirm={{
        label: 'Add to the review',
        chord: true,
        onPress: () => {
          onComment(text.trim());
          onClose();
        },
        why: text.trim() ? null : 'Write it first.',
      }}
    >
      <TextField label="About the launch as a whole" value={text} onChange={setText} lines={4} autoFocus />
    </Dialog>
  );
}
