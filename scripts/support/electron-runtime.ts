import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

const folder = join(root, 'node_modules', 'electron');
const reachMs = 3_000;
const downloadMs = 180_000;

/** The path of Electron's program, or null where only its types are installed. */
export function electronProgram(): string | null {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    const installed = readFileSync(join(folder, 'dist', 'version'), 'utf8').replace(/^v/, '');
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return installed === version && existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** Lets Electron's own installer fetch the runtime. Gives why it could not; empty when it is there. */
export async function downloadRuntime(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const source =
    env.ELECTRON_MIRROR ??
    env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  const site = new URL(source).host;
  if (!(await canReach(source))) return `${site}, where it comes from, cannot be reached`;
  console.error(`Downloading Electron's runtime from ${site} (once, about 110 MB) …`);
  const code = await runInstaller();
  return code === 0 && electronProgram() ? '' : `its download from ${site} failed`;
}

async function canReach(address: string): Promise<boolean> {
  try {
    // Any answer will do; only silence means that there is no way there.
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachMs) });
    return true;
  } catch {
    return false;
  }
}

function runInstaller(): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: downloadMs,
    });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Why Electron could not show its window on this machine; empty where nothing is known against it. */
export function electronObstacle(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  if (platform !== 'linux') return '';
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid?.() === 0) return 'Electron does not run as root with its sandbox';
  if (sandboxIsOff()) return 'this system lets no program that npm installed set up its sandbox';
  return '';
}

/** Ubuntu since 23.10 refuses unprivileged namespaces, and what npm installs is not owned by root. */
function sandboxIsOff(): boolean {
  const helper = statSync(join(folder, 'dist', 'chrome-sandbox'), { throwIfNoEntry: false });
  const helperWorks = helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0;
  if (helperWorks) return false;
  const settings = [
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
  ] as const;
  return settings.some(
    ([file, forbids]) => existsSync(file) && readFileSync(file, 'utf8').trim() === forbids,
  );
}
