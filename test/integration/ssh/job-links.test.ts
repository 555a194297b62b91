import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, type TestContext } from 'vitest';
import type { JobLink } from '../../../electron/ssh/index.ts';
import { collect, jobFolder, jobOn, setScene, sha256Of, until } from './support.ts';

/** A host behind a proxy, a client, and a record of what its jobs tell of the link. */
async function setFarScene(context: TestContext) {
  const scene = setScene(context);
  const ssh = scene.client();
  const { host, proxy } = await scene.proxiedHost('far');
  const links: JobLink[] = [];
  return {
    ssh,
    jobs: scene.jobs(ssh),
    host,
    proxy,
    links,
    onLink: (link: JobLink) => void links.push(link),
    runs: (file: string) => readFileSync(join(host.home, file), 'utf8'),
  };
}

it.concurrent('the reply to the launch is lost: the job is found, not started again', async (context) => {
  const { ssh, jobs, host, proxy, links, onLink, runs } = await setFarScene(context);
  await ssh.connect('far');
  // The program is under way, and nothing comes back from here on.
  proxy.onSent(3000, () => proxy.muteServer(true));
  const job = jobOn('far', 'echo run >> launched; sleep 0.5; echo said');
  const output = collect();
  const run = jobs.run(job, output, { onLink });
  await until('the job runs', () => existsSync(join(host.home, 'launched')));
  proxy.drop();
  proxy.muteServer(false);
  expect(await run).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
  expect(output.text()).toBe('said\n');
  expect(runs('launched')).toBe('run\n');
  expect(links.map(({ state }) => state)).toEqual(['lost', 'connected']);
});

it.concurrent('the launch is cut at any byte on the way: the job runs exactly once all the same', async (context) => {
  const { ssh, jobs, proxy, links, onLink, runs } = await setFarScene(context);
  await ssh.connect('far');
  const before = proxy.sentBytes();
  await jobs.run(jobOn('far', ':'), collect());
  const launchBytes = proxy.sentBytes() - before;
  for (let cut = 0; cut <= launchBytes + 400; cut += Math.ceil(launchBytes / 10)) {
    const job = jobOn('far', 'echo run >> "$HOME/$NAME"', { env: { NAME: `cut-${cut}` } });
    await ssh.connect('far');
    proxy.onSent(cut, proxy.drop);
    expect(await jobs.run(job, collect(), { onLink })).toMatchObject({
      kind: 'exited',
      code: 0,
      executions: 1,
    });
    expect(runs(`cut-${cut}`)).toBe('run\n');
  }
  expect(links.some(({ state }) => state === 'lost')).toBe(true);
});

it.concurrent('a frozen link is told, and when it is back the output goes on without gap or repetition', async (context) => {
  const { jobs, host, proxy, links, onLink } = await setFarScene(context);
  const job = jobOn('far', 'for i in $(seq 400); do echo "line $i"; sleep 0.01; done');
  const output = collect();
  const run = jobs.run(job, output, { onLink });
  await until('output has come', () => output.offset() > 100);
  proxy.freeze();
  await until('the loss is noticed', () => links.at(-1)?.state === 'lost');
  const lost = links.at(-1);
  expect(lost).toMatchObject({ state: 'lost', why: expect.stringMatching(/far/) });
  expect(lost?.state === 'lost' && lost.nextLookMs).toBeGreaterThan(0);
  const frozenAt = output.offset();
  proxy.thaw();
  expect(await run).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
  expect(output.offset()).toBeGreaterThan(frozenAt);
  expect(output.sha256()).toBe(sha256Of(join(jobFolder(host, job.id), 'out')));
  expect(links.at(-1)).toEqual({ state: 'connected' });
});

it.concurrent('a link that breaks again and again in the middle of output loses nothing and repeats nothing', async (context) => {
  const { jobs, host, proxy, links, onLink } = await setFarScene(context);
  const job = jobOn('far', 'for i in 1 2 3 4 5 6 7 8; do head -c 3000000 /dev/urandom; sleep 0.2; done');
  const output = collect();
  let at = 0;
  const run = jobs.run(
    job,
    {
      offset: output.offset,
      write(chunk) {
        output.write(chunk);
        if (output.offset() < at) return;
        at = output.offset() + 2_500_000 + Math.random() * 2_000_000;
        // Some of these come while a part is on its way, some between two.
        setTimeout(proxy.drop, Math.random() * 20);
      },
    },
    { onLink },
  );
  expect(await run).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
  expect(output.offset()).toBe(24_000_000);
  expect(output.sha256()).toBe(sha256Of(join(jobFolder(host, job.id), 'out')));
  expect(links.filter(({ state }) => state === 'lost').length).toBeGreaterThan(2);
});

