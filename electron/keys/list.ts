import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../hosts/index.ts';
import { type PublicLine, parsePublicLine } from './public-line.ts';

export interface SshKey extends PublicLine {
  /** What `ssh-keygen -f` takes: a private key, or a public one whose private half the agent or a device has. */
  keyFile: string;
  inAgent: boolean;
}

export interface KeyPlaces {
  /** Usually `~/.ssh`. */
  folder: string;
  /** Where public halves of keys that only the agent has are written, so that `ssh-keygen` can be told of them. */
  copies: string;
  env?: NodeJS.ProcessEnv;
}

/** A public key file is a few hundred bytes. */
const longestPublicFile = 16_384;
const agentTimeoutMs = 5_000;

/**
 * The keys and certificates that can sign here, those with a file first. A public key alone counts only while the agent
 * has it.
 */
export async function listKeys({ folder, copies, env = process.env }: KeyPlaces): Promise<SshKey[]> {
  const ofAgent = new Map((await agentKeys(env)).map((key) => [key.fingerprint, key]));
  const ofFiles = fileKeys(folder).flatMap((key): SshKey[] => {
    const inAgent = ofAgent.delete(key.fingerprint);
    return key.hasPrivate || inAgent
      ? [
          {
            ...key,
            keyFile: key.hasPrivate && !isCertificate(key) ? key.privateFile : key.publicFile,
            inAgent,
          },
        ]
      : [];
  });
  const rest = [...ofAgent.values()].map((key) => ({
    ...key,
    keyFile: writeCopy(copies, key),
    inAgent: true,
  }));
  return [...ofFiles, ...rest];
}

/** To sign with a certificate, it is what `ssh-keygen` is told of. */
function isCertificate({ type }: PublicLine): boolean {
  return type.includes('-cert-');
}

function fileKeys(folder: string) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith('.pub'))
    .sort()
    .flatMap((name) => {
      const publicFile = join(folder, name);
      // A certificate lies beside the key that it is for.
      const privateFile = publicFile.replace(/(-cert)?\.pub$/, '');
      const line = parsePublicLine(readPublic(publicFile));
      return line ? [{ ...line, publicFile, privateFile, hasPrivate: existsSync(privateFile) }] : [];
    });
}

/** Empty where it cannot be read: a key that is not for this user is none of theirs. */
function readPublic(file: string): string {
  try {
    return readFileSync(file).subarray(0, longestPublicFile).toString('utf8');
  } catch {
    return '';
  }
}

/** What the agent has; nothing without an agent. */
function agentKeys(env: NodeJS.ProcessEnv): Promise<PublicLine[]> {
  const tool = findProgram(process.platform === 'win32' ? 'ssh-add.exe' : 'ssh-add', env);
  if (!tool) return Promise.resolve([]);
  return new Promise((resolve) => {
    execFile(tool, ['-L'], { env, timeout: agentTimeoutMs, windowsHide: true }, (error, stdout) => {
      resolve(error ? [] : stdout.split('\n').flatMap((line) => parsePublicLine(line) ?? []));
    });
  });
}

function writeCopy(folder: string, { type, blob, fingerprint, comment }: PublicLine): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${fingerprint.replace(/[^A-Za-z0-9]/g, '-')}.pub`);
  writeFileSync(file, `${type} ${blob.toString('base64')} ${comment}\n`);
  return file;
}
