import { useState } from 'react';
import { counted } from '../../shared/units.ts';
import { useAction, useLaunch, useService } from '../app/index.ts';
import { CodeBlock, Dialog, TextField } from '../ui/index.ts';

/** Writes all that an auditor needs, and says how it is verified. */
export function AuditDialog({ onClose }: { onClose: () => void }) {
  const { client } = useService();
  const { folder, version } = useLaunch();
  const [path, setPath] = useState(`${folder}-audit-${version.replace(/[^A-Za-z0-9.-]+/g, '-')}.zip`);
  const [written, setWritten] = useState<{ files: number; digest: string } | null>(null);
  const write = useAction(() => client.signoff.audit({ path }), { onDone: setWritten });
  return (
    <Dialog
      title="Write the audit bundle"
      onClose={onClose}
      problem={write.problem}
      leave={written ? 'Close' : 'Cancel'}
      confirm={
        written
          ? undefined
          : {
              label: 'Write it',
              onPress: () => write.run(undefined),
              busy: write.busy,
              why: path.trim() ? null : 'Name the file first.',
            }
      }
    >
      {written ? (
        <>
          <p>
            {counted(written.files, 'file')} written to <span className="mono break">{path}</span>. Whoever
            has it verifies it with <code>sh verify.sh</code>: only ssh-keygen and sha256sum are needed.
          </p>
          <p className="soft">
            Keep this digest of SHA256SUMS elsewhere. With it this bundle can be told from any other.
          </p>
          <CodeBlock text={written.digest} label="Digest of SHA256SUMS" />
        </>
      ) : (
        <>
          <p className="soft">
            The report, every signed entry with its signature, allowed_signers, and a script that verifies
            them with stock tools.
          </p>
          <TextField label="New zip or folder" value={path} onChange={setPath} mono autoFocus />
        </>
      )}
    </Dialog>
  );
}
