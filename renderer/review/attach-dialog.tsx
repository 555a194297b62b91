import { useState } from 'react';
import { useAction, useService } from '../app/index.ts';
import { Dialog, FileField } from '../ui/index.ts';
import { readBase64 } from './base64.ts';
import { type About, aboutWords, type Draft } from './draft.ts';
import { ItemChoice, wholeHint } from './item-choice.tsx';

/** Adds a file to the review: a picture, a log. Its SHA-256 is signed, and its bytes go with the review. */
export function AttachDialog({
  onAttach,
  onClose,
}: {
  onAttach: (attachment: Draft['attachments'][number]) => void;
  onClose: () => void;
}) {
  const { client } = useService();
  const [file, setFile] = useState<File | null>(null);
  const [about, setAbout] = useState<About>(null);
  const attach = useAction(
    async (chosen: File) => client.signoff.attach({ name: chosen.name, bytes: await readBase64(chosen) }),
    {
      onDone: (attached) => {
        onAttach({ ...aboutWords(about), ...attached });
        onClose();
      },
    },
  );
  return (
    <Dialog
      title="Attach a file"
      onClose={onClose}
      problem={attach.problem}
      confirm={{
        label: 'Add to the review',
        onPress: () => file && attach.run(file),
        busy: attach.busy,
        why: file ? null : 'Choose the file first.',
      }}
    >
      <FileField label="File, of 8 MB at the most" onChange={setFile} autoFocus />
      <ItemChoice
        label="About the item with these words"
        hint={wholeHint}
        about={about}
        onChange={setAbout}
      />
    </Dialog>
  );
}
