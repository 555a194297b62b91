import { useState } from 'react';
import { Dialog, TextField } from '../ui/index.ts';
import { type About, aboutWords, type Draft } from './draft.ts';
import { ItemChoice, wholeHint } from './item-choice.tsx';

/** Says something about one item, or about the launch as a whole. */
export function CommentDialog({
  onComment,
  onClose,
}: {
  onComment: (comment: Draft['comments'][number]) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [about, setAbout] = useState<About>(null);
  return (
    <Dialog
      title="Comment"
      onClose={onClose}
      confirm={{
        label: 'Add to the review',
        chord: true,
        onPress: () => {
          onComment({ ...aboutWords(about), text: text.trim() });
          onClose();
        },
        why: text.trim() ? null : 'Write it first.',
      }}
    >
      <TextField label="What you say" value={text} onChange={setText} lines={4} autoFocus />
      <ItemChoice
        label="About the item with these words"
        hint={wholeHint}
        about={about}
        onChange={setAbout}
      />
    </Dialog>
  );
}
