import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAction, useService } from '../app/index.ts';
import { Dialog, TextField } from '../ui/index.ts';

/** Makes an Ed25519 key with ssh-keygen. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const make = useAction(() => client.signoff.makeKey({ passphrase }), {
    onDone: (signers) => {
      cache.setQueryData(queries.signoff.signers.queryKey(), signers);
      onClose();
    },
  });
  const differ = again !== '' && again !== passphrase;
  return (
    <Dialog
      title="Make a key"
      onClose={onClose}
      problem={make.problem}
      confirm={{
        label: 'Make the key',
        onPress: () => make.run(undefined),
        busy: make.busy,
        why:
          passphrase === ''
            ? 'Give a passphrase first.'
            : again === passphrase
              ? null
              : 'Type the same passphrase twice.',
      }}
    >
      <p className="soft">
        ssh-keygen writes an Ed25519 key to <code>~/.ssh/id_ed25519_holdpoint</code>. It can sign once its
        line stands in <code>allowed_signers</code> of the pack.
      </p>
      <TextField
        label="Passphrase"
        value={passphrase}
        onChange={setPassphrase}
        secret
        autoFocus
        hint="It is asked for at every signature. Nobody can give it back to you."
      />
      <TextField
        label="The passphrase again"
        value={again}
        onChange={setAgain}
        secret
        problem={differ ? 'The two differ.' : undefined}
      />
    </Dialog>
  );
}
