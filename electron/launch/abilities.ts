import type { OpenChecklist } from '../checklist/index.ts';
import type { Checks } from '../checks/index.ts';
import type { Prober } from '../hardware/index.ts';
import type { Abilities } from '../runbook/index.ts';
import { type Ssh, upload } from '../ssh/index.ts';

export interface AbilitiesOptions {
  checklist: OpenChecklist;
  checks: Checks;
  ssh: Ssh;
  prober: Prober;
  author(): string;
  notify(title: string, text: string): void;
}

const askTimeoutMs = 60_000;

/** What the console itself does for a run's steps, by the other domains of the launch. */
export function abilitiesOf({ checklist, checks, ssh, prober, author, notify }: AbilitiesOptions): Abilities {
  return {
    facts: (host) => prober.probe(host),
    ask: (host, program) => ssh.run(host, program, { timeoutMs: askTimeoutMs }),
    upload: (host, from, to, onProgress) => upload(ssh, host, from, to, { onProgress }),
    check: (id, hosts) => checks.run({ checks: [id], hosts, fresh: true }),
    async record(ids, state, note) {
      for (const id of ids) {
        const { item, history } = checklist.item(id);
        // A gate speaks for itself; what the run did is noted beside it.
        if (item.gate === null)
          await checklist.mark(author(), id, state, state === 'blocked' || state === 'waived' ? note : '');
        if (!history.some(({ text }) => text.includes(note))) await checklist.note(author(), id, note);
      }
      const wanted = new Set(ids);
      return checklist.items.filter(({ id }) => wanted.has(id));
    },
    notify,
  };
}
