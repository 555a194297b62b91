import { useState } from 'react';
import { counted } from '../../shared/units.ts';
import { useAction, useNotify, useService } from '../app/index.ts';
import { Choice, Dialog } from '../ui/index.ts';
import type { Reviewed } from './sign-dialogs.tsx';

/** Makes what reviewers agree on the state of the items: of one, or of all. */
export function TakeOverDialog({
  agreed,
  selected,
  onClose,
}: {
  agreed: readonly Reviewed[];
  selected: Reviewed | undefined;
  onClose: () => void;
}) {
  const { client } = useService();
  const notify = useNotify();
  const [which, setWhich] = useState<'one' | 'all'>(selected ? 'one' : 'all');
  const take = useAction(
    () => client.signoff.takeOver({ items: which === 'one' && selected ? [selected.item] : null }),
    {
      onDone: ({ taken, left }) => {
        notify({
          title: `Took over ${counted(taken.length, 'mark')}`,
          text: left.map(({ title, why }) => `Not ${title}: ${why}`).join(' '),
          tone: left.length > 0 ? 'alarm' : 'calm',
        });
        onClose();
      },
    },
  );
  const state = selected?.marks[0]?.state ?? '';
  return (
    <Dialog
      title="Take over into the checklist"
      onClose={onClose}
      problem={take.problem}
      confirm={{ label: 'Take over', onPress: () => take.run(undefined), busy: take.busy }}
    >
      <p className="soft">
        The item gets the state that the reviewers signed, and their entry is named as its evidence. What they
        dispute, what a check decides and what is so already stays as it is.
      </p>
      <Choice
        label="Which marks"
        value={which}
        onChange={setWhich}
        autoFocus
        options={[
          ...(selected ? [{ value: 'one' as const, label: selected.title, about: state }] : []),
          { value: 'all' as const, label: 'All that nobody disputes', about: counted(agreed.length, 'item') },
        ]}
      />
    </Dialog>
  );
}
