import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { findProgram, isExecutable } from '../../hosts/index.ts';
import { SignoffError } from '../errors.ts';

/** The `ssh-keygen` that signs. */
export interface SigningTool {
  path: string;
  /** `9.2`; null where nothing beside it says. */
  version: string | null;
}

const ending = process.platform === 'win32' ? '.exe' : '';

/** Finds `ssh-keygen` in PATH and asks the `ssh` beside it for the version. @throws SignoffError `no-ssh-keygen` */
export async function findSigningTool(env: NodeJS.ProcessEnv = process.env): Promise<SigningTool> {
  const path = findProgram(`ssh-keygen${ending}`, env);
  if (!path) {
    throw new SignoffError(
      'no-ssh-keygen',
      'There is no ssh-keygen in PATH, and it is what signs. Install the OpenSSH client (Debian: apt install openssh-client; Windows: the optional feature "OpenSSH Client").',
    );
  }
  const version = await versionBeside(path);
  assertSigns(path, version);
  return { path, version };
}

function assertSigns(path: string, version: string | null): void {
  if (version === null) return;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 8 || (major === 8 && minor < 1)) {
    throw new SignoffError(
      'no-ssh-keygen',
      `${path} is of OpenSSH ${version}, which cannot sign. Install 8.8 or newer.`,
    );
  }
  if (major === 8 && minor === 7) {
    throw new SignoffError(
      'no-ssh-keygen',
      `${path} is of OpenSSH 8.7, whose signatures are broken. Install 8.8 or newer, or put another ssh-keygen first in PATH.`,
    );
  }
}

/** `ssh-keygen` does not tell its version; the `ssh` that came with it does. */
function versionBeside(path: string): Promise<string | null> {
  const ssh = join(dirname(path), `ssh${ending}`);
  if (!isExecutable(ssh)) return Promise.resolve(null);
  return new Promise((resolve) => {
    execFile(ssh, ['-V'], { timeout: 10_000, windowsHide: true }, (_error, stdout, stderr) => {
      const match = /OpenSSH_(?:for_Windows_)?(\d+\.\d+)/.exec(`${stderr}${stdout}`);
      resolve(match?.[1] ?? null);
    });
  });
}
