import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RoleAnswer } from '../../shared/contract/board.ts';
import type { AnswerValue } from '../../shared/contract/common.ts';
import { useAction, useService } from '../app/index.ts';
import { Button, Choice, Dialog, Select, TextField } from '../ui/index.ts';

const values: { value: AnswerValue; label: string; about?: string }[] = [
  { value: 'go', label: 'Go' },
  {
    value: 'go-with-condition',
    label: 'Go with condition',
    about: 'Counts as go; the condition stands beside it.',
  },
  { value: 'no-go', label: 'No-go', about: 'Blocks the launch.' },
  { value: 'abstain', label: 'Abstain', about: 'Is not a go.' },
];

/** A role's answer. It is shown as unsigned. */
export function AnswerDialog({
  roles,
  first,
  onClose,
}: {
  roles: readonly RoleAnswer[];
  first: string;
  onClose: () => void;
}) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const [role, setRole] = useState(first);
  const chosen = roles.find((one) => one.role === role);
  const [value, setValue] = useState<AnswerValue>(chosen?.answer?.value ?? 'go');
  const [condition, setCondition] = useState(chosen?.answer?.condition ?? '');
  const onDone = (board: Awaited<ReturnType<typeof client.board.get>>) => {
    cache.setQueryData(queries.board.get.queryKey(), board);
    onClose();
  };
  const answer = useAction(
    () =>
      client.board.answer({ role, value, condition: value === 'go-with-condition' ? condition.trim() : '' }),
    { onDone },
  );
  const withdraw = useAction(() => client.board.withdraw({ role }), { onDone });
  const needsCondition = value === 'go-with-condition' && !condition.trim();

  return (
    <Dialog
      title={`Answer as ${chosen?.title ?? role}`}
      onClose={onClose}
      problem={answer.problem ?? withdraw.problem}
      confirm={{
        label: value === 'no-go' ? 'Say no-go' : value === 'abstain' ? 'Abstain' : 'Say go',
        tone: value === 'no-go' ? 'danger' : 'primary',
        onPress: () => answer.run(undefined),
        busy: answer.busy,
        why: needsCondition ? 'Write the condition first.' : null,
      }}
    >
      {roles.length > 1 && (
        <Select
          label="Role"
          value={role}
          onChange={setRole}
          options={roles.map((one) => ({
            value: one.role,
            label: one.title,
            about: one.answer ? `said ${one.answer.value.replaceAll('-', ' ')}` : 'no answer yet',
          }))}
        />
      )}
      <Choice label="Answer" options={values} value={value} onChange={setValue} autoFocus />
      {value === 'go-with-condition' && (
        <TextField
          label="Condition"
          value={condition}
          onChange={setCondition}
          lines={2}
          placeholder="error rate stays under 1 % for the first hour"
        />
      )}
      <p className="soft">
        It answers for {chosen?.covers ? chosen.covers.join(', ') : 'the whole launch'}. It is kept in the
        journal and shown as unsigned.
      </p>
      {chosen?.answer && (
        <div>
          <Button onPress={() => withdraw.run(undefined)} busy={withdraw.busy}>
            Take the answer back
          </Button>
        </div>
      )}
    </Dialog>
  );
}
