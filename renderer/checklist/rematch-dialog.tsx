import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Unmatched } from '../../shared/contract/checklist.ts';
import { useAction, useService } from '../app/index.ts';
import { Dialog, Select } from '../ui/index.ts';

const gone = 'gone';

/** After the file changed underneath: what became of the items whose history has no place in it any more. */
export function RematchDialog({
  unmatched,
  onClose,
}: {
  unmatched: readonly Unmatched[];
  onClose: () => void;
}) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const settle = useAction(
    () =>
      client.checklist.rematch({
        pairs: unmatched.flatMap(({ id }) => {
          const to = chosen[id];
          return to === undefined ? [] : [{ from: id, to: to === gone ? null : to }];
        }),
      }),
    {
      onDone: (checklist) => {
        cache.setQueryData(queries.checklist.get.queryKey(), checklist);
        onClose();
      },
    },
  );
  const settled = Object.keys(chosen).length;
  return (
    <Dialog
      title="The checklist's file has changed"
      size="wide"
      onClose={onClose}
      leave="Decide later"
      problem={settle.problem}
      confirm={{
        label: settled === unmatched.length ? 'Settle all' : `Settle ${settled} of ${unmatched.length}`,
        onPress: () => settle.run(undefined),
        busy: settle.busy,
        why: settled > 0 ? null : 'Choose what became of at least one.',
      }}
    >
      <p className="soft">
        {unmatched.length === 1 ? 'One item has' : `${unmatched.length} items have`} a history here but no
        place in the file now. Their marks, notes and evidence are kept. Say what each has become.
      </p>
      {unmatched.map((lost) => (
        <div key={lost.id} className="rematch">
          <p>
            <span className="strong break">{lost.title}</span>{' '}
            <span className="soft">
              was {lost.state} under {lost.path.join(' › ')}
            </span>
          </p>
          <Select
            label="It is now"
            value={chosen[lost.id] ?? null}
            onChange={(to) => setChosen({ ...chosen, [lost.id]: to })}
            options={[
              ...lost.candidates.map(({ id, title, path }) => ({
                value: id,
                label: title,
                about: path.join(' › '),
              })),
              { value: gone, label: 'Gone', about: 'It keeps its history and counts no more.' },
            ]}
          />
        </div>
      ))}
    </Dialog>
  );
}
