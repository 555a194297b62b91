import { coveredBy } from './batches.ts';
import { listed } from './problems.ts';
import { type Path, valueAt } from './schema-walk.ts';
import { findNameSlips } from './script-names.ts';
import type { Slip } from './slip.ts';
import { didYouMean } from './suggest.ts';
import { type ReadTarget, targetsOf } from './targets.ts';

/** What no schema sees: values of a launch file that are well-formed and cannot be meant. */
export function findLaunchSlips(launch: unknown): Slip[] {
  const targets = targetsOf(launch);
  return [
    ...targets.flatMap(batchSlips),
    ...targets.flatMap(doubleHosts),
    ...targets.flatMap((target) => nameSlips(target, launch)),
    ...sharedHosts(targets),
    ...entriesAt(launch, 'roles').flatMap(roleSlips),
    ...contactSlips(launch),
    ...triggerSlips(launch),
  ];
}

function batchSlips({ name, hosts, batches }: ReadTarget): Slip[] {
  const covered = coveredBy(batches, hosts.length);
  if (covered === hosts.length) return [];
  const message = `The batches cover ${covered} of the ${hosts.length} hosts.`;
  const hint = 'End the list with 100%, or name more hosts.';
  return [{ path: ['targets', name, 'batches'], message, hint }];
}

function doubleHosts({ name, hosts }: ReadTarget): Slip[] {
  return hosts.flatMap((host, index) => {
    if (hosts.findIndex((other) => other.name === host.name) === index) return [];
    const message = `The host ${JSON.stringify(host.name)} stands twice in this target.`;
    return [{ path: ['targets', name, 'hosts', index], message, hint: 'Remove one of the two.' }];
  });
}

function nameSlips({ name, hosts }: ReadTarget, launch: unknown): Slip[] {
  const groups: Path[] = [
    ['targets', name, 'vars'],
    ...hosts.map((_, index) => ['targets', name, 'hosts', index, 'vars']),
  ];
  return groups.flatMap((group) => {
    const names = Object.keys((valueAt(launch, group) as object | undefined) ?? {});
    return findNameSlips(names.map((key) => ({ name: key, path: [...group, key], part: 'key' })));
  });
}

/** A rehearsal on a host that also serves would not be one. */
function sharedHosts(targets: ReadTarget[]): Slip[] {
  const serving = targets.filter(({ rehearsal }) => !rehearsal);
  return targets
    .filter(({ rehearsal }) => rehearsal)
    .flatMap(({ name, hosts }) =>
      hosts.flatMap((host, index) => {
        const other = serving.find((target) => target.hosts.some((each) => each.name === host.name));
        if (!other) return [];
        const message = `${JSON.stringify(host.name)} is for rehearsals here, and it serves in ${JSON.stringify(other.name)}.`;
        const hint = 'Rehearse on a host that does not serve.';
        return [{ path: ['targets', name, 'hosts', index], message, hint }];
      }),
    );
}

function roleSlips([id, role]: [string, unknown]): Slip[] {
  const others = valueAt(role, ['not-also']);
  const index = Array.isArray(others) ? others.indexOf(id) : -1;
  if (index < 0) return [];
  const message = `${JSON.stringify(id)} cannot be somebody else than ${JSON.stringify(id)}.`;
  return [{ path: ['roles', id, 'not-also', index], message, hint: 'Name the other roles.' }];
}

function contactSlips(launch: unknown): Slip[] {
  const roles = entriesAt(launch, 'roles').map(([id]) => id);
  const example = roles.length > 0 ? `, or the name of a role: ${listed(roles, 'or')}` : '';
  return entriesAt(launch, 'contacts').flatMap(([id, contact]) => {
    if (roles.includes(id) || valueAt(contact, ['title']) !== undefined) return [];
    const message = `The contact ${JSON.stringify(id)} is not a role and has no title.`;
    const hint = `${didYouMean(id, roles)}Give it a title${example}.`;
    return [{ path: ['contacts', id], part: 'key', message, hint }];
  });
}

function triggerSlips(launch: unknown): Slip[] {
  const triggers = valueAt(launch, ['rollback', 'when']);
  return (Array.isArray(triggers) ? triggers : []).flatMap((trigger, index) => {
    const has = ['rule', 'event'].filter((key) => valueAt(trigger, [key]) !== undefined);
    if (has.length === 1) return [];
    const message =
      has.length === 2 ? 'This trigger has both a rule and an event.' : 'This trigger has no rule.';
    const hint = 'Give it a rule that is measured, or an event that a person sees.';
    return [{ path: ['rollback', 'when', index], message, hint }];
  });
}

function entriesAt(launch: unknown, key: string): [string, unknown][] {
  const group = valueAt(launch, [key]);
  return typeof group === 'object' && group !== null && !Array.isArray(group) ? Object.entries(group) : [];
}
