import { implement } from '@orpc/server';
import { sessionContract } from '../../shared/contract/session.ts';
import type { Power } from '../hardware/index.ts';
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
        power: runs.length > 0 ? powerText(session.laptop.lastPower()) : '',
        hosts: { connected: launch?.ssh.connected().length ?? 0, known: known.size },
        sandbox: (await sandbox.state()).state,
      };
    }),
    watch: os.watch.handler(({ signal }) => session.changes.watch(signal)),
  };
}

/** `battery 43 %, not charging`: what may end a run before it is done. */
function powerText({ battery, onPower }: Power): string {
  if (!battery) return '';
  const fraction = `battery ${Math.round(battery.fraction * 100)} %`;
  return onPower || battery.charging ? `${fraction}, on power` : `${fraction}, not charging`;
}

function awakeText(running: boolean, can: boolean): string {
  if (!running) return '';
  return can ? 'awake until the run ends' : 'cannot keep this machine awake';
}
