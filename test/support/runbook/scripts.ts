import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stepKind } from '../../../electron/runbook/kinds/index.ts';
import type { CompileContext, Script } from '../../../electron/runbook/kinds/kind.ts';
import { reveal } from '../../../electron/runbook/text.ts';

export interface Ended {
  code: number | null;
  output: string;
}

/** A host that is a folder of this machine: scripts see it as their home. */
export function hostFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'holdpoint-host-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** Runs a compiled script as a host would, in an environment that has these values besides. */
export function runScript(
  script: Script,
  home: string,
  secrets: Record<string, string> = {},
  hostEnv: Record<string, string> = {},
): Promise<Ended> {
  const known = new Map(Object.entries(secrets));
  const env = Object.fromEntries(
    Object.entries(script.env).map(([name, text]) => [name, reveal(text, known)]),
  );
  return new Promise((resolve, reject) => {
    const [shell = 'sh', ...flags] = script.shell.split(' ');
    const child = spawn(shell, [...flags, '-c', script.text], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, ...hostEnv, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

export function contextOn(home: string, changes: Partial<CompileContext> = {}): CompileContext {
  return {
    run: 'r1',
    host: 'prd-1',
    by: 'ada on laptop',
    values: {
      known: { root: home, system: 'APEX-Ranker', version: '0.2.0', release: '0.2.0-r1', previous: '' },
      secrets: ['API_KEY'],
    },
    needs: {},
    uploads: {},
    releasesFolder: join(home, 'releases'),
    previousFolder: '',
    takesOverFrom: '',
    template: () => '',
    ...changes,
  };
}

/** Compiles a step for a host as a plan would. */
export function compile(spec: Record<string, unknown>, context: CompileContext): Script {
  const kind = stepKind(Object.keys(spec)[0] ?? '');
  if (kind.style !== 'script') throw new Error(`${kind.kind} is no script`);
  return kind.compile(kind.schema.parse(spec), context);
}

export function undo(spec: Record<string, unknown>, context: CompileContext): Script {
  const kind = stepKind(Object.keys(spec)[0] ?? '');
  const script = kind.style === 'script' ? kind.undo(kind.schema.parse(spec), context) : null;
  if (!script) throw new Error(`${kind.kind} cannot be undone`);
  return script;
}
