import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJobs, createSsh, type Jobs, type Ssh } from '../../../electron/ssh/index.ts';
import { createSshLab, type LabHost, type SshLab } from '../../support/sshd.ts';
import { collect, isRunning, jobFolder, jobOn, numberIn, sha256Of, until } from './support.ts';

let lab: SshLab;
let ssh: Ssh;
let jobs: Jobs;
let host: LabHost;

beforeAll(async () => {
  lab = createSshLab();
  ssh = createSsh({ configFile: lab.configFile });
  jobs = createJobs(ssh, { dataFolder: join(lab.folder, 'data'), keepAliveSeconds: 1 });
  host = await lab.addHost('target');
});

afterAll(async () => {
  await ssh.close();
  await lab.close();
});

/** Appends a line to `file` on the host each time it runs. */
const counting = (file: string) => `echo run >> ${file}`;
const countIn = (file: string) => readFileSync(join(host.home, file), 'utf8').split('\n').length - 1;

describe('a job', () => {
  it('gives its output, its exit code and how often it ran', async () => {
    const before = Date.now();
    for (const code of [0, 1, 7, 255]) {
      const output = collect();
      const end = await jobs.run(jobOn('target', `echo out; echo err >&2; exit ${code}`), output);
      expect(end).toMatchObject({ kind: 'exited', code, timedOut: false, executions: 1 });
      if (end.kind !== 'exited') continue;
      expect(Date.parse(end.startedAt)).toBeGreaterThan(before - 1500);
      expect(Date.parse(end.endedAt)).toBeGreaterThanOrEqual(Date.parse(end.startedAt));
      expect(output.text()).toBe('out\nerr\n');
    }
  });

  it('ended by a signal gives 128 and the signal, as a shell does', async () => {
    const end = await jobs.run(jobOn('target', 'kill -9 $$'), collect());
    expect(end).toMatchObject({ kind: 'exited', code: 137, timedOut: false });
  });

  it('runs in the home folder under the interpreter it names, in a folder nobody else can read', async () => {
    const job = jobOn('target', 'echo "$PWD"; set -o | grep pipefail', {
      shell: 'bash -o pipefail',
    });
    const output = collect();
    await jobs.run(job, output);
    expect(output.text()).toMatch(new RegExp(`^${host.home}\\npipefail\\s+on\\n$`));
    expect(execFileSync('stat', ['-c', '%a', jobFolder(host, job.id)], { encoding: 'utf8' })).toBe('700\n');
  });

  it('whose interpreter is missing ends with that in its output', async () => {
    const output = collect();
    const end = await jobs.run(jobOn('target', ':', { shell: 'no-such-shell -x' }), output);
    expect(end).toMatchObject({ kind: 'exited', code: 127 });
    expect(output.text()).toContain('no-such-shell');
  });

  it('that is asked for again is found as it ended, not started again', async () => {
    const job = jobOn('target', `${counting('again')}; echo said`);
    const first = await jobs.run(job, collect());
    const [second, third] = [collect(), collect()];
    for (const end of [first, await jobs.run(job, second), await jobs.attach('target', job.id, third)]) {
      expect(end).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
    }
    expect([second.text(), third.text()]).toEqual(['said\n', 'said\n']);
    expect(countIn('again')).toBe(1);
  });

  it('that runs can be followed by several at once, each from where it left off', async () => {
    const job = jobOn('target', 'for i in 1 2 3 4 5 6; do echo line $i; sleep 0.2; done');
    const [first, second, late] = [collect(), collect(), collect()];
    late.write(Buffer.from('line 1\n'));
    const outputs = [first, second, late];
    const started = jobs.run(job, first);
    await until('it has printed what the late one has already', () => first.text().startsWith('line 1\n'));
    await Promise.all([started, jobs.run(job, second), jobs.run(job, late)]);
    for (const output of outputs)
      expect(output.text()).toBe('line 1\nline 2\nline 3\nline 4\nline 5\nline 6\n');
    expect(await jobs.attach('target', job.id, collect())).toMatchObject({ executions: 1 });
  });

  it('nobody started is null to whoever only looks', async () => {
    expect(await jobs.attach('target', 'never-started', collect())).toBeNull();
    expect(existsSync(jobFolder(host, 'never-started'))).toBe(false);
  });

  it('asked for by two clients at the same instant starts once, every time', async () => {
    const other = createSsh({ configFile: lab.configFile });
    const others = createJobs(other, { dataFolder: lab.folder });
    await Promise.all([ssh.connect('target'), other.connect('target')]);
    for (let round = 0; round < 20; round += 1) {
      const job = jobOn('target', `${counting(`race-${round}`)}`);
      const ends = await Promise.all([jobs.run(job, collect()), others.run(job, collect())]);
      for (const end of ends) expect(end).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
      expect(countIn(`race-${round}`)).toBe(1);
    }
    await other.close();
  });

  it('on this machine is one like any other, kept in the data folder', async () => {
    const output = collect();
    const job = jobOn('laptop', 'echo here', {});
    expect(await jobs.run(job, output)).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
    expect(output.text()).toBe('here\n');
    await until('it is kept', () => existsSync(join(lab.folder, 'data', 'jobs', job.id, 'exit')));
    expect(await jobs.attach('laptop', job.id, collect())).toMatchObject({ kind: 'exited' });
  });

  it('prints a hundred megabytes without a gap and without filling memory', async () => {
    const job = jobOn('target', 'yes "a line of output, as a job prints it" | head -c 100000000');
    const hash = createHash('sha256');
    const before = process.memoryUsage().rss;
    let [bytes, most] = [0, 0];
    await jobs.run(job, {
      offset: () => bytes,
      write(chunk) {
        bytes += chunk.length;
        hash.update(chunk);
        most = Math.max(most, process.memoryUsage.rss());
      },
    });
    expect(bytes).toBe(100_000_000);
    expect(hash.digest('hex')).toBe(sha256Of(join(jobFolder(host, job.id), 'out')));
    expect(most - before).toBeLessThan(100_000_000);
  });

  it('that cannot be expressed is refused before anything is sent', async () => {
    const wrong = [
      [{ id: '-x' }, 'cannot name a job'],
      [{ id: 'a/../b' }, 'cannot name a job'],
      [{ env: { 'A B': '' } }, 'cannot name a variable'],
      [{ env: { UID: '7' } }, 'keep UID for themselves'],
      [{ env: { A: 'a\0b' } }, 'The value of A holds a NUL byte'],
      [{ script: 'a\0b' }, 'holds a NUL byte'],
      [{ shell: ' ' }, 'names no interpreter'],
      [{ timeoutMs: 0 }, 'give a number above 0'],
    ] as const;
    for (const [changes, message] of wrong) {
      await expect(jobs.run(jobOn('target', ':', changes), collect())).rejects.toThrow(message);
    }
  });
});

