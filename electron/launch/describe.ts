import type { Mode, Problem } from '../../shared/contract/common.ts';
import type { Launch } from '../../shared/contract/pack.ts';
import type { OpenChecklist } from '../checklist/index.ts';
import type { Pack } from '../pack/index.ts';
import { itemsAt } from './addresses.ts';
import { describeCopy, type ReviewCopy } from './copy/read.ts';
import { isWritable } from './launch-pack.ts';

/** What a launch is beside its pack. */
interface LaunchFacts {
  id: string;
  mode: Mode;
  copy: ReviewCopy | null;
  countdown: Launch['countdown'];
  checklist: OpenChecklist;
  /** Of the pack as its files say now, where they have mistakes. */
  problems: Problem[];
}

/** A launch as people see it. */
export function describeLaunch(pack: Pack, facts: LaunchFacts): Launch {
  const { folder, launch, runbooks } = pack;
  const { id, mode, copy, countdown, checklist, problems } = facts;
  return {
    id,
    system: launch.system,
    version: launch.version,
    mode,
    folder,
    writable: copy === null && isWritable(pack.checklistPath),
    copy: copy && describeCopy(copy),
    countdown,
    roles: launch.roles,
    targets: launch.targets.map(({ name, hosts, rehearsal }) => ({ name, hosts, rehearsal })),
    contacts: launch.contacts,
    runbooks: runbooks.map(({ name, title, does }) => ({ name, title, does })),
    duties: launch.duties.map((duty) => ({
      ...duty,
      items: duty.items.flatMap((address) => itemsAt(checklist, address)),
    })),
    rollback: launch.rollback,
    problems,
  };
}
