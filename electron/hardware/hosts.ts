import type { HostKey, HostRow, HostState } from '../../shared/contract/hardware.ts';
import type { Prober } from './prober.ts';

/** What the table of hosts needs of the SSH driver. */
export interface HostAccess {
  resolve(host: string): Promise<{ hostname: string; user: string; port: number; via: string }>;
  presentedKey(host: string): Promise<HostKey>;
  trust(host: string, fingerprint: string): Promise<void>;
  connected(): string[];
}

export interface HostsOptions {
  access: HostAccess;
  prober: Prober;
  /** The targets of the open launch; none without one. */
  targets: () => readonly { name: string; hosts: readonly string[] }[];
}

export interface Hosts {
  /** Every host of every target once, in the order of the pack. Connects to none. */
  list(): Promise<HostRow[]>;
  /** Looks at a host now. What is wrong with it is in the row, not thrown. */
  probe(host: string): Promise<HostRow>;
  /** Accepts the key that was shown, then looks at the host. @throws SshError where the host now shows another. */
  trust(host: string, fingerprint: string): Promise<HostRow>;
  /** Hears of every host whose row changed. Gives the function that stops it. */
  onChange(listener: (host: string) => void): () => void;
}

interface Seen {
  state: Exclude<HostState, 'connected'>;
  problem: string;
  key: HostKey | null;
}

const unseen: Seen = { state: 'unseen', problem: '', key: null };

export function createHosts({ access, prober, targets }: HostsOptions): Hosts {
  const seen = new Map<string, Seen>();
  const resolved = new Map<string, string>();
  const listeners = new Set<(host: string) => void>();

  /** Once per host and probe, because each time starts a program. */
  async function resolve(host: string): Promise<string> {
    const known =
      resolved.get(host) ??
      (await access.resolve(host).then(describeResolved, (error: Error) => error.message));
    resolved.set(host, known);
    return known;
  }

  function note(host: string, what: Seen): void {
    seen.set(host, what);
    for (const listener of listeners) listener(host);
  }

  async function row(host: string): Promise<HostRow> {
    const { state, problem, key } = seen.get(host) ?? unseen;
    const isConnected = state === 'unseen' && access.connected().includes(host);
    return {
      host,
      targets: targets().flatMap(({ name, hosts }) => (hosts.includes(host) ? [name] : [])),
      state: isConnected ? 'connected' : state,
      problem,
      facts: prober.latest(host),
      key,
      resolved: await resolve(host),
    };
  }

  async function probe(host: string): Promise<HostRow> {
    resolved.delete(host);
    note(host, { ...unseen, state: 'connecting' });
    try {
      await prober.probe(host);
      note(host, unseen);
    } catch (error) {
      note(host, await describeProblem(error, host));
    }
    return row(host);
  }

  async function describeProblem(error: unknown, host: string): Promise<Seen> {
    const problem = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'key-unknown') {
      return { state: 'key-unknown', problem, key: await access.presentedKey(host).catch(() => null) };
    }
    if (code === 'key-changed' || code === 'refused') return { state: code, problem, key: null };
    return { state: 'unreachable', problem, key: null };
  }

  return {
    list: () => Promise.all([...new Set(targets().flatMap(({ hosts }) => hosts))].map(row)),
    probe,
    async trust(host, fingerprint) {
      await access.trust(host, fingerprint);
      return probe(host);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `deploy@10.0.0.4:22 via bastion` */
function describeResolved({ user, hostname, port, via }: Awaited<ReturnType<HostAccess['resolve']>>): string {
  return `${user}@${hostname}:${port}${via ? ` via ${via}` : ''}`;
}
