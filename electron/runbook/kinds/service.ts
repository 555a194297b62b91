import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { fillPlain, type Values } from '../text.ts';
import { kindOf, ownScript } from './kind.ts';

const verbs = ['restart', 'start', 'stop', 'reload'] as const;

const schema = z.strictObject({
  service: z
    .strictObject({
      restart: fields.text().optional().meta({ description: 'Name of the service.' }),
      start: fields.text().optional().meta({ description: 'Name of the service.' }),
      stop: fields.text().optional().meta({ description: 'Name of the service.' }),
      reload: fields.text().optional().meta({ description: 'Name of the service.' }),
      manager: z.enum(['systemd', 'user-systemd', 'script']).default('systemd').meta({
        description: '`systemd` uses sudo -n where the user is not root; `user-systemd` is that of the user.',
      }),
      script: fields
        .text()
        .optional()
        .meta({ description: 'With `manager: script`: called as SCRIPT restart NAME.' }),
    })
    .refine(
      (spec) => verbs.filter((verb) => spec[verb] !== undefined).length === 1,
      `needs exactly one of ${verbs.join(', ')}`,
    )
    .refine(
      ({ manager, script }) => (manager === 'script') === (script !== undefined),
      '`manager: script` and `script` go together',
    )
    .meta({ description: 'One of restart, start, stop and reload, and who does it.' }),
});
type Spec = z.infer<typeof schema>;

const call = `
case $HP_MANAGER in
  script) exec "$HP_SCRIPT" "$HP_VERB" "$HP_SERVICE" ;;
  user-systemd) exec systemctl --user "$HP_VERB" -- "$HP_SERVICE" ;;
  systemd)
    if [ "$(id -u)" = 0 ]; then exec systemctl "$HP_VERB" -- "$HP_SERVICE"; fi
    exec sudo -n systemctl "$HP_VERB" -- "$HP_SERVICE" ;;
esac
`;

export const service = kindOf<Spec>({
  kind: 'service',
  style: 'script',
  where: 'hosts',
  serves: true,
  about: 'Restarts, starts, stops or reloads a service.',
  schema,
  timeoutMs: 120_000,
  title: (spec, values) => {
    const { verb, name } = orderOf(spec, values);
    return `${verb[0]?.toUpperCase()}${verb.slice(1)} ${name}`;
  },
  compile: (spec, { values }) => {
    const { verb, name } = orderOf(spec, values);
    return ownScript(call, {
      HP_MANAGER: spec.service.manager,
      HP_SCRIPT: fillPlain(spec.service.script ?? '', values),
      HP_VERB: verb,
      HP_SERVICE: name,
    });
  },
  undo: (spec, { values }) => {
    const { name } = orderOf(spec, values);
    return ownScript(call, {
      HP_MANAGER: spec.service.manager,
      HP_SCRIPT: fillPlain(spec.service.script ?? '', values),
      HP_VERB: 'restart',
      HP_SERVICE: name,
    });
  },
  undoText: (spec, values) => `restarts ${orderOf(spec, values).name}`,
});

function orderOf({ service: spec }: Spec, values: Values): { verb: string; name: string } {
  const verb = verbs.find((one) => spec[one] !== undefined) ?? 'restart';
  return { verb, name: fillPlain(spec[verb] ?? '', values) };
}
