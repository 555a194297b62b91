import { z } from 'zod';
import { fields, type KindSchema } from '../../electron/pack/index.ts';

/**
 * The kinds of checks and steps as packs may name them, for reading packs in tests and for the schemas of editors
 * until the folders of checks and of runbooks bring their own.
 */
const { text, duration, size, oneOrMore, reference } = fields;

const kind = (name: string, about: string, shape: z.core.$ZodLooseShape): KindSchema => ({
  kind: name,
  about,
  schema: z.strictObject(shape),
});

const methods = ['get', 'post', 'put', 'delete', 'head'] as const;

/** One of the methods with an address, and what the answer must be. */
const request = (extra: z.core.$ZodLooseShape = {}) =>
  z
    .strictObject({
      ...Object.fromEntries(methods.map((method) => [method, text().optional()])),
      headers: z.record(text(), z.string()).optional(),
      body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
      expect: z.union([z.int(), z.array(z.int()).min(1)]).optional(),
      contains: text().optional(),
      json: z.record(text(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
      within: duration().optional(),
      ...extra,
    })
    .refine((value) => methods.filter((method) => Object.hasOwn(value, method)).length === 1, {
      error: `A request has exactly one of ${methods.join(', ')}.`,
    });

export const checkKinds: KindSchema[] = [
  kind('disk', 'Free space of the file system that holds a path.', {
    disk: text().meta({ description: 'The path.', examples: ['/data'] }),
  }),
  kind('memory', 'Memory of the machine.', {
    memory: z.enum(['total', 'free']).meta({ description: 'Which figure.', examples: ['total'] }),
  }),
  kind('python', 'Version of Python.', {
    python: text().meta({ description: 'The command that starts it.', examples: ['python3'] }),
  }),
  kind('pytorch', 'Version of PyTorch, and whether it can use CUDA.', {
    pytorch: text().meta({ description: 'The Python command that has it.', examples: ['python3'] }),
  }),
  kind('gpu', 'Graphics processors and their memory.', {
    gpu: z
      .strictObject({
        'any-of': z.array(text()).min(1).optional(),
        memory: size().optional(),
        count: z.int().min(1).optional(),
      })
      .meta({
        description: 'Models that will do, the memory each must have, and how many there must be.',
        examples: [{ 'any-of': ['A100', 'H100'], memory: '40 GB', count: 1 }],
      }),
  }),
  kind('http', 'What a service answers. Asked on the host where `on` is given, else from this machine.', {
    http: request().meta({
      description: 'The request and what the answer must be.',
      examples: [{ get: 'http://127.0.0.1:{port}/healthz', expect: 200 }],
    }),
  }),
  kind('file', "A file in the pack's folder, or on the host where `on` is given.", {
    file: z
      .strictObject({
        path: text(),
        exists: z.boolean().optional(),
        contains: oneOrMore(text()).optional(),
        'newer-than': duration().optional(),
        sha256: text().optional(),
      })
      .meta({
        description: 'The path and what must be so.',
        examples: [{ path: 'RELEASE_NOTES.md', contains: '0.2.0' }],
      }),
  }),
  kind('command', 'A script: its exit status, or a figure in what it prints.', {
    command: z
      .strictObject({ run: text(), expect: z.int().min(0).max(255).optional(), measure: text().optional() })
      .meta({
        description: 'The script, the exit status it must have, and where its figure stands.',
        examples: [{ run: 'crontab -l | grep -c refresh', measure: 'jobs' }],
      }),
  }),
  kind('settled', 'Whether other items of the checklist are settled.', {
    settled: z
      .array(reference('items'))
      .min(1)
      .meta({
        description: 'Items, or headings for all items below them.',
        examples: [['1. Model validation', '5. API server']],
      }),
  }),
  kind('run', 'Whether a runbook has run, as the journal of this launch has it.', {
    run: z
      .strictObject({
        runbook: reference('runbook'),
        outcome: z.enum(['good', 'any']).optional(),
        on: reference('target').optional(),
        within: duration().optional(),
      })
      .meta({
        description: 'The runbook, its outcome, the target and how long ago at most.',
        examples: [{ runbook: 'rollback', on: 'staging', outcome: 'good', within: '7 d' }],
      }),
  }),
];

const script = text().meta({
  description: 'The script. Values reach it as environment variables.',
  examples: ['"$ROOT/bin/smoke"'],
});
const shell = text()
  .optional()
  .meta({ description: 'Interpreter and flags.', examples: ['bash -eu'], default: 'sh -eu' });

export const stepKinds: KindSchema[] = [
  kind('preflight', 'Looks at every host before anything is changed.', {
    preflight: z
      .strictObject({
        free: text().optional(),
        path: text().optional(),
        clock: duration().optional(),
        tools: z.array(text()).optional(),
      })
      .meta({
        description:
          'Free space (a size, or a multiple of a need), how far clocks may be off, programs that must be there.',
        examples: [{ free: '3 x bundle', path: '{root}', clock: '5 s', tools: ['tar', 'curl'] }],
      }),
  }),
  kind('lock', 'Claims the target, so that no second run starts on it.', {
    lock: z
      .strictObject({ wait: z.union([z.literal(0), duration()]).optional() })
      .meta({ description: 'How long to wait for another run to end.', examples: [{ wait: 0 }] }),
  }),
  kind('run', 'A script on the hosts.', {
    run: text().meta({ description: 'Title of the step.', examples: ['Back up database and model'] }),
    script,
    shell,
  }),
  kind('local', 'A script on this machine.', {
    local: text().meta({ description: 'Title of the step.', examples: ['Build the bundle'] }),
    script,
    shell,
  }),
  kind('upload', 'Puts files that the run needs on the hosts and compares their SHA-256.', {
    upload: z.record(reference('need'), text()).meta({
      description: 'Name of the need, and where it goes.',
      examples: [{ bundle: '{root}/incoming/' }],
    }),
  }),
  kind('release', 'Unpacks an uploaded archive into a new release folder.', {
    release: z.strictObject({ from: reference('need'), into: text(), keep: z.int().min(1).optional() }).meta({
      description: 'The need, the folder of releases, and how many old ones stay.',
      examples: [{ from: 'bundle', into: '{root}/releases', keep: 5 }],
    }),
  }),
  kind('write', 'Writes a file on the hosts, whole or not at all.', {
    write: z
      .strictObject({
        file: text(),
        from: reference('file').optional(),
        content: z.string().optional(),
        mode: text().optional(),
      })
      .refine(({ from, content }) => (from === undefined) !== (content === undefined), {
        error: 'A file is written from a template ("from") or from "content": give one of the two.',
      })
      .meta({
        description: "The file, a template in the pack's folder or the content itself, and its mode.",
        examples: [{ file: '{root}/shared/.env', from: 'templates/env', mode: '600' }],
      }),
  }),
  kind('switch', 'Points a symbolic link elsewhere in one instant.', {
    switch: z.strictObject({ link: text(), to: text().optional() }).meta({
      description: 'The link, and where it points: `release` (if nothing is said), `previous` or a path.',
      examples: [{ link: '{root}/current' }],
    }),
  }),
  kind('service', 'Starts, stops or restarts a service.', {
    service: z
      .strictObject({
        ...Object.fromEntries(
          ['restart', 'start', 'stop', 'reload'].map((verb) => [verb, text().optional()]),
        ),
        manager: z.enum(['systemd', 'user-systemd', 'script']).optional(),
        script: text().optional(),
      })
      .meta({
        description: 'What to do with which service, and who manages it.',
        examples: [{ restart: 'ranker-api', manager: 'script', script: '{root}/bin/service' }],
      }),
  }),
  kind('http', 'Asks a service on the host until it answers as it must.', {
    http: request({ every: duration().optional() }).meta({
      description: 'The request, what the answer must be, and how long to go on asking.',
      examples: [{ get: 'http://127.0.0.1:{port}/healthz', expect: 200, within: '60 s' }],
    }),
  }),
  kind('check', 'Runs a check of launch.yaml and goes on if it passes.', {
    check: reference('check').meta({ description: 'Name of the check.', examples: ['sample-prediction'] }),
  }),
  kind('hold', 'Waits for a person.', {
    hold: text().meta({
      description: 'What the person is to look at.',
      examples: ['Look at the first production host before the rest follow.'],
    }),
    by: z
      .array(reference('role'))
      .min(1)
      .optional()
      .meta({ description: 'Roles that may release it.', examples: [['devops', 'backend-engineer']] }),
    within: duration()
      .optional()
      .meta({ description: 'How long it waits.', examples: ['15 min'] }),
    otherwise: z
      .enum(['stop', 'go on'])
      .optional()
      .meta({ description: 'What happens when nobody answers in time.', examples: ['stop'] }),
    after: z
      .enum(['first batch'])
      .optional()
      .meta({ description: 'Waits once, after the first batch.', examples: ['first batch'] }),
  }),
  kind('record', 'Marks items of the checklist, with the run as evidence.', {
    record: z
      .strictObject({
        items: oneOrMore(reference('item')),
        state: z.enum(['done', 'failed', 'active']).optional(),
        note: text().optional(),
      })
      .meta({
        description: 'The items, their state, and a note.',
        examples: [{ items: ['Production deployment > Code is on production'], state: 'done' }],
      }),
  }),
  kind('notify', 'Tells whoever drives the launch.', {
    notify: z.strictObject({ title: text(), text: text() }).meta({
      description: 'Title and text.',
      examples: [{ title: 'Deployed', text: '{version} is on {target}.' }],
    }),
  }),
];
