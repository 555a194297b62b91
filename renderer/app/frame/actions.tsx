import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Launch } from '../../../shared/contract/pack.ts';
import type { Theme } from '../../../shared/contract/settings.ts';
import { counted } from '../../../shared/units.ts';
import { type BoundCommand, useCommands, useRegistry } from '../commands/index.ts';
import { useNotify } from '../notices.tsx';
import { Palette } from '../palette/palette.tsx';
import { saveText } from '../save-text.ts';
import { useService } from '../service.ts';
import { useAction } from '../use-action.ts';
import { launchCommands, windowCommands } from './commands.ts';
import { Dialogs, type FrameDialog } from './dialogs.tsx';

interface FrameValue {
  commands: Partial<Record<keyof typeof launchCommands, BoundCommand>>;
  perform: (command: BoundCommand) => void;
  openPalette: () => void;
  setT0: () => void;
}

const FrameContext = createContext<FrameValue | null>(null);

/** The commands that work from every screen, bound. */
export function useFrame(): FrameValue {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('useFrame needs a FrameActions above it');
  return frame;
}

export function FrameActions({ launch, children }: { launch: Launch | null; children: ReactNode }) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const registry = useRegistry();
  const navigate = useNavigate();
  const notify = useNotify();
  const [shown, setShown] = useState<FrameDialog | 'palette' | null>(null);
  const activeRun = useQuery(queries.session.get.queryOptions()).data?.runs[0]?.id ?? null;
  const runs = useQuery({ ...queries.runbook.list.queryOptions(), enabled: launch !== null }).data ?? [];
  // The way back is from what goes on now, else from what went out last.
  const underWay = runs.find(({ does, endedAt }) => does !== 'rollback' && endedAt === null);
  const last = runs.find(({ does, rolledBackBy }) => does === 'deploy' && !rolledBackBy);
  const wayBackFrom = underWay?.id ?? last?.id ?? null;

  const setTheme = useAction((theme: Theme) => client.settings.set({ theme }), {
    onDone: (settings) => cache.setQueryData(queries.settings.get.queryKey(), settings),
    failure: 'The theme was not changed',
  });
  const resume = useAction(() => client.pack.resumeClock(), {
    onDone: (next) => cache.setQueryData(queries.pack.current.queryKey(), next),
    failure: 'The clock was not resumed',
  });
  const reload = useAction(() => client.pack.reload(), {
    onDone: (opened) => {
      void cache.invalidateQueries();
      const count = opened.ok ? 0 : opened.problems.length;
      notify(
        opened.ok
          ? { title: 'The pack was read again', text: '', tone: 'calm' }
          : {
              title: `The pack has ${counted(count, 'problem')}`,
              text: 'The launch goes on with what was last read without any. The board lists them.',
              tone: 'alarm',
            },
      );
    },
    failure: 'The pack was not read again',
  });
  const rehearse = useAction(() => client.pack.setMode({ mode: 'rehearsal' }), {
    onDone: () => void cache.invalidateQueries(),
    failure: 'The launch is still LIVE',
  });
  const close = useAction(() => client.pack.close(), {
    onDone: () => {
      void cache.invalidateQueries();
      void navigate({ to: '/' });
    },
    failure: 'The pack was not closed',
  });
  const exportList = useAction(() => client.checklist.export(), {
    onDone: ({ name, markdown }) => saveText(name, markdown),
    failure: 'The checklist was not exported',
  });

  const go = (
    to:
      | '/'
      | '/checklist'
      | '/sign-off'
      | '/findings'
      | '/claims'
      | '/backtests'
      | '/compare'
      | '/sweep'
      | '/models'
      | '/data'
      | '/runs'
      | '/hosts'
      | '/review'
      | '/journal'
      | '/settings'
      | '/packs',
  ) => ({
    run: () => void navigate({ to }),
  });
  useCommands(windowCommands, {
    palette: { run: () => setShown('palette') },
    launch: go('/'),
    checklist: launch && go('/checklist'),
    signoff: launch && go('/sign-off'),
    runs: launch && go('/runs'),
    run: launch && {
      run: () => activeRun && void navigate({ to: '/runs/$run', params: { run: activeRun } }),
      why: activeRun ? null : 'Nothing is running.',
    },
    hosts: launch && go('/hosts'),
    gates: launch && { run: () => void navigate({ to: '/checklist', search: { filter: 'gates' } }) },
    findings: launch && go('/findings'),
    claims: launch && go('/claims'),
    backtests: launch && go('/backtests'),
    compare: launch && go('/compare'),
    sweep: launch && go('/sweep'),
    models: launch && go('/models'),
    data: launch && go('/data'),
    review: launch && go('/review'),
    journal: go('/journal'),
    settings: go('/settings'),
    keys: { run: () => void navigate({ to: '/settings', search: { keys: true } }) },
    dark: { run: () => setTheme.run('dark') },
    light: { run: () => setTheme.run('light') },
    contrast: { run: () => setTheme.run('contrast') },
    system: { run: () => setTheme.run('system') },
  });

  const held = launch?.countdown.hold ?? null;
  const commands = useCommands(launchCommands, {
    rollBack: launch && {
      run: () =>
        wayBackFrom &&
        void navigate({ to: '/runs/$run', params: { run: wayBackFrom }, search: { rollback: true } }),
      why: wayBackFrom
        ? null
        : 'No run of this launch has deployed anything. The Runs screen can still put a target back.',
    },
    hold:
      launch && !held
        ? {
            run: () => setShown('hold'),
            why: launch.countdown.t0 ? null : 'There is no T-0 yet, so no clock runs. Set T-0 first.',
          }
        : null,
    resume: launch && held && { run: () => resume.run(undefined) },
    setT0: launch && { run: () => setShown('t0') },
    reload: launch && { run: () => reload.run(undefined) },
    goLive: launch?.mode === 'rehearsal' ? { run: () => setShown('live') } : null,
    rehearse: launch?.mode === 'live' ? { run: () => rehearse.run(undefined) } : null,
    export: launch && { run: () => exportList.run(undefined) },
    open: launch && go('/packs'),
    close: launch && {
      run: () => close.run(undefined),
      why: activeRun ? 'A run is under way. Let it end or stop it first.' : null,
    },
  });

  const value: FrameValue = {
    commands,
    perform: (command) => registry.perform(command),
    openPalette: () => setShown('palette'),
    setT0: () => setShown('t0'),
  };
  const onClose = () => setShown(null);
  return (
    <FrameContext value={value}>
      {children}
      {shown === 'palette' && <Palette onClose={onClose} />}
      {launch && shown && shown !== 'palette' && <Dialogs dialog={shown} launch={launch} onClose={onClose} />}
    </FrameContext>
  );
}
