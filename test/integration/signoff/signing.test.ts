import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Ask, Prompt } from '../../../electron/signoff/signing/askpass.ts';
import { sign } from '../../../electron/signoff/signing/sign.ts';
import { findSigningTool } from '../../../electron/signoff/signing/tool.ts';
import { namespace } from '../../../electron/signoff/statement/statement.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { Oracle } from './oracle.ts';

const message = Buffer.from('{"answer":"go"}');
const noQuestions: Ask = async ({ text }) => {
  throw new Error(`Nothing should have been asked, but was: ${text}`);
};
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('holdpoint-ask-'));
beforeEach(() => {
  vi.stubEnv('TMPDIR', temporaryFolder());
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
});

async function believed(oracle: Oracle, key: string, armoured: string) {
  const [principal, at] = ['ada@example.com', '20261124120000'];
  return oracle.verify({ message, armoured, signers: `${principal} ${key}`, principal, namespace, at });
}

function keyWith(passphrase: string) {
  const oracle = new Oracle(temporaryFolder());
  const keyFile = join(oracle.folder, 'key');
  oracle.run(['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', 'key']);
  const key = oracle.run(['-y', '-P', passphrase, '-f', 'key']).said.trim();
  return { oracle, keyFile, key };
}

/** A stand-in for a program of OpenSSH, in a folder that is all of PATH but for the shell's. */
function fakeTools(tools: Record<string, string>): NodeJS.ProcessEnv {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: folder };
}

