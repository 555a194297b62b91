import { z } from 'zod';
import { batchSize, duration, instant, oneOrMore, reference, rule, silence, text } from './fields.ts';
import { note } from './notes.ts';
import { scriptName } from './script-names.ts';

const role = note(
  z.strictObject({
    title: text()
      .optional()
      .meta({ description: 'How the role is called on the board.', examples: ['ML Engineer'] }),
    covers: z
      .union([z.literal('everything'), z.array(reference('heading')).min(1)])
      .default('everything')
      .meta({
        description: 'Headings the role answers for. A change elsewhere does not void its answer.',
        examples: [['Model validation', 'Data pipeline']],
      }),
    deploys: z
      .boolean()
      .default(false)
      .meta({ description: 'May start and drive runs.', examples: [true] }),
    'not-also': z
      .array(reference('role'))
      .default([])
      .meta({
        description: 'Roles whose answer must come from a different person.',
        examples: [['devops']],
      }),
    silence: silence()
      .optional()
      .meta({
        description: 'When a missing answer becomes a no-go, in hours and minutes before T-0.',
        examples: ['no-go at T-00:30'],
      }),
    signers: oneOrMore(text())
      .optional()
      .meta({
        description:
          'Who may sign for it, by the names of `allowed_signers`; `*` and `?` stand for any letters. With it, only signed answers count.',
        examples: [['ada@example.com', '*@ml.example.com']],
      }),
    approvals: z
      .int()
      .min(1)
      .default(1)
      .meta({ description: 'How many different people must sign a go.', examples: [2] }),
    'deployer-may-sign': z
      .boolean()
      .default(true)
      .meta({
        description: 'Whether who started a run of the launch may be one of them.',
        examples: [false],
      }),
  }),
  { owner: 'a role' },
);

const vars = z.record(scriptName(), z.string()).default({});

