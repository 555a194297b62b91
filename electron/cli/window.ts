import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Mode } from '../../shared/contract/common.ts';
import { findInstallation } from '../hosts/index.ts';
import { runLoopback } from '../hosts/loopback/index.ts';
import { createService } from '../service.ts';
import { InputError } from './exit.ts';

export interface WindowOptions {
  /** Folder of a pack to open; null to begin where the person left off. */
  pack: string | null;
  mode: Mode;
  dataFolder: string;
  /** False only prints the link. */
  window: boolean;
  /** 0 lets the system choose. */
  port: number;
  say(line: string): void;
}

/** Serves the window on this machine until it is closed. @throws InputError where it has not been built */
export function openWindow(options: WindowOptions): Promise<void> {
  const windowFiles = join(findInstallation().home, 'dist', 'renderer');
  if (!existsSync(join(windowFiles, 'index.html'))) {
    throw new InputError(
      `The window has not been built: ${windowFiles} is missing. Run "npm run build" first.`,
    );
  }
  return runLoopback({ ...options, windowFiles, createService });
}
