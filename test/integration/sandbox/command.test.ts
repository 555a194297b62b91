import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createSandbox } from '../../../electron/sandbox/index.ts';
import { root } from '../../../scripts/support/root.ts';
import { makeTemporaryFolder, processesOf, resources, run, ssh } from './support.ts';

const script = join(root, 'scripts', 'sandbox.ts');

/** `npm run sandbox`, without npm, until it says how to stop it. */
async function start(folder: string, account: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [script, '--folder', folder], {
    cwd: '/',
    ...account,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await createSandbox({ folder, resources }).stop();
  });
  await Promise.race([expect.poll(() => said, { timeout: 60_000 }).toMatch(/Stop {5}Ctrl-C/), ended]);
  return { child, ended, said: () => said };
}

function temporaryParent(): string {
  const folder = makeTemporaryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await new Promise((resolve) => child.once('exit', resolve));
}

it('two sandboxes live side by side; one outlives its starter, is found again, and is stopped from elsewhere', async () => {
  const parent = temporaryParent();
  const [first, second] = [join(parent, 'first'), join(parent, 'second')];
  const [one, two] = await Promise.all([start(first), start(second)]);
  expect(one.said()).toMatch(/stg-1 +ssh on port \d+\n +apex-ranker 0\.1\.9 on http/);
  expect(one.said()).toContain(`ssh -F '${first}/ssh_config' stg-1`);

  await end(one.child, 'SIGKILL');
  const pids = () => processesOf(first).map((line) => line.split(' ')[0]);
  const before = pids();
  expect(before).toHaveLength(9);
  expect((await ssh(first, 'prd-2', 'echo here')).stdout).toBe('here\n');
  const found = createSandbox({ folder: first, resources });
  expect(await found.state()).toMatchObject({ state: 'running' });
  expect(await found.start()).toMatchObject({ state: 'running' });
  expect(pids()).toEqual(before);

  two.child.kill('SIGINT');
  expect(await two.ended).toBe(0);
  expect(two.said()).toMatch(/Stopped\. Nothing of the sandbox runs any more\.\n$/);
  expect(processesOf(second)).toEqual([]);
  expect(pids()).toEqual(before);

  const stopped = await run(process.execPath, [script, 'stop', '--folder', first]);
  expect(stopped).toMatchObject({ code: 0, stderr: '' });
  expect(processesOf(first)).toEqual([]);
});

it('a starter that is killed in mid-start leaves nothing that the next start does not put right', async () => {
  const folder = join(temporaryParent(), 's');
  for (const afterMs of [150, 350, 550, 750]) {
    const child = spawn(process.execPath, [script, '--folder', folder], { stdio: 'ignore' });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await end(child, 'SIGKILL');
  }
  const { said } = await start(folder);
  expect(said()).toMatch(/prd-2 +ssh on port \d+\n +apex-ranker 0\.1\.9 .*\n +neural-trading 1\.3\.2 /);
  for (const host of ['stg-1', 'prd-1', 'prd-2']) expect((await ssh(folder, host, 'true')).code).toBe(0);
  expect(processesOf(folder).filter((line) => /sshd: .*listener/.test(line))).toHaveLength(3);
  expect(processesOf(folder).filter((line) => line.includes('server.mjs'))).toHaveLength(6);
});

it('works for a user who is not root', async () => {
  const account = accountWithShell();
  if (process.getuid?.() === 0 && !account) {
    console.log('No account but root can run this: the sandbox is not tried as another user here.');
    return;
  }
  const parent = temporaryParent();
  const folder = join(parent, 's');
  if (account) chownSync(parent, account.uid, account.gid);
  const { child, ended } = await start(folder, account ?? {});
  const login = ['-F', join(folder, 'ssh_config'), '-o', 'BatchMode=yes', 'prd-1', 'id -u; pwd'];
  const asked = spawn('ssh', login, { ...account, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of asked.stdout) output += chunk;
  expect(output).toBe(`${account?.uid ?? process.getuid?.()}\n${join(folder, 'hosts', 'prd-1')}\n`);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(processesOf(folder)).toEqual([]);
});

it('a verb or option that is not known is refused with the usage', async () => {
  for (const args of [['explode'], ['--port', '1'], ['stop', 'now']]) {
    expect(await run(process.execPath, [script, ...args])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/npm run sandbox -- stop/),
    });
  }
});

/** Somebody who can log in and read this folder, where the tests run as root. */
function accountWithShell(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , uid, , , , shell]) => uid !== '0' && /\/(ba|da|z)?sh$/.test(shell ?? ''))
    .map(([, , uid, gid]) => ({ uid: Number(uid), gid: Number(gid) }));
  const reads = (account: { uid: number; gid: number }) =>
    spawnSync(process.execPath, ['--check', script], { ...account, cwd: '/' }).status === 0;
  return accounts.find(reads) ?? null;
}