it.concurrent('a half-closed link is a lost one, and the job is attached again', async (context) => {
  const { jobs, proxy, links, onLink } = await setFarScene(context);
  const output = collect();
  const run = jobs.run(jobOn('far', 'echo one; sleep 1; echo two'), output, { onLink });
  await until('output has come', () => output.text() !== '');
  proxy.halfClose();
  expect(await run).toMatchObject({ kind: 'exited', executions: 1 });
  expect(output.text()).toBe('one\ntwo\n');
  expect(links.map(({ state }) => state)).toEqual(['connected', 'lost', 'connected']);
});

it.concurrent('a host that is away is waited for, longer each time, and the job starts when it is back', async (context) => {
  const { jobs, host, links, onLink, runs } = await setFarScene(context);
  await host.stop();
  const run = jobs.run(jobOn('far', 'echo run >> waited-for'), collect(), { onLink });
  await until('it has looked three times', () => links.length === 3);
  await host.start();
  expect(await run).toMatchObject({ kind: 'exited', code: 0, executions: 1 });
  const waits = links.flatMap((link) => (link.state === 'lost' ? [link.nextLookMs] : []));
  expect(waits.slice(0, 3)).toEqual([250, 500, 1000]);
  expect(runs('waited-for')).toBe('run\n');
});

it.concurrent('sshd is restarted while a job runs: the job goes on and is attached again', async (context) => {
  const { jobs, host, links, onLink } = await setFarScene(context);
  const output = collect();
  const run = jobs.run(jobOn('far', 'echo one; sleep 1; echo two'), output, { onLink });
  await until('output has come', () => output.text() !== '');
  await host.stop();
  await host.start();
  expect(await run).toMatchObject({ kind: 'exited', executions: 1 });
  expect(output.text()).toBe('one\ntwo\n');
  expect(links.at(-1)).toEqual({ state: 'connected' });
});

it.concurrent('after sleep the next look is at once, not when the wait is over', async (context) => {
  const { ssh, jobs, proxy, links, onLink } = await setFarScene(context);
  const output = collect();
  const run = jobs.run(jobOn('far', 'echo one; until [ -e "$HOME/go" ]; do sleep 0.05; done'), output, {
    onLink,
  });
  await until('output has come', () => output.text() !== '');
  proxy.refuse(true);
  proxy.drop();
  await until('waits have become long', () =>
    links.some((link) => link.state === 'lost' && link.nextLookMs >= 4000),
  );
  proxy.refuse(false);
  const looks = links.length;
  await ssh.connect('far');
  await until('it is attached', () => links.length > looks);
  expect(links.at(-1)).toEqual({ state: 'connected' });
  await ssh.run('far', ': > go');
  expect(await run).toMatchObject({ kind: 'exited', executions: 1 });
});

it.concurrent('on a slow link a job that does nothing takes one session', async (context) => {
  const { ssh, jobs, proxy } = await setFarScene(context);
  await ssh.connect('far');
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  proxy.delay(150);
  const plain = await timed(() => ssh.run('far', ':'));
  const step = await timed(() => jobs.run(jobOn('far', ':'), collect()));
  // A second session would take as long again.
  expect(step).toBeLessThan(plain * 1.6);
});

it.concurrent('an unknown key, a changed key and a refusal are not waited for', async (context) => {
  const scene = setScene(context);
  const { lab } = scene;
  const jobs = scene.jobs(scene.client());
  await lab.addHost('unknown', { known: false });
  const changed = await lab.addHost('changed');
  await changed.changeKey();
  await lab.addHost('closed', { serverLines: ['AuthorizedKeysFile none'] });
  const cases = { unknown: 'key-unknown', changed: 'key-changed', closed: 'refused' };
  for (const [host, code] of Object.entries(cases)) {
    await expect(jobs.run(jobOn(host, ':'), collect())).rejects.toMatchObject({ code, host });
    await expect(jobs.attach(host, 'some-job', collect())).rejects.toMatchObject({ code, host });
  }
});

it.concurrent('what cannot be written here stops the following with that error, and the job goes on', async (context) => {
  const { jobs } = await setFarScene(context);
  const job = jobOn('far', 'echo one; sleep 0.3; echo two');
  const full = {
    offset: () => 0,
    write: () => {
      throw new Error('the disk here is full');
    },
  };
  await expect(jobs.run(job, full)).rejects.toThrow('the disk here is full');
  const output = collect();
  expect(await jobs.attach('far', job.id, output)).toMatchObject({ kind: 'exited', executions: 1 });
  expect(output.text()).toBe('one\ntwo\n');
});
