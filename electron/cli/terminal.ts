import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Mode } from '../../shared/contract/common.ts';
import { defaultDataFolder } from '../hosts/index.ts';
import type { ExitCode } from './exit.ts';
import type { ComputeOptions } from './with-compute.ts';

/** What commands have in common. */
export interface Common {
  json?: boolean;
  data?: string;
  rehearsal?: boolean;
  fresh?: boolean;
}

/** Where commands answer. */
export interface Terminal {
  /** Prints words, or the value with `--json`, and ends with the code. */
  answer(options: { json?: boolean }, value: unknown, text: string, code: ExitCode): void;
  /** What happens on the way goes to standard error, so that standard output is only the answer. */
  say(line: string): void;
}

export function common(command: Command, kind?: 'pack' | 'compute'): Command {
  command
    .option('--json', 'print one JSON value of a stable shape')
    .option('--data <folder>', 'where journal, evidence and settings are kept');
  if (kind === 'compute') command.option('--fresh', 'compute anew what the store of answers has');
  return kind === 'pack'
    ? command.option('--rehearsal', 'against the sandbox instead of the real hosts')
    : command;
}

export function modeOf({ rehearsal }: Common): Mode {
  return rehearsal ? 'rehearsal' : 'live';
}

export function dataFolder({ data }: Common): string {
  return data ? resolve(data) : defaultDataFolder();
}

/** How a command computes. */
export function computing(options: Common, { say }: Terminal): ComputeOptions {
  return { dataFolder: dataFolder(options), fresh: options.fresh ?? false, say };
}
