import { readClock } from '../../shared/clock.ts';
import type { Item } from '../../shared/contract/checklist.ts';
import type { Countdown } from '../../shared/contract/pack.ts';
import type { OpenChecklist } from '../checklist/index.ts';
import type { Checks } from '../checks/index.ts';
import type { Pack } from '../pack/index.ts';
import type { Plain, RolePolicy, SeenItem, Sight } from '../signoff/index.ts';

/** All that an answer about this launch can be about, as it is now. */
export function sightOf(pack: Pack, checklist: OpenChecklist, checks: Checks): Sight {
  const { runbooks, digests } = pack;
  return {
    sections: sectionTexts(checklist),
    items: checklist.items.map((item) => seenItem(item, checks)),
    policy: policyOf(pack),
    runbooks: runbooks.map(({ file }) => ({ file, sha256: digests[file] ?? '' })),
    artifacts: Object.entries(digests)
      .filter(([name]) => name !== 'launch.yaml' && name !== pack.launch.checklist)
      .filter(([name]) => !runbooks.some(({ file }) => file === name))
      .map(([name, sha256]) => ({ name, sha256 })),
  };
}

/** What is asked of the roles whose answers are signed. */
export function policiesOf(
  pack: Pack,
  checklist: OpenChecklist,
  countdown: Countdown,
  now: Date,
): RolePolicy[] {
  const { tMs } = readClock(countdown, now);
  return pack.launch.signing.flatMap(({ role, ...signing }): RolePolicy[] => {
    const known = pack.launch.roles.find(({ id }) => id === role);
    if (!known) return [];
    const { title, covers, notAlso, silenceNoGoMs } = known;
    const isOver = silenceNoGoMs !== null && tMs !== null && tMs >= -silenceNoGoMs;
    return [
      {
        ...{ role, title, notAlso, ...signing },
        sections: covers === null ? null : sectionsAt(checklist, covers),
        silentFrom: isOver ? now : null,
      },
    ];
  });
}

function sectionsAt(checklist: OpenChecklist, addresses: readonly string[]): Set<string> {
  const ids = addresses.flatMap((address) => {
    const resolved = checklist.resolveSection(address);
    return resolved.ok ? resolved.ids : [];
  });
  return checklist.sectionsUnder(ids);
}

/** Each section's lines, up to the next heading. Boxes are emptied: what they say, the items say. */
function sectionTexts({ document, text }: OpenChecklist): Sight['sections'] {
  const characters = text.split('');
  for (const { offset } of document.items) characters[offset] = ' ';
  const lines = characters.join('').split(/\r\n|\n|\r/);
  return document.sections.map(({ id, path, line, level }, index) => {
    const from = level === 0 ? 0 : line - 1;
    const to = (document.sections[index + 1]?.line ?? lines.length + 1) - 1;
    return { id, path, text: lines.slice(from, to).join('\n') };
  });
}

function seenItem({ id, section, title, status, reason, override, gate }: Item, checks: Checks): SeenItem {
  const evidence = new Map<string, SeenItem['evidence'][number]>();
  for (const { check, host, verdict, measured } of gate ? checks.evidence(id, enoughEvidence) : []) {
    const key = JSON.stringify([check, host]);
    // The newest comes first; what came before it is history.
    if (gate?.checks.includes(check) && !evidence.has(key)) {
      evidence.set(key, { check, host: host ?? '', verdict, measured: measured.map(({ text }) => text) });
    }
  }
  const overridden = override ? `by ${override.by}: ${override.reason}` : '';
  return { id, section, title, status, reason, override: overridden, evidence: [...evidence.values()] };
}

/** The newest of every check and host is among so many. */
const enoughEvidence = 1_000;

/** Who decides, and what decides. How things are checked shows in the evidence of the items. */
function policyOf({ launch }: Pack): Plain {
  const { roles, signing, criteria, afterLaunch, rollback } = launch;
  return {
    roles: roles.map((role) => ({ ...role })),
    signing: signing.map((one) => ({ ...one })),
    criteria: { ...criteria },
    afterLaunch,
    rollback: rollback && {
      runbook: rollback.runbook,
      triggers: rollback.triggers.map((trigger) => ({ ...trigger })),
    },
  };
}
