import { useState } from 'react';
import type { Plan } from '../../shared/contract/runbook.ts';
import type { Action } from '../app/index.ts';
import { Dialog, TextField } from '../ui/index.ts';

/** A LIVE start: says what it will touch, and asks for the target's name. */
export function StartDialog({
  plan,
  start,
  onClose,
}: {
  plan: Plan;
  start: Action<void>;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  return (
    <Dialog
      title={`${plan.title} on ${plan.target}, LIVE`}
      onClose={onClose}
      problem={start.problem}
      confirm={{
        label: `Start on ${plan.target}`,
        tone: 'danger',
        chord: true,
        onPress: () => start.run(),
        busy: start.busy,
        why: typed.trim() === plan.target ? null : `Type ${plan.target} first.`,
      }}
    >
      <p>
        {plan.steps.length} steps put <span className="mono strong">{plan.version}</span> on{' '}
        <span className="mono break">{plan.hosts.join(', ')}</span>
        {plan.batches.length > 1 && `, in ${plan.batches.length} batches`}.
      </p>
      <p className="soft">
        {plan.rollback?.possible
          ? `If it fails it can go back to ${plan.rollback.to}.`
          : 'If it fails there is nothing it could go back to.'}
      </p>
      <TextField label={`Type ${plan.target} to confirm`} value={typed} onChange={setTyped} autoFocus mono />
    </Dialog>
  );
}
