import { z } from 'zod';
import { fields, type KindSchema } from '../../electron/pack/index.ts';

/**
 * The kinds of checks and steps as packs may name them: what the tests read packs with, and what the schemas of
 * editors and the reference page are made from.
 */
const { text, duration, size, oneOrMore, reference } = fields;

const kind = (name: string, about: string, shape: z.core.$ZodLooseShape): KindSchema => ({
  kind: name,
  about,
  schema: z.strictObject(shape),
});

const methods = ['get', 'post', 'put', 'delete', 'head'] as const;
const url = text().optional().meta({ description: 'The address.' });

/** One of the methods with an address, and what the answer must be. */
const request = (extra: z.core.$ZodLooseShape = {}) =>
  z
    .strictObject({
      get: url,
      post: url,
      put: url,
      delete: url,
      head: url,
      headers: z.record(text(), z.string()).default({}).meta({ description: 'Headers of the request.' }),
      body: z
        .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())])
        .optional()
        .meta({ description: 'Text, or what is sent as JSON.' }),
      expect: z
        .union([z.int(), z.array(z.int()).min(1)])
        .default(200)
        .meta({ description: 'Status, or several.' }),
      contains: text().optional().meta({ description: 'Text that must be in the answer.' }),
      json: z
        .record(text(), z.union([z.string(), z.number(), z.boolean()]))
        .default({})
        .meta({ description: 'Values that must stand in the JSON answer, by path.' }),
      ...extra,
    })
    .refine((value) => methods.filter((method) => Object.hasOwn(value, method)).length === 1, {
      error: `needs exactly one of ${methods.join(', ')}`,
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
    gpu: z.strictObject({
      'any-of': z.array(text()).min(1).optional().meta({ description: 'Models that will do.' }),
      memory: size().optional().meta({ description: 'Memory each must have.' }),
      count: z.int().min(1).default(1).meta({ description: 'How many there must be.' }),
    }),
  }),
  kind('http', 'What a service answers. Asked on the host where `on` is given, else from this machine.', {
    http: request({
      within: duration().optional().meta({ description: 'How long the answer may take.' }),
    }),
  }),
  kind('file', "A file in the pack's folder, or on the host where `on` is given.", {
    file: z.strictObject({
      path: text().meta({ description: 'The path.' }),
      exists: z.boolean().optional().meta({ description: 'Whether it must be there.' }),
      contains: oneOrMore(text()).optional().meta({ description: 'Texts that must stand in it.' }),
      'newer-than': duration().optional().meta({ description: 'How old it may be.' }),
      sha256: text().optional().meta({ description: 'Its digest in hex.' }),
    }),
  }),
  kind('command', 'A script: its exit status, or a figure in what it prints.', {
    command: z.strictObject({
      run: text().meta({ description: 'The script. It changes nothing.' }),
      expect: z.int().min(0).max(255).default(0).meta({ description: 'Exit status it must have.' }),
      measure: text().optional().meta({
        description: 'Regular expression whose first group is the figure; without it, the last line is.',
      }),
    }),
  }),
  kind('settled', 'Whether other items of the checklist are settled.', {
    settled: z
      .array(reference('items'))
      .min(1)
      .meta({ description: 'Items, or headings for all items below them.' }),
  }),
  kind('run', 'Whether a runbook has run, as the journal of this launch has it.', {
    run: z.strictObject({
      runbook: reference('runbook').meta({ description: 'The runbook.' }),
      outcome: z.enum(['good', 'any']).default('good').meta({ description: 'How it must have ended.' }),
      on: reference('target').optional().meta({ description: 'The target it ran on.' }),
      within: duration().optional().meta({ description: 'How long ago at most.' }),
    }),
  }),
];

const half = (schema: z.ZodType) => schema.optional();
const shell = z.string().default('sh -eu').meta({ description: 'Interpreter and flags.' });
const service = half(text()).meta({ description: 'Name of the service.' });