describe('signing', () => {
  it('with a key file that has no passphrase asks nothing, and ssh-keygen believes it', async () => {
    const { oracle, keyFile, key } = keyWith('');
    const tool = await findSigningTool();
    const { armoured, fingerprint } = await sign(message, { tool, keyFile, namespace, ask: noQuestions });
    expect((await believed(oracle, key, armoured)).ok).toBe(true);
    expect(oracle.run(['-l', '-f', 'key.pub']).said).toContain(fingerprint);
    expect(leftovers()).toEqual([]);
  });

  it('asks for the passphrase in its own prompt, and takes any characters', async () => {
    const passphrase = `sp ace $HOME 'quote" \\back * ü%s`;
    const { oracle, keyFile, key } = keyWith(passphrase);
    const asked: Prompt[] = [];
    const ask: Ask = async (prompt) => {
      asked.push(prompt);
      return passphrase;
    };
    const { armoured } = await sign(message, { tool: await findSigningTool(), keyFile, namespace, ask });
    expect((await believed(oracle, key, armoured)).ok).toBe(true);
    expect(asked).toEqual([{ kind: 'secret', text: expect.stringMatching(/passphrase/) }]);
    expect(leftovers()).toEqual([]);
  });

  it.each<[name: string, answer: string | null, code: string, words: RegExp]>([
    ['a wrong passphrase is said', 'wrong', 'cannot-sign', /not right/],
    ['a prompt that is ended signs nothing', null, 'cancelled', /Nothing was signed/],
    ['an answer of two lines is no answer', 'secret\nyes', 'cancelled', /Nothing was signed/],
  ])('%s', async (_name, answer, code, words) => {
    const { keyFile } = keyWith('secret');
    const tool = await findSigningTool();
    const refusal = sign(message, { tool, keyFile, namespace, ask: async () => answer });
    await expect(refusal).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
    expect(leftovers()).toEqual([]);
  });

  it('can be given up while the prompt is open', async () => {
    const { keyFile } = keyWith('secret');
    const controller = new AbortController();
    const ended = vi.fn();
    const ask: Ask = (_prompt, signal) => {
      signal.addEventListener('abort', ended);
      setTimeout(() => controller.abort(), 20);
      return new Promise(() => {});
    };
    const { signal } = controller;
    const refusal = sign(message, { tool: await findSigningTool(), keyFile, namespace, ask, signal });
    await expect(refusal).rejects.toMatchObject({ code: 'cancelled' });
    expect(ended).toHaveBeenCalledOnce();
    expect(leftovers()).toEqual([]);
  });

  it('with a key that only the agent has', async () => {
    const { oracle, keyFile, key } = keyWith('');
    const socket = join(oracle.folder, 'agent');
    const agent: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    onTestFinished(() => {
      agent.kill();
    });
    vi.stubEnv('SSH_AUTH_SOCK', socket);
    await vi.waitFor(
      async () => {
        const adding = spawn('ssh-add', ['-q', keyFile], { stdio: 'ignore' });
        const status = await new Promise((resolve) => adding.on('close', resolve));
        expect(status).toBe(0);
      },
      { timeout: 10_000, interval: 50 },
    );
    const tool = await findSigningTool();
    const elsewhere = join(temporaryFolder(), 'only.pub');
    writeFileSync(elsewhere, `${key}\n`);
    const { armoured } = await sign(message, { tool, keyFile: elsewhere, namespace, ask: noQuestions });
    expect((await believed(oracle, key, armoured)).ok).toBe(true);
    agent.kill();
    await new Promise((resolve) => agent.on('close', resolve));
    const refusal = sign(message, { tool, keyFile: elsewhere, namespace, ask: noQuestions });
    await expect(refusal).rejects.toMatchObject({ code: 'cannot-sign' });
  });

  it('shows what the program says while it waits, such as a touch, until it waits no more', async () => {
    const { keyFile } = keyWith('');
    const { path } = await findSigningTool();
    const env = fakeTools({
      'ssh-keygen': `SSH_ASKPASS_PROMPT=none "$SSH_ASKPASS" "Confirm user presence for key" & notice=$!
SSH_ASKPASS_PROMPT=confirm "$SSH_ASKPASS" "Allow use of key?" >&2 || exit 1
kill "$notice"; exec ${path} "$@"`,
    });
    const tool = { path: join(env.PATH ?? '', 'ssh-keygen'), version: null };
    const asked: string[] = [];
    let noticeEnded = false;
    const ask: Ask = async ({ kind, text }, signal) => {
      asked.push(`${kind}: ${text}`);
      if (kind !== 'notice') return vi.waitUntil(() => asked.length === 2 && 'yes', { timeout: 5_000 });
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          noticeEnded = true;
          resolve(null);
        });
      });
    };
    await sign(message, { tool, keyFile, namespace, ask });
    expect(asked.sort()).toEqual(['confirm: Allow use of key?', 'notice: Confirm user presence for key']);
    expect(noticeEnded).toBe(true);
  });

  it('refuses an OpenSSH that is missing, too old, or the broken 8.7, and says what to install', async () => {
    const of = (version: string) =>
      fakeTools({ 'ssh-keygen': 'exit 1', ssh: `echo "${version}, OpenSSL 3" >&2` });
    const cases = [
      [fakeTools({}), /no ssh-keygen in PATH/],
      [of('OpenSSH_8.7p1'), /8\.7, whose signatures are broken/],
      [of('OpenSSH_7.9p1'), /7\.9, which cannot sign/],
      [of('OpenSSH_for_Windows_8.0p1'), /8\.0, which cannot sign/],
    ] as const;
    for (const [env, message] of cases) {
      await expect(findSigningTool(env)).rejects.toMatchObject({
        code: 'no-ssh-keygen',
        message: expect.stringMatching(message),
      });
    }
    expect(await findSigningTool(of('OpenSSH_10.1p2'))).toMatchObject({ version: '10.1' });
    expect(await findSigningTool(fakeTools({ 'ssh-keygen': '' }))).toMatchObject({ version: null });
  });

  it('keeps nothing that does not verify, whatever the program is', async () => {
    const { oracle, keyFile } = keyWith('');
    const wrong = join(oracle.folder, 'wrong.sig');
    writeFileSync(wrong, oracle.sign('key', 'something else', namespace));
    const env = fakeTools({ 'ssh-keygen': `cat ${wrong}` });
    const tool = { path: join(env.PATH ?? '', 'ssh-keygen'), version: null };
    const refusal = sign(message, { tool, keyFile, namespace, ask: noQuestions });
    await expect(refusal).rejects.toMatchObject({ code: 'cannot-sign', message: /does not verify/ });
  });
});
