import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createJobs,
  createLocalShell,
  createSsh,
  type Jobs,
  type LocalShellOptions,
  quote,
  type Ssh,
} from '../../../electron/ssh/index.ts';
import { frameProgram } from '../../../electron/ssh/program.ts';
import { killProcessesOf } from '../../support/sshd.ts';
import { collect, isRunning, jobOn, numberIn, until } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdpoint-shells-'));
const applets = join(folder, 'busybox');
/** Jobs of the laptop need no connections. */
let ssh: Ssh;
/** The shell of this machine, with a home whose processes can be told. */
const local = createLocalShell({ env: { ...process.env, HOME: join(folder, 'home') } });

/** The shells a host may have as `sh`; busybox with no other tools than its own. */
const shells: Record<string, Required<LocalShellOptions>> = {};
function offer(name: string, program: string, args: string[] = [], path = process.env.PATH): void {
  if (!existsSync(program)) return;
  shells[name] = { shell: [program, ...args], env: { PATH: path, HOME: join(folder, 'home') } };
}
offer('dash', '/bin/dash');
offer('busybox', '/bin/busybox', ['sh'], applets);
offer('bash', '/bin/bash', ['--posix']);
offer('mksh', '/bin/mksh');
offer('ksh', '/bin/ksh');
offer('zsh', '/bin/zsh', ['--emulate', 'sh']);

beforeAll(() => {
  mkdirSync(applets);
  mkdirSync(join(folder, 'home'));
  for (const applet of execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n')) {
    symlinkSync('/bin/busybox', join(applets, applet));
  }
  ssh = createSsh();
});

afterAll(async () => {
  await ssh.close();
  killProcessesOf(folder);
  rmSync(folder, { recursive: true, force: true });
});

it('dash, busybox and bash are among the shells tried here', () => {
  expect(Object.keys(shells)).toEqual(expect.arrayContaining(['dash', 'busybox', 'bash']));
});