describe('a client that is killed', () => {
  const scripts = {
    quiet: 'sleep 1; echo done > quiet-done',
    noisy: 'for i in $(seq 200); do echo "line $i of a noisy job"; sleep 0.005; done; echo done > noisy-done',
  };

  it.each(['quiet', 'noisy'] as const)(
    'leaves a %s job running, and the next one finds all of it',
    async (kind) => {
      const id = `survivor-${kind}`;
      const script = `cd "$HOME"; ${scripts[kind]}`;
      const args = [lab.configFile, join(lab.folder, 'data'), 'target', id, script];
      const client = spawn(process.execPath, [join(import.meta.dirname, 'client.ts'), ...args], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      for await (const chunk of client.stdout) {
        said += chunk;
        if (kind === 'quiet' ? said.includes('connected') : said.includes('line 20 ')) break;
      }
      client.kill('SIGKILL');
      expect(existsSync(join(host.home, `${kind}-done`))).toBe(false);

      const output = collect();
      expect(await jobs.attach('target', id, output)).toMatchObject({
        kind: 'exited',
        code: 0,
        executions: 1,
      });
      expect(existsSync(join(host.home, `${kind}-done`))).toBe(true);
      expect(output.sha256()).toBe(sha256Of(join(jobFolder(host, id), 'out')));
    },
  );
});

describe.concurrent('a job past its time limit', () => {
  it('is ended with all it started', async ({ expect }) => {
    const job = jobOn('target', 'sh -c "sleep 60 & echo \\$! > limit-grandchild; wait" & wait', {
      timeoutMs: 700,
    });
    const end = await jobs.run(job, collect());
    expect(end).toMatchObject({ kind: 'exited', code: 143, timedOut: true, executions: 1 });
    expect(isRunning(await numberIn(join(host.home, 'limit-grandchild')))).toBe(false);
  });

  it('is killed ten seconds later where it does not listen', async ({ expect }) => {
    const deaf = 'trap "" TERM; sleep 60 & echo $! > deaf-child; echo deaf; wait; sleep 60';
    const end = await jobs.run(jobOn('target', deaf, { timeoutMs: 500 }), collect());
    expect(end).toMatchObject({ kind: 'exited', code: 137, timedOut: true });
    expect(isRunning(await numberIn(join(host.home, 'deaf-child')))).toBe(false);
  });
});

describe.concurrent('cancelling', () => {
  it('ends a job with all it started', async ({ expect }) => {
    const job = jobOn('target', 'sh -c "sleep 60 & echo \\$! > cancel-grandchild; wait" & wait');
    const run = jobs.run(job, collect());
    const grandchild = await numberIn(join(host.home, 'cancel-grandchild'));
    await jobs.cancel('target', job.id);
    expect(isRunning(grandchild)).toBe(false);
    expect(await run).toMatchObject({ kind: 'exited', code: 143, timedOut: false, executions: 1 });
  });

  it('gives a job the time to put things in order', async ({ expect }) => {
    const job = jobOn('target', 'trap "echo tidied; exit 3" TERM; echo ready; while :; do sleep 0.1; done');
    const output = collect();
    const run = jobs.run(job, output);
    await until('the job is ready', () => output.text() !== '');
    await jobs.cancel('target', job.id);
    expect(await run).toMatchObject({ kind: 'exited', code: 3 });
    expect(output.text()).toMatch(/^ready\n(Terminated\n)?tidied\n$/);
  });

  it('a job that has ended changes nothing, not even what it left running', async ({ expect }) => {
    const job = jobOn('target', 'sleep 30 & echo $! > left-running');
    const end = await jobs.run(job, collect());
    await jobs.cancel('target', job.id);
    const left = await numberIn(join(host.home, 'left-running'));
    expect(isRunning(left)).toBe(true);
    process.kill(left);
    expect(await jobs.attach('target', job.id, collect())).toMatchObject({ kind: 'exited', code: 0 });
    expect(end).toMatchObject({ code: 0 });
  });

  it('a job whose start is still on its way keeps it from starting', async ({ expect }) => {
    const job = jobOn('target', 'echo ran > cancelled-first');
    await jobs.cancel('target', job.id);
    expect(await jobs.run(job, collect())).toMatchObject({ kind: 'exited', code: 143, executions: 0 });
    expect(existsSync(join(host.home, 'cancelled-first'))).toBe(false);
  });

  it('at any moment of a start leaves nothing running', async ({ expect }) => {
    for (let round = 0; round < 8; round += 1) {
      const job = jobOn('target', 'exec sleep 1234');
      const run = jobs.run(job, collect());
      await new Promise((resolve) => setTimeout(resolve, round * 4));
      await jobs.cancel('target', job.id);
      expect(await run).toMatchObject({ kind: 'exited', code: 143 });
    }
    const commands = readdirSync('/proc').map((pid) => join('/proc', pid, 'cmdline'));
    const left = commands.filter(
      (path) => existsSync(path) && readFileSync(path, 'utf8') === 'sleep\x001234\x00',
    );
    expect(left).toEqual([]);
  });
});

describe.concurrent('a job that left no result', () => {
  const kill = (pid: number) => process.kill(pid, 'SIGKILL');

  /** Kills the script and the process that would write down its end, as if at once. */
  async function killJob(folder: string): Promise<void> {
    const script = await numberIn(join(folder, 'record'), 'group');
    const supervisor = await numberIn(join(folder, 'record'), 'supervisor');
    process.kill(supervisor, 'SIGSTOP');
    process.kill(-script, 'SIGKILL');
    kill(supervisor);
  }

  it('is lost when its processes were killed', async ({ expect }) => {
    const job = jobOn('target', 'echo begun; sleep 60');
    const output = collect();
    const run = jobs.run(job, output);
    await until('it has begun', () => output.text() !== '');
    await killJob(jobFolder(host, job.id));
    expect(await run).toMatchObject({
      kind: 'lost',
      executions: 1,
      why: expect.stringContaining('is gone from target'),
    });
    expect(await jobs.attach('target', job.id, collect())).toMatchObject({ kind: 'lost', executions: 1 });
  });

  it('is lost and says so when only the process that waited for it was killed; it can still be cancelled', async ({
    expect,
  }) => {
    const job = jobOn('target', 'sleep 60');
    const run = jobs.run(job, collect());
    const folder = jobFolder(host, job.id);
    const script = await numberIn(join(folder, 'record'), 'group');
    kill(await numberIn(join(folder, 'record'), 'supervisor'));
    expect(await run).toMatchObject({
      kind: 'lost',
      why: expect.stringContaining('still runs there without it'),
    });
    expect(isRunning(script)).toBe(true);
    await jobs.cancel('target', job.id);
    expect(isRunning(script)).toBe(false);
  });

  it('is lost when the host restarted while it ran', async ({ expect }) => {
    const proc = kernelFolder('first-boot', 1000);
    const rebooting = createJobs(ssh, { dataFolder: lab.folder, proc });
    const job = jobOn('target', 'echo begun; sleep 60');
    const output = collect();
    const run = rebooting.run(job, output);
    await until('it has begun', () => output.text() !== '');
    await killJob(jobFolder(host, job.id));
    writeFileSync(join(proc, 'sys/kernel/random/boot_id'), 'second-boot\n');
    expect(await run).toMatchObject({
      kind: 'lost',
      executions: 1,
      why: expect.stringContaining('target restarted while'),
    });
    expect(output.text()).toBe('begun\n');
  });

  it('keeps its result over a restart that came after its end', async ({ expect }) => {
    const proc = kernelFolder('first-boot', 1000);
    const rebooting = createJobs(ssh, { dataFolder: lab.folder, proc });
    const job = jobOn('target', 'exit 4');
    await rebooting.run(job, collect());
    await until('the result is kept', () => existsSync(join(jobFolder(host, job.id), 'exit')));
    writeFileSync(join(proc, 'sys/kernel/random/boot_id'), 'second-boot\n');
    expect(await rebooting.attach('target', job.id, collect())).toMatchObject({ kind: 'exited', code: 4 });
  });

  it('is unknown, and not started, when the host restarted since it may have been sent', async ({
    expect,
  }) => {
    const rebooting = createJobs(ssh, { dataFolder: lab.folder, proc: kernelFolder('second-boot', 30) });
    const job = jobOn('target', 'echo ran > after-restart');
    const end = await rebooting.run(job, collect(), { firstSentAt: new Date(Date.now() - 60_000) });
    expect(end).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('restarted just after the job was sent'),
    });
    expect(existsSync(join(host.home, 'after-restart'))).toBe(false);
  });

  it('is unknown when its folder tells nothing', async ({ expect }) => {
    mkdirSync(jobFolder(host, 'half-made'), { recursive: true });
    const end = await jobs.run(jobOn('target', 'echo ran > half-made-ran', { id: 'half-made' }), collect());
    expect(end).toMatchObject({ kind: 'unknown', why: expect.stringContaining('nothing in it tells') });
    mkdirSync(jobFolder(host, 'damaged'));
    for (const file of ['out', 'exit']) writeFileSync(join(jobFolder(host, 'damaged'), file), '');
    writeFileSync(join(jobFolder(host, 'damaged'), 'exit'), 'start\nend 0 \x00\x00\n');
    expect(await jobs.attach('target', 'damaged', collect())).toMatchObject({ kind: 'unknown' });
    expect(existsSync(join(host.home, 'half-made-ran'))).toBe(false);
  });

  it('whose folder disappears while it is followed is lost', async ({ expect }) => {
    const other = await lab.addHost('forgetful');
    const job = jobOn('forgetful', 'echo begun; sleep 60');
    const own = createSsh({ configFile: lab.configFile });
    const output = collect();
    const run = createJobs(own, { dataFolder: lab.folder }).run(job, output, {
      onLink: ({ state }) => {
        if (state === 'lost') rmSync(jobFolder(other, job.id), { recursive: true });
      },
    });
    await until('it has begun', () => output.text() !== '');
    await own.reset();
    expect(await run).toMatchObject({ kind: 'lost', why: expect.stringContaining('folder is gone') });
    await own.close();
  });
});

