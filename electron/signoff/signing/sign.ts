import { spawn } from 'node:child_process';
import { SignoffError } from '../errors.ts';
import { fingerprint } from '../ssh/key.ts';
import { parseSshsig, verifySshsig } from '../ssh/sshsig.ts';
import { type Ask, openAskpass } from './askpass.ts';
import type { SigningTool } from './tool.ts';

export interface SignOptions {
  tool: SigningTool;
  /** A private key, or a public key whose private half an agent or a security key has. Holdpoint does not read it. */
  keyFile: string;
  namespace: string;
  ask: Ask;
  signal?: AbortSignal;
}

export interface Signature {
  armoured: string;
  fingerprint: string;
}

/**
 * Signs the bytes with `ssh-keygen` and verifies what comes back, so that nothing is kept that will not verify.
 * @throws SignoffError `cannot-sign`, `cancelled`
 */
export async function sign(message: Buffer, options: SignOptions): Promise<Signature> {
  const armoured = await runTool(message, options);
  try {
    const sshsig = parseSshsig(armoured);
    verifySshsig(sshsig, message, options.namespace);
    return { armoured, fingerprint: fingerprint(sshsig.key) };
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    throw new SignoffError(
      'cannot-sign',
      `${options.tool.path} made a signature that does not verify: ${error.message} Install OpenSSH 8.8 or newer.`,
      { cause: error },
    );
  }
}

function runTool(message: Buffer, { tool, keyFile, namespace, ask, signal }: SignOptions): Promise<string> {
  // On Windows there are no named pipes of this sort: keys then come from the agent, which asks by itself.
  const askpass = process.platform === 'win32' ? null : openAskpass(ask);
  return new Promise<string>((resolve, reject) => {
    const child = spawn(tool.path, ['-Y', 'sign', '-n', namespace, '-f', keyFile], {
      env: { ...process.env, LC_ALL: 'C', ...askpass?.env },
      // A session of its own has no terminal that it could ask on.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.stdin.on('error', () => {});
    child.on('error', (error) =>
      reject(new SignoffError('no-ssh-keygen', `${tool.path} cannot be started: ${error.message}.`)),
    );
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else if (signal?.aborted || askpass?.refused()) {
        reject(new SignoffError('cancelled', 'Nothing was signed: the prompt was ended.'));
      } else reject(new SignoffError('cannot-sign', whyNot(stderr, keyFile)));
    });
    // Its helpers go with it: one that still waits for an answer would hold its output open.
    const abort = () => killGroup(child.pid);
    child.once('exit', abort);
    signal?.addEventListener('abort', abort, { once: true });
    child.once('close', () => signal?.removeEventListener('abort', abort));
    if (signal?.aborted) abort();
    child.stdin.end(message);
  }).finally(() => askpass?.close());
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended, and its helpers with it.
  }
}

function whyNot(stderr: string, keyFile: string): string {
  if (/incorrect passphrase/i.test(stderr))
    return `The passphrase of ${keyFile} is not right. Nothing was signed.`;
  if (/no such file|couldn't load public key/i.test(stderr)) return `There is no key ${keyFile}.`;
  if (/agent refused|agent/i.test(stderr)) {
    return `The agent would not sign with ${keyFile}. See that it runs (SSH_AUTH_SOCK) and has the key: ssh-add -l.`;
  }
  if (/bad permissions|too open/i.test(stderr))
    return `Others can read ${keyFile}. Make it yours alone: chmod 600 ${keyFile}.`;
  if (/device not found|no device|FIDO/i.test(stderr))
    return 'The security key is not there. Plug it in and try again.';
  const [last = 'it gave no reason'] = stderr.trim().split('\n').slice(-1);
  return `ssh-keygen would not sign with ${keyFile}: ${last}`;
}