export const stepKinds: KindSchema[] = [
  kind('preflight', 'Looks whether each host can take the run: reachable, clock, space, tools.', {
    preflight: z.strictObject({
      free: half(text()).meta({ description: 'Free space: `3 x bundle`, or a size such as `2 GB`.' }),
      path: text().default('.').meta({ description: 'Where that space must be.' }),
      clock: z.string().default('30 s').meta({ description: 'How far the clock may be off.' }),
      tools: z.array(text()).default([]).meta({ description: 'Programs that must be on the host.' }),
    }),
  }),
  kind('lock', 'Takes the lock of the system, so that no second run works there at the same time.', {
    lock: z.strictObject({
      wait: z
        .union([z.literal(0), duration()])
        .default(0)
        .meta({ description: 'How long to wait for another run to give it back; 0 gives up at once.' }),
    }),
  }),
  kind('run', 'Runs a script on each host, detached: it goes on when the link is lost.', {
    run: text().meta({ description: 'What the script does: the title of the step.' }),
    script: text().meta({ description: 'Values are in the environment: `$VERSION`, `$ROOT`, `$RUN`.' }),
    shell,
  }),
  kind('local', 'Runs a script once on this machine.', {
    local: text().meta({ description: 'What the script does: the title of the step.' }),
    script: text().meta({ description: "Runs in the pack's folder." }),
    shell,
  }),
  kind('upload', 'Sends a needed file to each host and verifies its SHA-256 there.', {
    upload: z.record(reference('need'), text()).refine((map) => Object.keys(map).length === 1, {
      error: 'names one needed file and where it goes',
    }),
  }),
  kind('release', 'Unpacks an uploaded tar.gz into a new release folder.', {
    release: z.strictObject({
      from: reference('need').meta({ description: 'The needed file that an `upload` has brought.' }),
      into: text().meta({ description: 'The folder that holds a folder for each release.' }),
      keep: z.int().min(2).default(5).meta({ description: 'How many releases stay.' }),
    }),
  }),
  kind('write', 'Writes a file from a template, in one atomic step.', {
    write: z
      .strictObject({
        file: text().meta({ description: 'Path on the host.' }),
        from: half(reference('file')).meta({ description: "A template in the pack's folder." }),
        content: half(z.string()).meta({ description: 'The content itself, instead of `from`.' }),
        mode: z
          .string()
          .regex(/^[0-7]{3,4}$/, 'is an octal mode such as "600"')
          .default('644')
          .meta({ description: 'Permissions of the file.' }),
      })
      .refine(({ from, content }) => (from === undefined) !== (content === undefined), {
        error: 'needs either `from` or `content`',
      }),
  }),
  kind('switch', 'Points a symbolic link to a release, atomically.', {
    switch: z.strictObject({
      link: text().meta({ description: 'The link through which the system is served.' }),
      to: text().default('release').meta({ description: '`release`, `previous`, or a path.' }),
    }),
  }),
  kind('service', 'Restarts, starts, stops or reloads a service.', {
    service: z
      .strictObject({
        restart: service,
        start: service,
        stop: service,
        reload: service,
        manager: z
          .enum(['systemd', 'user-systemd', 'script'])
          .default('systemd')
          .meta({ description: 'Who manages it.' }),
        script: half(text()).meta({ description: 'With `manager: script`: called as SCRIPT restart NAME.' }),
      })
      .refine(
        (spec) => [spec.restart, spec.start, spec.stop, spec.reload].filter((name) => name).length === 1,
        { error: 'needs exactly one of restart, start, stop, reload' },
      ),
  }),
  kind('http', 'Asks an address on the host itself until the answer is right or the time is over.', {
    http: request({
      within: duration().optional().meta({ description: 'Asks again for this long.', default: '30 s' }),
      every: duration().optional().meta({ description: 'Pause between two questions.', default: '2 s' }),
    }),
  }),
  kind('check', 'Runs a check of the launch on the hosts and goes on only if it passes.', {
    check: reference('check').meta({ description: 'Name of a check of launch.yaml.' }),
  }),
  kind('hold', 'Waits until a named role releases it.', {
    hold: text().meta({ description: 'What to look at before the run goes on.' }),
    by: oneOrMore(reference('role')).meta({ description: 'Roles, any one of which may release it.' }),
    within: half(duration()).meta({ description: 'How long to wait; without it, for ever.' }),
    otherwise: z
      .enum(['stop', 'go on'])
      .default('stop')
      .meta({ description: 'What happens when nobody answers in time.' }),
    after: half(z.enum(['first batch', 'each batch'])).meta({ description: 'Waits after a batch.' }),
  }),
  kind('record', 'Marks items of the checklist in the name of the run.', {
    record: z.strictObject({
      items: z.array(reference('item')).min(1).meta({ description: 'Items of the checklist.' }),
      state: z
        .enum(['open', 'active', 'done', 'failed', 'blocked', 'waived'])
        .default('done')
        .meta({ description: 'Their state.' }),
      note: z.string().default('').meta({ description: 'Goes to the items as a note.' }),
    }),
  }),
  kind('notify', 'Shows a notification on this machine and writes it into the journal.', {
    notify: z.union([
      text(),
      z.strictObject({
        title: text().meta({ description: 'Title.' }),
        text: z.string().default('').meta({ description: 'Text.' }),
      }),
    ]),
  }),
];
