import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `ssh-keygen` in a folder of its own: makes keys, signs, and says whether it believes a signature. */
export class Oracle {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  run(args: readonly string[], input: string | Buffer = ''): { ok: boolean; said: string } {
    const { status, stdout, stderr } = spawnSync('ssh-keygen', args, {
      cwd: this.folder,
      input,
      env: { ...process.env, TZ: 'UTC0' },
    });
    return { ok: status === 0, said: `${stdout}${stderr}` };
  }

  /** Gives type and key of a new key pair kept under `name`. */
  makeKey(name: string, type: string, bits?: number): string {
    const made = this.run([
      '-q',
      '-t',
      type,
      ...(bits ? ['-b', String(bits)] : []),
      '-N',
      '',
      '-C',
      '',
      '-f',
      name,
    ]);
    if (!made.ok) throw new Error(made.said);
    return readFileSync(join(this.folder, `${name}.pub`), 'utf8').trim();
  }

  sign(name: string, message: string | Buffer, namespace: string, hash = 'sha512'): string {
    const file = join(this.folder, 'message');
    writeFileSync(file, message);
    rmSync(`${file}.sig`, { force: true });
    const signed = this.run(['-q', '-Y', 'sign', '-n', namespace, '-O', `hashalg=${hash}`, '-f', name, file]);
    if (!signed.ok) throw new Error(signed.said);
    return readFileSync(`${file}.sig`, 'utf8');
  }

  verify(claim: {
    message: string | Buffer;
    armoured: string | Buffer;
    signers: string;
    principal: string;
    namespace: string;
    at: string;
    revoked?: string;
  }): { ok: boolean; said: string } {
    const { message, armoured, signers, principal, namespace, at, revoked } = claim;
    writeFileSync(join(this.folder, 'verify.sig'), armoured);
    writeFileSync(join(this.folder, 'signers'), signers);
    writeFileSync(join(this.folder, 'revoked'), revoked ?? '');
    return this.run(
      [
        ...['-Y', 'verify', '-f', 'signers', '-I', principal, '-n', namespace, '-s', 'verify.sig'],
        ...['-O', `verify-time=${at}`],
        ...(revoked === undefined ? [] : ['-r', 'revoked']),
      ],
      message,
    );
  }
}
