import { implement } from '@orpc/server';
import { journalContract } from '../../shared/contract/journal.ts';
import { type Pins, storyOf, type Timeline } from '../journal/index.ts';
import type { Session } from '../launch/index.ts';

export function journalProcedures(session: Session, timeline: Timeline, pins: Pins) {
  const os = implement(journalContract);
  const { journal } = session;
  const pinned = () => pins.list(session.need().id);
  return {
    status: os.status.handler(() => {
      const { entries, problem, lastBackup } = journal.status();
      return {
        entries,
        verified: problem === null,
        problem: problem ?? '',
        device: journal.device,
        lastBackup,
      };
    }),
    page: os.page.handler(({ input }) => timeline.page({ ...input, launch: session.need().id })),
    entry: os.entry.handler(({ input }) => {
      const entry = journal
        .prepare('SELECT * FROM entry WHERE device = ? AND seq = ?')
        .get(input.device, input.seq);
      if (!entry) throw new Error(`There is no entry ${input.seq} of device ${input.device}.`);
      return { json: JSON.stringify(entry, null, 2) };
    }),
    pins: os.pins.handler(pinned),
    pin: os.pin.handler(({ input }) => {
      pins.set(session.author(), { ...input, launch: session.need().id });
      return pinned();
    }),
    unpin: os.unpin.handler(({ input }) => {
      pins.remove(session.author(), { ...input, launch: session.need().id });
      return pinned();
    }),
    story: os.story.handler(() => {
      const { system, version } = session.need().describe();
      const name = `timeline-${`${system}-${version}`.toLowerCase().replace(/[^a-z0-9.]+/g, '-')}.md`;
      return { name, markdown: storyOf(`${system} ${version}`, pinned()) };
    }),
  };
}