describe.concurrent.each(Object.entries(shells))('under %s', (name, options) => {
  const shell = createLocalShell(options);
  let jobs: Jobs;

  beforeAll(() => {
    jobs = createJobs(ssh, { dataFolder: join(folder, `data-${name}`), local: shell, keepAliveSeconds: 1 });
  });

  const inHome = (file: string) => join(folder, 'home', `${name}-${file}`);

  it('a program cut at any byte never runs', async ({ expect }) => {
    const mark = inHome('mark');
    const { input } = frameProgram(`echo 'it'\\''s here' > ${quote(mark)}`, false);
    // Without its last line end it is whole.
    for (let length = 0; length < input.length - 1; length += 1) {
      spawnSync(options.shell[0], [...options.shell.slice(1), '-s'], {
        input: input.subarray(0, length),
        env: options.env,
      });
      if (existsSync(mark)) throw new Error(`ran when cut after ${length} of ${input.length} bytes`);
    }
    expect((await shell.run('laptop', `echo whole > ${quote(mark)}`)).exitCode).toBe(0);
    expect(readFileSync(mark, 'utf8')).toBe('whole\n');
  });

  it('any value is one word that means itself', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(awkward, { minLength: 1, maxLength: 8 }), async (values) => {
        const program = `for word in ${values.map(quote).join(' ')}; do printf '%s\\0' "$word"; done`;
        const { stdout } = await shell.run('laptop', program);
        expect(stdout).toBe(values.map((value) => `${value}\0`).join(''));
      }),
      { numRuns: 40 },
    );
  });

  it('any value reaches a job as data', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(awkward, awkward, async (first, second) => {
        const output = collect();
        const job = jobOn('laptop', `printf '%s\\0%s' "$FIRST" "$_second2"`, {
          id: `${name}-env-${Math.random()}`,
          env: { FIRST: first, _second2: second },
        });
        await jobs.run(job, output);
        expect(output.text()).toBe(`${first}\0${second}`);
      }),
      { numRuns: 20 },
    );
  });

  it('a payload is left to the program to the last byte', async ({ expect }) => {
    const payload = Buffer.from(`first line\n${'x'.repeat(100_000)}\n}\nexit 1\n`);
    const { stdout, exitCode } = await shell.run('laptop', 'read -r line; echo "$line"; wc -c', {
      stdin: payload,
    });
    expect([stdout.split(/\s+/).filter(Boolean), exitCode]).toEqual([
      ['first', 'line', `${payload.length - 'first line\n'.length}`],
      0,
    ]);
  });

  it('a job runs once, gives its output in parts from any offset, and its exit code', async ({ expect }) => {
    const script = `echo run >> ${quote(inHome('runs'))}; for i in 1 2 3; do echo "line $i"; sleep 0.2; done; exit 7`;
    const job = jobOn('laptop', script, { id: `${name}-job` });
    const outputs = [collect(), collect(), collect()];
    outputs[2]?.write(Buffer.from('line 1\nli'));
    for (const output of outputs) {
      expect(await jobs.run(job, output)).toMatchObject({ kind: 'exited', code: 7, executions: 1 });
      expect(output.text()).toBe('line 1\nline 2\nline 3\n');
    }
    expect(readFileSync(inHome('runs'), 'utf8')).toBe('run\n');
  });

  it('a megabyte comes through whole', async ({ expect }) => {
    const output = collect();
    const job = jobOn('laptop', 'head -c 1000000 /dev/zero', { id: `${name}-megabyte` });
    expect(await jobs.run(job, output)).toMatchObject({ kind: 'exited', code: 0 });
    expect(output.offset()).toBe(1_000_000);
  });

  it('the time limit and a cancellation end a job with all it started', async ({ expect }) => {
    const script = (file: string) =>
      `sh -c 'sleep 60 & echo $! > "$1"; wait' - ${quote(inHome(file))} & wait`;
    const late = jobOn('laptop', script('late'), { id: `${name}-late`, timeoutMs: 700 });
    expect(await jobs.run(late, collect())).toMatchObject({ kind: 'exited', timedOut: true, executions: 1 });
    expect(isRunning(await numberIn(inHome('late')))).toBe(false);

    const unwanted = jobOn('laptop', script('unwanted'), { id: `${name}-unwanted` });
    const run = jobs.run(unwanted, collect());
    const child = await numberIn(inHome('unwanted'));
    await jobs.cancel('laptop', unwanted.id);
    expect(isRunning(child)).toBe(false);
    expect(await run).toMatchObject({ kind: 'exited', code: 143, timedOut: false });
  });

  it('a job holds nothing of the session open that started it', async ({ expect }) => {
    const job = jobOn('laptop', 'echo begun; sleep 60', { id: `${name}-apart` });
    const output = collect();
    const run = jobs.run(job, output);
    await until('it has begun', () => output.text() !== '');
    const record = join(folder, `data-${name}`, 'jobs', job.id, 'record');
    for (const pid of [await numberIn(record, 'supervisor'), await numberIn(record, 'group')]) {
      const files = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      const sockets = files.filter((file) => file.startsWith('socket:'));
      // Only ksh keeps what it reads its program from, which nobody waits for.
      expect(sockets.length).toBeLessThanOrEqual(name.includes('ksh') ? 1 : 0);
    }
    await jobs.cancel('laptop', job.id);
    await run;
  });

  it('a job whose processes were killed is lost, and swept folders are gone', async ({ expect }) => {
    const job = jobOn('laptop', 'echo begun; sleep 60', { id: `${name}-killed` });
    const output = collect();
    const run = jobs.run(job, output);
    await until('it has begun', () => output.text() !== '');
    const record = join(folder, `data-${name}`, 'jobs', job.id, 'record');
    const [script, supervisor] = [await numberIn(record, 'group'), await numberIn(record, 'supervisor')];
    process.kill(supervisor, 'SIGSTOP');
    process.kill(-script, 'SIGKILL');
    process.kill(supervisor, 'SIGKILL');
    expect(await run).toMatchObject({ kind: 'lost', executions: 1 });
    expect(await jobs.attach('laptop', 'nobody', collect())).toBeNull();
    await jobs.run(jobOn('laptop', ':', { id: `${name}-short` }), collect());
    await until('it is kept', () => existsSync(join(record, `../../${name}-short/exit`)));
    await jobs.sweep('laptop', 0);
    expect(existsSync(join(record, `../../${name}-short`))).toBe(false);
    expect(existsSync(record)).toBe(true);
  });
});

