import { useState } from 'react';
import type { SigningPrompt } from '../../../shared/contract/signoff.ts';
import { Dialog, TextField } from '../../ui/index.ts';
import type { Signer } from './signer.ts';

/** What `ssh-keygen`, an agent or a security key asks, in its own words. The answer goes to it and is kept nowhere. */
export function PromptDialog({
  prompt: { kind, text },
  signing,
  by,
  onReply,
  onClose,
}: {
  prompt: SigningPrompt;
  signing: string;
  by: Signer;
  onReply: (answer: string | null) => void;
  onClose: () => void;
}) {
  const [secret, setSecret] = useState('');
  return (
    <Dialog
      title={signing}
      onClose={onClose}
      leave="Do not sign"
      confirm={
        kind === 'notice'
          ? undefined
          : {
              label: kind === 'secret' ? 'Unlock and sign' : 'Yes',
              onPress: () => onReply(kind === 'secret' ? secret : 'yes'),
            }
      }
    >
      <p className="strong break">{text}</p>
      <p className="soft break">
        {by.as} signs with <span className="mono">{by.keyFile}</span>
      </p>
      {kind === 'secret' && (
        <TextField
          label="Passphrase or PIN"
          value={secret}
          onChange={setSecret}
          secret
          autoFocus
          hint="It goes to ssh-keygen and is kept nowhere."
        />
      )}
      {kind === 'notice' && (
        <p className="soft" role="status">
          It waits for you. Nothing has to be typed here.
        </p>
      )}
    </Dialog>
  );
}
