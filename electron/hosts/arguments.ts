import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Mode } from '../../shared/contract/common.ts';
import { defaultDataFolder } from './data-folder.ts';

/** What can be said when Holdpoint is started with a window. */
export interface StartArguments {
  /** Folder of the launch pack to open; null to begin where the person left off. */
  pack: string | null;
  mode: Mode;
  dataFolder: string;
  window: boolean;
  /** 0 lets the system choose. */
  port: number;
}

const usage = `[PACK] [--rehearsal] [--data DIR] [--no-window] [--port N]

  PACK         folder of a launch pack to open
  --rehearsal  open it as a rehearsal, against the sandbox
  --data DIR   keep journal, settings and evidence there
  --no-window  only print the link that opens it in a browser
  --port N     serve on this port of 127.0.0.1 (loopback host only)

HOLDPOINT_HOST=electron or loopback chooses where it runs; HOLDPOINT_BROWSER names the browser of the loopback host.`;

/** The arguments cannot be understood. The message says which, and what is possible. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  rehearsal: { type: 'boolean', default: false },
  data: { type: 'string' },
  'no-window': { type: 'boolean', default: false },
  port: { type: 'string', default: '0' },
} as const;

/**
 * Reads the arguments after the program's name; relative folders count from `from`.
 * `lenient` lets switches of others pass, which Chromium adds to Electron's own.
 * @throws UsageError
 */
export function readStartArguments(
  args: readonly string[],
  { from = process.cwd(), lenient = false } = {},
): StartArguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args, !lenient);
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`);
  }
  const { values, positionals } = parsed;
  const [pack, ...more] = positionals;
  if (more.length > 0) {
    throw new UsageError(`One pack can be opened at a time; "${more[0]}" is too many.\nUsage: ${usage}`);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  const data = values.data ?? null;
  if (data !== null && (typeof data !== 'string' || data === '')) {
    throw new UsageError('--data takes the path of a folder.');
  }
  return {
    pack: pack === undefined ? null : resolve(from, pack),
    mode: values.rehearsal ? 'rehearsal' : 'live',
    dataFolder: data === null ? defaultDataFolder() : resolve(from, data),
    window: !values['no-window'],
    port,
  };
}

function parse(args: readonly string[], strict: boolean) {
  return parseArgs({ args: [...args], options, strict, allowPositionals: true });
}
