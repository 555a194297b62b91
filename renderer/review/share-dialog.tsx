import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportedView } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import { useAction, useNotify, useService } from '../app/index.ts';
import { Dialog, TextField } from '../ui/index.ts';
import { Preview } from './preview.tsx';
import { SharingProgress, stoppedSharing } from './sharing.tsx';

/** Exchanges through a folder that several people share: takes in theirs and adds one's own, after showing both. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const { client, queries } = useService();
  const notify = useNotify();
  const last = useQuery(queries.signoff.sharedFolder.queryOptions()).data?.path ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const path = typed ?? last;
  const [preview, setPreview] = useState<(ImportedView & { adds: number }) | null>(null);
  const look = useAction(() => client.signoff.exchange({ path, keep: false }), { onDone: setPreview });
  const [stop] = useState(() => new AbortController());
  const exchange = useAction(() => client.signoff.exchange({ path, keep: true }, { signal: stop.signal }), {
    onDone: ({ added, adds, refused }) => {
      notify({
        title: `Took in ${counted(added.length, 'entry', 'entries')}, added ${counted(adds, 'file')}`,
        text: refused.length > 0 ? `${refused.length} refused` : '',
        tone: refused.length > 0 ? 'alarm' : 'calm',
      });
      onClose();
    },
  });
  const leave = () => {
    stop.abort();
    if (exchange.busy) notify(stoppedSharing);
    onClose();
  };
  return (
    <Dialog
      title="Exchange through a shared folder"
      onClose={leave}
      leave={exchange.busy ? 'Stop' : 'Cancel'}
      size="wide"
      problem={look.problem ?? exchange.problem}
      confirm={{
        label: preview ? 'Exchange' : 'See what it would change',
        onPress: () => (preview ? exchange.run(undefined) : look.run(undefined)),
        busy: look.busy || exchange.busy,
        why: path.trim() ? null : 'Name the folder first.',
      }}
    >
      <p className="soft">
        A shared drive, or a folder of a git working tree. Each person and device has a folder of their own in
        it and one file for each entry, so nothing ever has to be merged. Only what verifies is taken in.
      </p>
      <TextField
        label="Shared folder"
        value={path}
        onChange={(next) => {
          setTyped(next);
          setPreview(null);
        }}
        mono
        autoFocus
      />
      {preview && (
        <>
          <p>{counted(preview.adds, 'file')} of yours would be added.</p>
          <Preview preview={preview} />
        </>
      )}
      {exchange.busy && <SharingProgress />}
    </Dialog>
  );
}
