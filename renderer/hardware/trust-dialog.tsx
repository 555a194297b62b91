import { useState } from 'react';
import type { HostKey, HostRow } from '../../shared/contract/hardware.ts';
import { useAction, useService } from '../app/index.ts';
import { Choice, Dialog, Facts } from '../ui/index.ts';

/** A host key nobody has accepted yet. Only a person accepts one, after comparing it. */
export function TrustDialog({
  hostKey,
  onDone,
  onClose,
}: {
  hostKey: HostKey;
  onDone: (row: HostRow) => void;
  onClose: () => void;
}) {
  const { client } = useService();
  const [compared, setCompared] = useState<'yes' | 'no'>('no');
  const trust = useAction(
    () => client.hardware.trust({ host: hostKey.host, fingerprint: hostKey.fingerprint }),
    { onDone },
  );
  return (
    <Dialog
      title={`Is this really ${hostKey.host}?`}
      onClose={onClose}
      leave="Not now"
      problem={trust.problem}
      confirm={{
        label: 'Accept this key',
        chord: true,
        onPress: () => trust.run(undefined),
        busy: trust.busy,
        why: compared === 'yes' ? null : 'Compare the fingerprint first.',
      }}
    >
      <p>
        The host shows a key that is in none of your known_hosts files. Whoever answers there has this one:
      </p>
      <p className="fingerprint mono break">{hostKey.fingerprint}</p>
      <Facts
        facts={[
          { label: 'type', value: hostKey.type },
          { label: 'goes into', value: hostKey.knownHosts },
        ]}
      />
      <p className="soft">
        Ask somebody who has the machine before them, or its provider’s console, for the fingerprint. If the
        two differ, you are talking to another machine.
      </p>
      <Choice
        label="Have you compared it?"
        value={compared}
        onChange={setCompared}
        autoFocus
        across
        options={[
          { value: 'no', label: 'Not yet' },
          { value: 'yes', label: 'It is the same' },
        ]}
      />
    </Dialog>
  );
}
