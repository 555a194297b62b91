import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** Makes an Ed25519 key without a passphrase unless it is there, and gives its public line. */
export async function ensureKey(sshKeygen: string, path: string, comment: string): Promise<string> {
  if (!existsSync(path) || !existsSync(`${path}.pub`)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const partial = `${path}.new`;
    rmSync(partial, { force: true });
    await promisify(execFile)(sshKeygen, ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', partial]);
    // The private half last: it is what tells that the key is there.
    renameSync(`${partial}.pub`, `${path}.pub`);
    renameSync(partial, path);
  }
  return readFileSync(`${path}.pub`, 'utf8').trim();
}