describe.concurrent.each(['setsid', 'perl', 'python3', 'nohup'])('a job set apart by %s', (tool) => {
  it('keeps its exit code, its output and its environment, and ends when it is cancelled', async ({
    expect,
  }) => {
    const jobs = createJobs(ssh, {
      dataFolder: join(folder, `data-${tool}`),
      tools: [tool],
      local,
      keepAliveSeconds: 1,
    });
    const output = collect();
    const job = jobOn('laptop', 'echo "$VALUE"; yes | head -n 1; exit 5', { env: { VALUE: 'a "b" $c' } });
    expect(await jobs.run(job, output)).toMatchObject({ kind: 'exited', code: 5, executions: 1 });
    expect(output.text()).toBe('a "b" $c\ny\n');

    const long = jobOn('laptop', 'exec sleep 60');
    const run = jobs.run(long, collect());
    const script = await numberIn(join(folder, `data-${tool}`, 'jobs', long.id, 'record'), 'group');
    await jobs.cancel('laptop', long.id);
    expect(isRunning(script)).toBe(false);
    expect(await run).toMatchObject({ kind: 'exited', code: 143 });
  });
});

describe.concurrent('a host that has no /proc, as macOS', () => {
  const place = (name: string) => ({
    dataFolder: join(folder, name),
    proc: join(folder, 'no-proc'),
    local,
    keepAliveSeconds: 1,
  });

  it('runs jobs, keeps their results and ends them with all they started', async ({ expect }) => {
    const jobs = createJobs(ssh, place('without-proc'));
    const job = jobOn('laptop', 'echo out; sleep 0.3; exit 3');
    const [first, second] = [collect(), collect()];
    expect(await jobs.run(job, first)).toMatchObject({ kind: 'exited', code: 3, executions: 1 });
    expect(await jobs.attach('laptop', job.id, second)).toMatchObject({
      kind: 'exited',
      code: 3,
      executions: 1,
    });
    expect([first.text(), second.text()]).toEqual(['out\n', 'out\n']);

    const mark = join(folder, 'without-proc-child');
    const long = jobOn('laptop', `sh -c 'sleep 60 & echo $! > "$1"; wait' - ${quote(mark)} & wait`);
    const run = jobs.run(long, collect());
    const child = await numberIn(mark);
    await jobs.cancel('laptop', long.id);
    expect(isRunning(child)).toBe(false);
    expect(await run).toMatchObject({ kind: 'exited', code: 143 });
  });

  it('tells a lost job', async ({ expect }) => {
    const jobs = createJobs(ssh, place('without-proc-lost'));
    const job = jobOn('laptop', 'sleep 60');
    const run = jobs.run(job, collect());
    const record = join(folder, 'without-proc-lost', 'jobs', job.id, 'record');
    const script = await numberIn(record, 'group');
    process.kill(await numberIn(record, 'supervisor'), 'SIGKILL');
    expect(await run).toMatchObject({ kind: 'lost', why: expect.stringContaining('still runs there') });
    await jobs.cancel('laptop', job.id);
    expect(isRunning(script)).toBe(false);
    expect(await jobs.attach('laptop', job.id, collect())).toMatchObject({ kind: 'lost', executions: 1 });
  });
});

/** What breaks careless quoting, and any text besides. */
const awkward = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '-n',
    '--',
    '$(touch x)',
    '`id`',
    "'",
    '"',
    '\\',
    '\n',
    'a\n',
    "it's",
    '*',
    '~',
    '!',
    '\t',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }).map(withoutNul),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '$', '`', '\n', ' ', '-', '(', ')', 'é', '\u0081', '😀'),
    maxLength: 30,
  }),
);

function withoutNul(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString();
}
