import { type ReactNode, useState } from 'react';
import type { SignoffsView } from '../../../shared/contract/signoff.ts';
import { Dialog, Select, TextField } from '../../ui/index.ts';
import { PromptDialog } from './prompt-dialog.tsx';
import type { Signer } from './signer.ts';
import { useSigning } from './use-signing.ts';

const another = 'another';

/** A question whose answer is signed. While the program that signs asks for something, it is shown in its place. */
export function SigningDialog({
  title,
  label,
  tone = 'primary',
  why,
  signers,
  perform,
  onClose,
  onDone = onClose,
  wide = false,
  children,
}: {
  title: string;
  /** What the button says. */
  label: string;
  tone?: 'primary' | 'danger';
  /** Why it cannot be signed yet. */
  why: string | null;
  signers: readonly Signer[];
  perform: (by: Signer, signal: AbortSignal) => Promise<SignoffsView>;
  onClose: () => void;
  onDone?: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  const [given, setChosen] = useState<string | null>(null);
  // The keys may become known only after the question is on the screen.
  const chosen = given ?? (signers.length > 0 ? '0' : another);
  const [as, setAs] = useState('');
  const [keyFile, setKeyFile] = useState('');
  const by = signers[Number(chosen)] ?? { as: as.trim(), keyFile: keyFile.trim(), caution: '' };
  const signing = useSigning(perform, onDone);
  const incomplete = by.as === '' || by.keyFile === '' ? 'Name the signer and the key file first.' : null;
  if (signing.prompt) {
    return (
      <PromptDialog
        key={signing.prompt.id}
        prompt={signing.prompt}
        signing={title}
        by={by}
        onReply={signing.reply}
        onClose={() => {
          signing.reply(null);
          onClose();
        }}
      />
    );
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      problem={signing.problem}
      size={wide ? 'wide' : 'small'}
      confirm={{
        label: signing.busy ? 'Signing…' : label,
        tone,
        onPress: () => signing.start(by),
        busy: signing.busy,
        why: why ?? incomplete,
      }}
    >
      {children}
      <Select
        label="Signed by"
        value={chosen}
        onChange={setChosen}
        options={[
          ...signers.map((one, index) => ({ value: String(index), label: one.as, about: one.keyFile })),
          {
            value: another,
            label: 'Another name and key',
            about: 'A certificate, a security key, a key kept elsewhere',
          },
        ]}
      />
      {chosen === another && (
        <>
          <TextField
            label="Name in allowed_signers"
            value={as}
            onChange={setAs}
            placeholder="you@example.com"
          />
          <TextField
            label="Key file"
            value={keyFile}
            onChange={setKeyFile}
            mono
            placeholder="/home/you/.ssh/id_ed25519"
            hint="The private key, or the public one where an agent or a device has the private half. Holdpoint never reads a private key."
          />
        </>
      )}
      {by.caution && (
        <p className="tone-unproven break">{by.caution} The signature would be kept and not count.</p>
      )}
    </Dialog>
  );
}