const hostName = z
  .string()
  .regex(
    /^[^\s*?!,"'-][^\s*?!,"']*$/,
    'is not a host name: it has no spaces, quotes or wildcards and no - in front.',
  );

const host = z.union([
  hostName,
  note(
    z.strictObject({
      name: hostName.meta({ description: 'The host, as `ssh NAME` would find it.', examples: ['prd-2'] }),
      vars: vars.meta({
        description: "Values of this host; they win over the target's.",
        examples: [{ port: 8001 }],
      }),
    }),
    { owner: 'a host' },
  ),
]);

export const targetSchema = note(
  z.strictObject({
    hosts: z
      .array(note(host, { expects: 'a host name, or name and vars' }))
      .min(1)
      .meta({
        description:
          'Hosts by the names of `~/.ssh/config`, each with `vars` of its own where it needs them.',
        examples: [['prd-1', { name: 'prd-2', vars: { port: 8001 } }]],
      }),
    batches: z
      .array(batchSize())
      .min(1)
      .default(() => [{ percent: 100 }])
      .meta({
        default: ['100%'],
        description:
          'How many hosts go together: counts, or percentages of all hosts of the target. Together they cover every host.',
        examples: [[1, '100%']],
      }),
    vars: vars.meta({
      description: 'Values for `{name}` in fields of steps and checks, and environment variables of scripts.',
      examples: [{ root: '/srv/apex', port: 8000 }],
    }),
    rehearsal: z
      .boolean()
      .default(false)
      .meta({ description: 'Runs on it are rehearsals in any mode.', examples: [true] }),
  }),
  { owner: 'a target' },
);

const duty = note(
  z.strictObject({
    items: oneOrMore(reference('items')).meta({
      description: 'What is to be done: items of the checklist, or a heading for all that stand below it.',
      examples: ['First 24 hours > Look at the Grafana dashboards'],
    }),
    title: text()
      .optional()
      .meta({
        description: 'The duty in a few words; else the items say it.',
        examples: ['Watch the launch'],
      }),
    every: duration().meta({ description: 'How often, counted from the launch.', examples: ['2 h'] }),
    for: duration().meta({ description: 'How long the duty goes on after the launch.', examples: ['24 h'] }),
  }),
  { owner: 'a duty' },
);

const trigger = note(
  z.strictObject({
    rule: rule()
      .optional()
      .meta({ description: 'What is measured and when it is too much.', examples: ['error rate > 10 %'] }),
    event: text()
      .optional()
      .meta({
        description: 'In place of a rule: what only a person can see.',
        examples: ['A security hole is found'],
      }),
    over: duration()
      .optional()
      .meta({ description: 'How long the rule must hold before it counts.', examples: ['5 min'] }),
    // biome-ignore lint/suspicious/noThenProperty: the word of the file; nothing awaits this object.
    then: z
      .enum(['offer'])
      .default('offer')
      .meta({
        description: '`offer`: the rollback is offered to who drives the launch.',
        examples: ['offer'],
      }),
  }),
  { owner: 'a rollback trigger' },
);

/** `launch.yaml` but for what a check measures, which its kind says. */
export const launchSchema = note(
  z.strictObject({
    system: text().meta({ description: 'What is launched.', examples: ['APEX-Ranker'] }),
    version: text().meta({
      description: 'The version on its way to production. `1.0` is read as it is written.',
      examples: ['0.2.0-production'],
    }),
    checklist: reference('file').meta({
      description: "The checklist, any GitHub-flavoured Markdown document in the pack's folder.",
      examples: ['checklist.md'],
    }),
    t0: instant()
      .nullable()
      .optional()
      .meta({
        description:
          'The moment of launch, with its offset. It sets the clock; it can be set in the window as well.',
        examples: ['2026-11-24T09:00+09:00'],
      }),
    roles: z
      .record(text(), role)
      .default({})
      .meta({ description: 'Who decides: one entry for each role that has to answer.' }),
    criteria: note(
      z.strictObject({
        go: reference('heading')
          .optional()
          .meta({
            description: 'Heading of the go criteria: every item below it must hold.',
            examples: ['Final decision > Go criteria'],
          }),
        'no-go': reference('heading')
          .optional()
          .meta({
            description: 'Heading of the no-go criteria: each item is a question, and none may hold.',
            examples: ['Final decision > No-go criteria'],
          }),
      }),
      { owner: 'criteria' },
    )
      .default({})
      .meta({ description: 'Where the checklist says what decides.' }),
    'after-launch': z
      .array(reference('heading'))
      .default([])
      .meta({
        description: 'Headings whose items belong to the time after the launch and do not stand against it.',
        examples: [['After deployment']],
      }),
    targets: z
      .record(text(), targetSchema)
      .default({})
      .meta({ description: 'Groups of hosts that runbooks run on.' }),
    checks: z
      .array(z.unknown())
      .default([])
      .meta({ description: 'Measurements, each bound to items of the checklist.' }),
    duties: z.array(duty).default([]).meta({ description: 'What recurs after the launch.' }),
    rollback: note(
      z.strictObject({
        runbook: reference('runbook').meta({
          description: 'The runbook that goes back: a file name in `runbooks/` without its ending.',
          examples: ['rollback'],
        }),
        when: z.array(trigger).default([]).meta({ description: 'What calls for it.' }),
      }),
      { owner: 'rollback' },
    )
      .optional()
      .meta({ description: 'How to go back, and when.' }),
    contacts: z
      .record(
        text(),
        z
          .object({
            title: text()
              .optional()
              .meta({
                description: 'Who it is; a contact named like a role has the title of the role.',
                examples: ['Cloud provider support'],
              }),
          })
          .catchall(note(z.string().nullable(), { expects: 'text or nothing' })),
      )
      .default({})
      .meta({
        description:
          'Whom to call: any fields for each, such as name, email, phone. The board shows which are empty.',
        examples: [{ devops: { name: null, email: null, phone: null } }],
      }),
  }),
  { owner: 'the launch file' },
);

/** The keys that every check has besides the one that names its kind. */
export const commonCheckSchema = z.strictObject({
  item: reference('item')
    .optional()
    .meta({
      description:
        'The item it decides: headings and text from the outside in, joined by " > ". Beginnings are enough.',
      examples: ['Storage > Room for the data set'],
    }),
  items: z
    .array(reference('item'))
    .min(1)
    .optional()
    .meta({
      description: 'In place of `item`: several items that the same measurement decides.',
      examples: [['API server > /healthz', 'Initial validation > Health check']],
    }),
  name: text()
    .optional()
    .meta({
      description:
        'A name of its own: for steps that run it, and for its history to outlast a change of the item.',
      examples: ['sample-prediction'],
    }),
  on: oneOrMore(reference('place'))
    .default([])
    .meta({
      description: 'Targets or hosts it measures; without it, this machine.',
      examples: ['production'],
    }),
  rule: oneOrMore(rule())
    .default([])
    .meta({
      description:
        "What must hold, as quantity, comparator, number and unit. Without it, the item's own words.",
      examples: [['latency p95 < 5 s', 'latency p99 < 10 s']],
    }),
  fresh: duration()
    .optional()
    .meta({ description: 'After this its evidence is stale and no pass any more.', examples: ['24 h'] }),
  timeout: duration()
    .optional()
    .meta({ description: 'How long one measurement may take.', examples: ['30 s'] }),
});
