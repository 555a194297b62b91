import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../hosts/index.ts';

/** Apart from the names other programs look for, so that nothing is ever in the way. */
const fileName = 'id_ed25519_holdpoint';

/**
 * Makes an Ed25519 key with `ssh-keygen` and gives its file. The passphrase reaches it by its input: neither an
 * argument nor the environment of a process is private.
 * @throws Error with what to do
 */
export function makeKey(folder: string, passphrase: string, env = process.env): Promise<string> {
  const file = join(folder, fileName);
  if (passphrase === '' || /[\n\r\0]/.test(passphrase))
    throw new Error('Give a passphrase of one line. Whoever copies the key file cannot sign without it.');
  if (existsSync(file)) throw new Error(`There is a key already at ${file}. Sign with that one.`);
  const tool = findProgram(process.platform === 'win32' ? 'ssh-keygen.exe' : 'ssh-keygen', env);
  if (!tool) throw new Error('There is no ssh-keygen in PATH, and it is what makes keys. Install OpenSSH.');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const comment = `${userInfo().username}@${hostname()}`;
  return new Promise((resolve, reject) => {
    const child = spawn(tool, ['-q', '-t', 'ed25519', '-C', comment, '-f', file], {
      env: { ...env, LC_ALL: 'C', SSH_ASKPASS_REQUIRE: 'never' },
      // A session of its own has no terminal, so the passphrase is read from the input.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 && existsSync(file)) resolve(file);
      else reject(new Error(`ssh-keygen made no key at ${file}: ${stderr.trim() || 'it gave no reason'}.`));
    });
    child.stdin.end(`${passphrase}\n${passphrase}\n`);
  });
}