/** What `/proc` holds of a kernel's own. */
function kernelFolder(bootId: string, uptimeSeconds: number): string {
  const folder = join(lab.folder, `proc-${bootId}-${Math.random()}`);
  mkdirSync(join(folder, 'sys/kernel/random'), { recursive: true });
  writeFileSync(join(folder, 'sys/kernel/random/boot_id'), `${bootId}\n`);
  writeFileSync(join(folder, 'uptime'), `${uptimeSeconds}.50 1.00\n`);
  return folder;
}

describe('secrets', () => {
  it('stand in no process list and no file on the host', async () => {
    const secret = 'canary-7f3a91c4d2';
    const job = jobOn('target', 'test "$TOKEN" = "$EXPECTED" && echo same; sleep 0.5', {
      env: { TOKEN: secret, EXPECTED: secret },
    });
    const output = collect();
    const seen: string[] = [];
    let ended = false;
    const run = jobs.run(job, output).finally(() => {
      ended = true;
    });
    while (!ended) {
      seen.push(...commandLines().filter((line) => line.includes(secret)));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await run;
    expect(output.text()).toBe('same\n');
    expect(seen).toEqual([]);
    const files = spawn('grep', ['-rl', secret, lab.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let found = '';
    for await (const chunk of files.stdout) found += chunk;
    expect(found).toBe('');
  });
});

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}

describe('sweeping', () => {
  it('removes jobs that ended long enough ago and leaves the others', async () => {
    const cleaned = await lab.addHost('cleaned');
    await jobs.sweep('cleaned', 0);
    const [ended, recent, running] = ['echo old', 'echo new', 'echo begun; sleep 60'].map((script) =>
      jobOn('cleaned', script),
    ) as [ReturnType<typeof jobOn>, ReturnType<typeof jobOn>, ReturnType<typeof jobOn>];
    await jobs.run(ended, collect());
    await jobs.run(recent, collect());
    const stop = new AbortController();
    const output = collect();
    const run = jobs.run(running, output, { signal: stop.signal });
    await until('it has begun', () => output.text() !== '');
    stop.abort('enough seen');
    await expect(run).rejects.toBe('enough seen');
    const exit = join(jobFolder(cleaned, ended.id), 'exit');
    await until(
      'both results are kept',
      () => existsSync(exit) && existsSync(join(jobFolder(cleaned, recent.id), 'exit')),
    );
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    writeFileSync(exit, `end 0 0 ${hourAgo} ${hourAgo}\n`);

    await jobs.sweep('cleaned', 60_000);
    expect(readdirSync(join(cleaned.home, '.holdpoint/jobs')).sort()).toEqual([recent.id, running.id].sort());
    await jobs.sweep('cleaned', 0);
    expect(readdirSync(join(cleaned.home, '.holdpoint/jobs'))).toEqual([running.id]);
    await jobs.cancel('cleaned', running.id);
  });
});

describe('a host that cannot keep a job', () => {
  it('says why, and starts nothing', async () => {
    const blocked = await lab.addHost('blocked');
    writeFileSync(join(blocked.home, '.holdpoint'), 'a file where a folder should be');
    await expect(jobs.run(jobOn('blocked', 'touch "$HOME/ran"'), collect())).rejects.toMatchObject({
      code: 'not-writable',
      host: 'blocked',
      message: expect.stringMatching(
        /^blocked cannot keep a job in ~\/\.holdpoint\/jobs: .*Not a directory.*Nothing was started/,
      ),
    });
    await expect(jobs.cancel('blocked', 'some-job')).rejects.toMatchObject({ code: 'not-writable' });
    expect(existsSync(join(blocked.home, 'ran'))).toBe(false);
  });
});
