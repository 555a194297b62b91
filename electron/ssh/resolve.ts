import { homedir } from 'node:os';
import { type Client, explainSpawnFailure } from './client.ts';
import { type ResolvedHost, SshError } from './types.ts';

/** What `ssh -G` tells of a host name, with what is needed to recognise it in ssh's messages. */
export interface HostSettings extends ResolvedHost {
  /** The name its key stands under in known_hosts. */
  keyName: string;
  /** The jump hosts on the way, nearest first. */
  jumps: string[];
}

const resolveTimeoutMs = 10_000;

/** Asks ssh how it would reach a host. @throws SshError `no-ssh`, `unreachable` for settings ssh cannot read */
export async function resolveHost(client: Client, host: string): Promise<HostSettings> {
  assertHostName(host);
  const { destination, port } = parseHop(host);
  const { code, stdout, stderr } = await client
    .collect(['-G', ...(port ? ['-p', port] : []), '--', destination], resolveTimeoutMs)
    .catch((error) => {
      throw explainSpawnFailure(host, error);
    });
  if (code === 0) return parseSettings(host, stdout);
  const words = stderr.trim().split('\n').at(-1);
  throw new SshError(
    'unreachable',
    host,
    `ssh cannot read its settings for ${host}: ${words || 'it gave no answer in 10 s'}. Correct ssh_config and try again.`,
  );
}

export function parseSettings(host: string, text: string): HostSettings {
  const settings = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, value] = /^(\S+) (.*?)\r?$/.exec(line) ?? [];
    if (key && value !== undefined && !settings.has(key)) settings.set(key, value);
  }
  const hostname = settings.get('hostname') ?? host;
  const port = Number(settings.get('port') ?? 22);
  const via = settings.get('proxyjump') ?? '';
  return {
    host,
    hostname,
    user: settings.get('user') ?? '',
    port,
    via: via === 'none' ? '' : via,
    knownHosts: splitPaths(settings.get('userknownhostsfile') ?? ''),
    keyName: settings.get('hostkeyalias') ?? (port === 22 ? hostname : `[${hostname}]:${port}`),
    jumps: via === 'none' ? [] : via.split(',').filter(Boolean),
  };
}

/** `ssh -G` prints paths with no quotes, even those with spaces: a new one begins with `/`, `~` or a drive. */
function splitPaths(text: string): string[] {
  return text
    .split(/ (?=[/~]|[A-Za-z]:[\\/])/)
    .filter((path) => path !== '' && path !== 'none')
    .map((path) => path.replace(/^~(?=[/\\])/, homedir()));
}

/** `ssh` cannot be made to take a name for an option or more than a name. */
function assertHostName(host: string): void {
  if (/^[^\s\p{Cc}'"`$;&|<>\\-][^\s\p{Cc}'"`$;&|<>\\]*$/u.test(host)) return;
  throw new SshError(
    'unreachable',
    host,
    `${JSON.stringify(host)} is not a host name. Use a name from ssh_config, an address, or user@address.`,
  );
}

/** A jump host is written `[user@]host[:port]` or `ssh://[user@]host[:port]`; `-p` takes the port apart. */
function parseHop(hop: string): { destination: string; port: string } {
  const [, destination, port] = /^(?:ssh:\/\/)?((?:[^@]*@)?(?:\[[^\]]+\]|[^:]+))(?::(\d+))?$/.exec(hop) ?? [];
  return { destination: (destination ?? hop).replace(/[[\]]/g, ''), port: port ?? '' };
}
