import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Launch, Opened } from '../../../shared/contract/pack.ts';
import { Dialog, formatWall, ModeBadge, TextField } from '../../ui/index.ts';
import { useService } from '../service.ts';
import { useAction } from '../use-action.ts';
import { fromLocalInput, toLocalInput } from './local-input.ts';

interface DialogProps {
  launch: Launch;
  onClose: () => void;
}

export type FrameDialog = 'hold' | 't0' | 'live';

export function Dialogs({ dialog, ...props }: DialogProps & { dialog: FrameDialog }) {
  if (dialog === 'hold') return <HoldClock {...props} />;
  if (dialog === 't0') return <SetT0 {...props} />;
  return <GoLive {...props} />;
}

function useLaunchAction<Input>(perform: (input: Input) => Promise<Launch>, onClose: () => void) {
  const cache = useQueryClient();
  const { queries } = useService();
  return useAction(perform, {
    onDone: (launch) => {
      cache.setQueryData(queries.pack.current.queryKey(), launch);
      onClose();
    },
  });
}

function HoldClock({ launch, onClose }: DialogProps) {
  const { client } = useService();
  const [reason, setReason] = useState('');
  const hold = useLaunchAction((why: string) => client.pack.holdClock({ reason: why }), onClose);
  return (
    <Dialog
      title="Hold the clock"
      onClose={onClose}
      problem={hold.problem}
      confirm={{
        label: 'Hold the clock',
        onPress: () => hold.run(reason.trim()),
        busy: hold.busy,
        why: reason.trim() ? null : 'Say why: the reason stands beside the clock.',
      }}
    >
      <p className="soft">
        T stops here, and T-0 moves back by as long as the hold lasts. Runs that are under way go on.
      </p>
      <TextField
        label="Why"
        value={reason}
        onChange={setReason}
        autoFocus
        placeholder="backup window moved"
        hint={`Everybody who looks at ${launch.system} sees it.`}
      />
    </Dialog>
  );
}

function SetT0({ launch, onClose }: DialogProps) {
  const { client } = useService();
  const [text, setText] = useState(toLocalInput(launch.countdown.t0));
  const t0 = fromLocalInput(text);
  const set = useLaunchAction((at: string | null) => client.pack.setT0({ t0: at }), onClose);
  return (
    <Dialog
      title="Set T-0"
      onClose={onClose}
      problem={set.problem}
      confirm={{
        label: t0 ? 'Set T-0' : 'Launch without a T-0',
        onPress: () => set.run(t0),
        busy: set.busy,
        why: text && !t0 ? 'Write it as year-month-day hour:minute, for example 2026-11-24 09:00.' : null,
      }}
    >
      <TextField
        label="Launch moment, in local time"
        value={text}
        onChange={setText}
        autoFocus
        mono
        placeholder="2026-11-24 09:00"
        hint={t0 ? `That is ${formatWall(new Date(t0))}.` : 'Empty: there is no countdown.'}
      />
    </Dialog>
  );
}

/** Where the pack has problems there is nothing to go LIVE with. */
function requireOpened(opened: Opened): Launch {
  if (opened.ok) return opened.launch;
  const [first] = opened.problems;
  throw new Error(
    `The pack's files have problems now. First: ${first?.file}:${first?.line}:${first?.column} ${first?.message}`,
  );
}

function GoLive({ launch, onClose }: DialogProps) {
  const { client } = useService();
  const cache = useQueryClient();
  const [typed, setTyped] = useState('');
  const go = useAction(() => client.pack.setMode({ mode: 'live' }).then(requireOpened), {
    onDone: () => {
      void cache.invalidateQueries();
      onClose();
    },
  });
  const hosts = [
    ...new Set(launch.targets.filter(({ rehearsal }) => !rehearsal).flatMap((one) => one.hosts)),
  ];
  return (
    <Dialog
      title="Go LIVE"
      onClose={onClose}
      problem={go.problem}
      confirm={{
        label: 'Go LIVE',
        tone: 'danger',
        chord: true,
        onPress: () => go.run(undefined),
        busy: go.busy,
        why: typed === 'LIVE' ? null : 'Type LIVE first.',
      }}
    >
      <p>
        From now on steps run on your real hosts: <span className="mono break">{hosts.join(', ')}</span>.
      </p>
      <p className="soft">
        Nothing that was proven in the rehearsal counts in <ModeBadge mode="live" />: checks are run again,
        answers are given again.
      </p>
      <TextField label="Type LIVE to confirm" value={typed} onChange={setTyped} autoFocus mono />
    </Dialog>
  );
}
