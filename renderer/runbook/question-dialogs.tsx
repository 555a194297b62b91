import { useState } from 'react';
import type { Choice, Question, RunView } from '../../shared/contract/runbook.ts';
import { useAction, useLaunch, useService } from '../app/index.ts';
import { Dialog, Select, TextField } from '../ui/index.ts';
import { explainState } from './words.ts';

interface DialogProps<Asked> {
  run: string;
  question: Asked;
  onDone: (run: RunView) => void;
  onClose: () => void;
}

export function ReleaseDialog({
  run,
  question,
  go,
  onDone,
  onClose,
}: DialogProps<Extract<Question, { kind: 'hold' }>> & { go: boolean }) {
  const { client } = useService();
  const { roles } = useLaunch();
  const able = question.roles.length > 0 ? question.roles : roles.map(({ id }) => id);
  const [role, setRole] = useState(able[0] ?? '');
  const [note, setNote] = useState('');
  const titleOf = (id: string) => roles.find((one) => one.id === id)?.title ?? id;
  const release = useAction(
    () => client.runbook.release({ run, step: question.step, role, go, note: note.trim() }),
    { onDone },
  );
  return (
    <Dialog
      title={go ? 'Release the hold' : 'Refuse to go on'}
      onClose={onClose}
      problem={release.problem}
      confirm={{
        label: go ? `Release as ${titleOf(role)}` : `Refuse as ${titleOf(role)}`,
        tone: go ? 'primary' : 'danger',
        chord: !go,
        onPress: () => release.run(undefined),
        busy: release.busy,
        why: go || note.trim() ? null : 'Say why first.',
      }}
    >
      <p className="strong break">{question.text}</p>
      {!go && <p className="soft">The run stops here. What it has done so far stays on the hosts.</p>}
      <Select
        label="As"
        value={role}
        onChange={setRole}
        options={able.map((id) => ({ value: id, label: titleOf(id) }))}
      />
      <TextField
        label={go ? 'What you looked at' : 'Why'}
        value={note}
        onChange={setNote}
        autoFocus
        hint={go ? 'It stands in the journal beside the release. It may stay empty.' : undefined}
      />
    </Dialog>
  );
}

const choiceWords: Record<Exclude<Choice, 'roll-back'>, { title: string; confirm: string; about: string }> = {
  'go-on': {
    title: 'Let the run go on',
    confirm: 'Go on',
    about: 'It goes on where it was interrupted. What was done is not done again.',
  },
  retry: {
    title: 'Try the step again',
    confirm: 'Try again',
    about: 'The script is started once more on these hosts.',
  },
  skip: {
    title: 'Skip the step',
    confirm: 'Skip it',
    about: 'The run goes on as if the step were done. Its work is not done.',
  },
  'leave-out': {
    title: 'Leave the host out',
    confirm: 'Leave it out',
    about: 'No further step of this run touches it. It keeps the state it has now.',
  },
  done: {
    title: 'Call the step done',
    confirm: 'It is done',
    about: 'You have looked at the host and its work is done. The run goes on from there.',
  },
  stop: {
    title: 'Stop the run here',
    confirm: 'Stop the run',
    about: 'Nothing is taken back. What it has done so far stays on the hosts.',
  },
};

/** A choice that needs a reason, or that nobody should make by a slip of the finger. */
export function ChoiceDialog({
  run,
  question,
  choice,
  onDone,
  onClose,
}: DialogProps<Extract<Question, { kind: 'choice' }>> & { choice: Exclude<Choice, 'roll-back'> }) {
  const { client } = useService();
  const [reason, setReason] = useState('');
  const needsReason = choice === 'skip' || choice === 'leave-out' || choice === 'done';
  const choose = useAction(
    () =>
      client.runbook.choose({
        run,
        step: question.step,
        hosts: question.hosts,
        choice,
        reason: reason.trim(),
      }),
    { onDone },
  );
  const words = choiceWords[choice];
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      problem={choose.problem}
      confirm={{
        label: words.confirm,
        tone: choice === 'retry' || choice === 'go-on' ? 'primary' : 'danger',
        chord: choice === 'stop',
        onPress: () => choose.run(undefined),
        busy: choose.busy,
        why: needsReason && !reason.trim() ? 'Say why first.' : null,
      }}
    >
      <p className="mono break">{question.hosts.join(', ') || 'this console'}</p>
      <p>{words.about}</p>
      {choice === 'retry' && explainState(question.state) && (
        <p className="tone-unproven">
          {explainState(question.state)} Trying again can do its work a second time.
        </p>
      )}
      {needsReason && <TextField label="Why" value={reason} onChange={setReason} autoFocus />}
    </Dialog>
  );
}

/** Values a run needs, asked one by one. They go to the service and are never shown again. */
export function SecretDialog({
  names,
  onDone,
  onClose,
}: {
  names: readonly string[];
  onDone: () => void;
  onClose: () => void;
}) {
  const { client } = useService();
  const [values, setValues] = useState<Record<string, string>>({});
  const missing = names.filter((name) => !values[name]);
  const give = useAction(
    async () => {
      for (const name of names) await client.runbook.giveSecret({ name, value: values[name] ?? '' });
    },
    { onDone },
  );
  return (
    <Dialog
      title={names.length === 1 ? 'Give the secret' : 'Give the secrets'}
      onClose={onClose}
      problem={give.problem}
      confirm={{
        label: 'Give',
        onPress: () => give.run(undefined),
        busy: give.busy,
        why: missing.length > 0 ? `Still empty: ${missing.join(', ')}.` : null,
      }}
    >
      <p className="soft">
        They reach the scripts as environment variables. They are never printed and never stored in the
        journal.
      </p>
      {names.map((name, index) => (
        <TextField
          key={name}
          label={name}
          value={values[name] ?? ''}
          onChange={(value) => setValues({ ...values, [name]: value })}
          secret
          mono
          autoFocus={index === 0}
        />
      ))}
    </Dialog>
  );
}

export function StopDialog({
  run,
  onDone,
  onClose,
}: {
  run: string;
  onDone: (run: RunView) => void;
  onClose: () => void;
}) {
  const { client } = useService();
  const stop = useAction(() => client.runbook.stop({ run, when: 'now' }), { onDone });
  return (
    <Dialog
      title="Stop now"
      onClose={onClose}
      problem={stop.problem}
      confirm={{
        label: 'Stop now',
        tone: 'danger',
        chord: true,
        onPress: () => stop.run(undefined),
        busy: stop.busy,
      }}
    >
      <p>
        Steps that are running are ended on their hosts, in the middle of what they do. Nothing is taken back.
      </p>
      <p className="soft">“Stop after this step” lets them finish.</p>
    </Dialog>
  );
}
