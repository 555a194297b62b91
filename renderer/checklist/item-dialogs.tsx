import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Item, Marked } from '../../shared/contract/checklist.ts';
import { useAction, useLaunch, useService } from '../app/index.ts';
import { Button, Dialog, Sentence, TextField } from '../ui/index.ts';
import type { Question } from './item-actions.ts';

interface DialogProps<Asked> {
  asked: Asked;
  onDone: (marked: Marked) => void;
  onClose: () => void;
  onAsk: (question: Question) => void;
}

/** The dialog a question needs. */
export function ItemDialog(props: DialogProps<Question>) {
  const { asked, ...rest } = props;
  switch (asked.ask) {
    case 'gate':
      return <GateDialog asked={asked} {...rest} />;
    case 'reason':
      return <ReasonDialog asked={asked} {...rest} />;
    case 'assign':
      return <AssignDialog asked={asked} {...rest} />;
    default:
      return <TextDialog key={asked.ask} asked={{ ask: asked.ask, item: asked.item }} {...rest} />;
  }
}

function Subject({ item }: { item: Item }) {
  return <p className="strong break">{item.title}</p>;
}

function GateDialog({ asked: { item }, onClose, onAsk }: DialogProps<Extract<Question, { ask: 'gate' }>>) {
  return (
    <Dialog
      title="A gate cannot be ticked by hand"
      onClose={onClose}
      leave="Leave it"
      confirm={{ label: 'Override with a reason…', onPress: () => onAsk({ ask: 'override', item }) }}
    >
      <Subject item={item} />
      {item.gate?.sentence && <Sentence tone="unproven">{item.gate.sentence}</Sentence>}
      <p className="soft">
        Its checks decide. Run them again with R. Or override it: the reason then stands on the board, in the
        record, and before every signer.
      </p>
    </Dialog>
  );
}

const reasonWords = {
  failed: { title: 'Mark as failed', confirm: 'Mark as failed', hint: 'What was seen.' },
  blocked: {
    title: 'Mark as blocked',
    confirm: 'Mark as blocked',
    hint: 'What it waits for, and until when.',
  },
  waived: { title: 'Waive', confirm: 'Waive it', hint: 'Why the launch can do without it.' },
} as const;

function ReasonDialog({
  asked: { item, state },
  onDone,
  onClose,
}: DialogProps<Extract<Question, { ask: 'reason' }>>) {
  const { client } = useService();
  const [reason, setReason] = useState(item.reason);
  const mark = useAction(() => client.checklist.mark({ item: item.id, state, reason: reason.trim() }), {
    onDone,
  });
  const words = reasonWords[state];
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      problem={mark.problem}
      confirm={{
        label: words.confirm,
        onPress: () => mark.run(undefined),
        busy: mark.busy,
        why: reason.trim() ? null : 'Say why first.',
      }}
    >
      <Subject item={item} />
      <TextField label="Why" value={reason} onChange={setReason} hint={words.hint} autoFocus />
    </Dialog>
  );
}

function TextDialog({
  asked: { ask, item },
  onDone,
  onClose,
}: DialogProps<{ ask: 'note' | 'override'; item: Item }>) {
  const { client } = useService();
  const [text, setText] = useState('');
  const isNote = ask === 'note';
  const save = useAction(
    () =>
      isNote
        ? client.checklist.note({ item: item.id, text: text.trim() })
        : client.checklist.override({ item: item.id, reason: text.trim() }),
    { onDone },
  );
  return (
    <Dialog
      title={isNote ? 'Note' : 'Override the gate'}
      onClose={onClose}
      problem={save.problem}
      confirm={{
        label: isNote ? 'Keep the note' : 'Override',
        tone: isNote ? 'primary' : 'danger',
        chord: true,
        onPress: () => save.run(undefined),
        busy: save.busy,
        why: text.trim() ? null : isNote ? 'Write the note first.' : 'Say why first.',
      }}
    >
      <Subject item={item} />
      {!isNote && (
        <p className="soft">
          The gate then counts without proof. The board, the record and every signer see that, and why.
        </p>
      )}
      <TextField label={isNote ? 'Note' : 'Why'} value={text} onChange={setText} lines={3} autoFocus />
    </Dialog>
  );
}

function AssignDialog({
  asked: { item },
  onDone,
  onClose,
}: DialogProps<{ ask: 'note' | 'assign' | 'override'; item: Item }>) {
  const { client, queries } = useService();
  const { roles } = useLaunch();
  const me = useQuery(queries.settings.get.queryOptions()).data?.name ?? '';
  const [to, setTo] = useState(item.assignee);
  const assign = useAction((name: string) => client.checklist.assign({ item: item.id, to: name }), {
    onDone,
  });
  const names = [...new Set([me, ...roles.map(({ id }) => id)])].filter(Boolean).slice(0, 12);
  return (
    <Dialog
      title="Assign"
      onClose={onClose}
      problem={assign.problem}
      confirm={{
        label: to.trim() ? `Assign to ${to.trim()}` : 'Assign to nobody',
        onPress: () => assign.run(to.trim()),
        busy: assign.busy,
      }}
    >
      <Subject item={item} />
      <TextField label="To" value={to} onChange={setTo} autoFocus hint="Empty: nobody." />
      <div className="assign-names">
        {names.map((name) => (
          <Button key={name} onPress={() => assign.run(name)}>
            {name === me ? `${name} (me)` : name}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
