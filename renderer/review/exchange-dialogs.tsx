import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportedView } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import { PathField, useAction, useLaunch, useNotify, useService } from '../app/index.ts';
import { Dialog } from '../ui/index.ts';
import { Preview } from './preview.tsx';
import { SharingProgress, stoppedSharing } from './sharing.tsx';

/** Writes everything that was signed for others to take in. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { client } = useService();
  const { folder, version, copy } = useLaunch();
  const notify = useNotify();
  const [path, setPath] = useState(copy ? `~/review-of-${version}.zip` : `${folder}-review.zip`);
  const [stop] = useState(() => new AbortController());
  const isFolder = !path.trim().endsWith('.zip');
  const write = useAction(() => client.signoff.export({ path }, isFolder ? { signal: stop.signal } : {}), {
    onDone: ({ files, sha256, leftOut }) => {
      const parts = [
        `${counted(files, 'new file')} in ${path}.`,
        ...(sha256 ? [`SHA-256 ${sha256}.`] : []),
        ...leftOut.map(({ name, why }) => `Left out: ${name}. ${why}`),
      ];
      notify({ title: 'Exported', text: parts.join(' '), tone: 'calm' });
      onClose();
    },
  });
  const isSharing = write.busy && isFolder;
  const leave = () => {
    stop.abort();
    if (isSharing) notify(stoppedSharing);
    onClose();
  };
  return (
    <Dialog
      title="Export for others"
      onClose={leave}
      leave={isSharing ? 'Stop' : 'Cancel'}
      problem={write.problem}
      confirm={{
        label: 'Export',
        onPress: () => write.run(undefined),
        busy: write.busy,
        why: path.trim() ? null : 'Name the file first.',
      }}
    >
      <p className="soft">
        A path that ends with .zip becomes one new file to send: the pack, the items with their evidence as
        they are now, and everything signed. Whoever gets it opens it like a pack, without a network. Files
        that the pack does not name stay here, and so does one of more than 8 MB. Any other path is a folder
        that several people share: what was signed goes there, each person’s files in a folder of their own,
        so nothing has to be merged.
      </p>
      <PathField
        label="New zip, or folder"
        value={path}
        onChange={setPath}
        kinds={['new-file', 'folder']}
        extensions={['zip']}
        autoFocus
      />
      {isSharing && <SharingProgress />}
    </Dialog>
  );
}

/** Looks into what somebody sent, shows what it would change, and takes it in. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const notify = useNotify();
  const [path, setPath] = useState('');
  const [preview, setPreview] = useState<ImportedView | null>(null);
  const look = useAction(() => client.signoff.import({ path, keep: false }), { onDone: setPreview });
  const take = useAction(() => client.signoff.import({ path, keep: true }), {
    onDone: ({ added, refused }) => {
      void cache.invalidateQueries({ queryKey: queries.signoff.key() });
      void cache.invalidateQueries({ queryKey: queries.board.key() });
      notify({
        title: `Took in ${counted(added.length, 'entry', 'entries')}`,
        text: refused.length > 0 ? `${refused.length} refused` : '',
        tone: 'calm',
      });
      onClose();
    },
  });
  const nothing = preview !== null && preview.added.length === 0;
  return (
    <Dialog
      title="Take in a review"
      onClose={onClose}
      size="wide"
      problem={look.problem ?? take.problem}
      leave={nothing ? 'Close' : 'Cancel'}
      confirm={
        nothing
          ? undefined
          : {
              label: preview
                ? `Take in ${counted(preview.added.length, 'entry', 'entries')}`
                : 'See what it would change',
              onPress: () => (preview ? take.run(undefined) : look.run(undefined)),
              busy: look.busy || take.busy,
              why: path.trim() ? null : 'Name the file first.',
            }
      }
    >
      <PathField
        label="Zip or folder"
        value={path}
        onChange={(next) => {
          setPath(next);
          setPreview(null);
        }}
        kinds={['file', 'folder']}
        extensions={['zip']}
        autoFocus
        placeholder="/home/you/Downloads/review.zip"
        hint="Nothing is taken in that does not verify by the pack’s allowed_signers."
      />
      {preview && <Preview preview={preview} />}
    </Dialog>
  );
}
