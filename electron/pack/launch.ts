import type { z } from 'zod';
import type { Problem } from '../../shared/contract/common.ts';
import type { Contact, Role } from '../../shared/contract/pack.ts';
import { checkIds, findCheckSlips } from './check-ids.ts';
import { type Fitted, fitKind, type KindList } from './kinds.ts';
import { type commonCheckSchema, launchSchema } from './launch-schema.ts';
import { findLaunchSlips } from './launch-slips.ts';
import { type Found, findReferences, valueAt } from './schema-walk.ts';
import { fitShape } from './shape.ts';
import { placeSlips } from './slip.ts';
import { type ReadTarget, readTarget, targetsOf } from './targets.ts';
import type { CheckFile, LaunchFile, TargetFile } from './types.ts';
import type { YamlSource } from './yaml-source.ts';

export interface ReadLaunch {
  /** Null where something is wrong with the file. */
  launch: LaunchFile | null;
  references: Found[];
  /** What the file names, for references from other files; null where that cannot be told. */
  roles: string[] | null;
  targets: string[] | null;
  hosts: string[] | null;
  checks: string[];
  problems: Problem[];
}

type Checks = KindList<typeof commonCheckSchema>;

export function readLaunch(source: YamlSource, checks: Checks): ReadLaunch {
  const shaped = fitShape(launchSchema, source, [], source.value);
  const listed = valueAt(shaped.value, ['checks']);
  const fitted = (Array.isArray(listed) ? listed : []).map((check, index) =>
    fitKind(checks, source, ['checks', index], check),
  );
  const slips = [
    ...shaped.slips,
    ...fitted.flatMap((check) => check.slips),
    ...findLaunchSlips(shaped.value),
    ...findCheckSlips(fitted),
  ];
  const targets = targetsOf(shaped.value);
  const targetNames = keysAt(shaped.value, 'targets');
  const hosts = targets.flatMap((target) => target.hosts.map(({ name }) => name));
  return {
    launch: shaped.data && slips.length === 0 ? assemble(shaped.data, checkFiles(fitted, source)) : null,
    references: [
      ...findReferences(launchSchema, shaped.value, []),
      ...fitted.flatMap((check) => check.references),
    ],
    roles: keysAt(shaped.value, 'roles'),
    targets: targetNames,
    hosts: targetNames?.length === targets.length ? [...new Set(hosts)] : null,
    checks: [...new Set(fitted.map(({ keys }) => keys?.name).filter((name) => typeof name === 'string'))],
    problems: placeSlips(source, slips),
  };
}

/** The keys of a group; empty where there is none, null where something else stands in its place. */
function keysAt(value: unknown, key: string): string[] | null {
  const group = valueAt(value, [key]);
  if (group === undefined) return [];
  return typeof group === 'object' && group !== null && !Array.isArray(group) ? Object.keys(group) : null;
}

function checkFiles(fitted: Fitted<z.output<typeof commonCheckSchema>>[], source: YamlSource): CheckFile[] {
  const entries = fitted.flatMap(({ entry }) => (entry ? [entry] : []));
  const ids = checkIds(entries);
  return entries.map(({ kind, spec, common }, index) => ({
    id: ids[index] ?? '',
    kind,
    items: common.items ?? (common.item === undefined ? [] : [common.item]),
    spec,
    on: common.on,
    rules: common.rule,
    freshMs: common.fresh ?? null,
    timeoutMs: common.timeout ?? null,
    place: source.place(['checks', index]),
  }));
}

function assemble(data: z.output<typeof launchSchema>, checks: CheckFile[]): LaunchFile {
  const roles = Object.entries(data.roles).map(
    ([id, role]): Role => ({
      id,
      title: role.title ?? titleOf(id),
      covers: role.covers === 'everything' ? null : role.covers,
      deploys: role.deploys,
      notAlso: role['not-also'],
      silenceNoGoMs: role.silence ?? null,
    }),
  );
  return {
    system: data.system,
    version: data.version,
    checklist: data.checklist,
    t0: data.t0 ?? null,
    roles,
    signing: Object.entries(data.roles).flatMap(([id, { signers, approvals, ...role }]) =>
      signers ? [{ role: id, signers, approvals, deployerMaySign: role['deployer-may-sign'] }] : [],
    ),
    criteria: { go: data.criteria.go ?? null, noGo: data.criteria['no-go'] ?? null },
    afterLaunch: data['after-launch'],
    targets: Object.entries(data.targets).map(([name, target]) => targetFile(readTarget(name, target))),
    checks,
    duties: data.duties.map((duty) => ({
      items: duty.items,
      title: duty.title ?? duty.items.map((address) => address.split(' > ').at(-1)).join(', '),
      everyMs: duty.every,
      forMs: duty.for,
    })),
    rollback: data.rollback
      ? {
          runbook: data.rollback.runbook,
          triggers: data.rollback.when.map(({ rule, event, over, then }) => ({
            rule: rule ?? event ?? '',
            overMs: over ?? null,
            // What only a person can see is asked for, not watched.
            action: event === undefined ? then : 'ask',
          })),
        }
      : null,
    contacts: Object.entries(data.contacts).map(
      ([id, { title, ...fields }]): Contact => ({
        id,
        title: title ?? roles.find((role) => role.id === id)?.title ?? titleOf(id),
        fields: Object.entries(fields).map(([name, value]) => ({ name, value: String(value ?? '') })),
      }),
    ),
  };
}

function targetFile({ name, hosts, rehearsal, batches, vars }: ReadTarget): TargetFile {
  const own = hosts.filter((host) => Object.keys(host.vars).length > 0);
  return {
    name,
    hosts: hosts.map((host) => host.name),
    rehearsal,
    batches,
    vars,
    hostVars: Object.fromEntries(own.map((host) => [host.name, host.vars])),
  };
}

/** `data-science-lead` is `Data science lead`. */
function titleOf(id: string): string {
  const words = id.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
