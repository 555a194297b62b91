import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { kindOf } from './kind.ts';

const schema = z.strictObject({
  check: fields.reference('check').meta({ description: 'Name of a check of launch.yaml.' }),
});
type Spec = z.infer<typeof schema>;

export const check = kindOf<Spec>({
  kind: 'check',
  style: 'act',
  where: 'hosts',
  about:
    'Runs a check of the launch and goes on only if it passes: on the hosts of the step, whatever the check’s own `on` says; without `on`, on this machine.',
  schema,
  timeoutMs: 600_000,
  title: ({ check: name }) => `Check ${name}`,
  act: async ({ check: name }, { host, abilities, log }) => {
    const evidence = await abilities.check(name, [host]);
    for (const { verdict, sentence } of evidence) log(`${verdict}: ${sentence}`);
    const against = evidence.filter(({ verdict }) => verdict !== 'pass');
    const told = (against.length > 0 ? against : evidence).map(({ sentence }) => sentence).join(' ');
    return {
      ok: evidence.length > 0 && against.length === 0,
      outcome: told || `The check ${name} measured nothing.`,
    };
  },
});
