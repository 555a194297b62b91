import { implement } from '@orpc/server';
import { sessionContract } from '../../shared/contract/session.ts';
import type { Session } from '../launch/index.ts';

export function sessionProcedures(session: Session) {
  const os = implement(sessionContract);
  return {
    get: os.get.handler(async () => {
      const { launch, journal, host, sandbox } = session;
      const { entries, problem } = journal.status();
      const runs = launch?.runs.list().filter(({ endedAt }) => endedAt === null) ?? [];
      const known = new Set(launch?.describe().targets.flatMap(({ hosts }) => hosts));
      return {
        journal: { entries, problem: problem ?? '' },
        runs: runs.map(({ id, title, target, where, state }) => ({
          id,
          text: `${title} to ${target} · ${where}`,
          state,
        })),
        awake: awakeText(runs.length > 0, host.awake.can),
        power: '',
        hosts: { connected: launch?.ssh.connected().length ?? 0, known: known.size },
        sandbox: (await sandbox.state()).state,
      };
    }),
    watch: os.watch.handler(({ signal }) => session.changes.watch(signal)),
  };
}

function awakeText(running: boolean, can: boolean): string {
  if (!running) return '';
  return can ? 'awake until the run ends' : 'cannot keep this machine awake';
}
