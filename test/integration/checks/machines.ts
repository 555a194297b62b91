import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunOnHost } from '../../../electron/checks/index.ts';
import type { Evidence } from '../../../shared/contract/checklist.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { type MeasureForTest, measureHere as measure } from '../../unit/checks/fakes.ts';

/** A host that is this machine: the program goes to a real shell on its standard input, as through SSH. */
export function hostWithShell(shell = ['sh'], env: Record<string, string> = {}): RunOnHost {
  return (_host, program, { onOutput, signal }) =>
    new Promise((resolve, reject) => {
      const [file = '', ...words] = shell;
      const child = spawn(file, [...words, '-s'], { env: { ...process.env, ...env } });
      let stderr = '';
      child.stdout.on('data', onOutput);
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk;
      });
      signal?.addEventListener('abort', () => {
        child.kill('SIGKILL');
        reject(signal.reason);
      });
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, stderr }));
      child.stdin.end(program);
    });
}

/** Runs one check once, here or on the host `prd-1`, which is this machine behind a shell. */
export function measureHere(
  kind: string,
  spec: unknown,
  { surroundings, ...changes }: MeasureForTest = {},
): Promise<Evidence> {
  return measure(kind, spec, { ...changes, surroundings: { runOnHost: hostWithShell(), ...surroundings } });
}

export const places: [string, string[]][] = [
  ['this machine', []],
  ['a host', ['prd-1']],
];

/** A folder with exactly these programs, the system's own by their names, and scripts of the test. */
export function onlyPrograms(names: string[], scripts: Record<string, string> = {}): { PATH: string } {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const name of names) {
    const found = ['/usr/bin', '/bin'].map((place) => join(place, name));
    symlinkSync(found[0] ?? '', join(folder, name));
  }
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: folder };
}

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real HTTP server on a free port; gives its address and what it was asked. */
export async function serve(
  answer: (request: Seen, response: ServerResponse) => void,
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
