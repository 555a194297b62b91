import type { HostSettings } from './resolve.ts';
import { SshError, type SshErrorCode } from './types.ts';

interface Failure {
  code: SshErrorCode;
  pattern: RegExp;
  /** `words` is what ssh said. */
  sentence(at: { host: string; user: string; hostname: string; words: string }): string;
}

/** What OpenSSH says when no connection comes about (it is not translated), the more telling before the less. */
const failures: Failure[] = [
  {
    code: 'key-changed',
    pattern: /REVOKED HOST KEY DETECTED/,
    sentence: ({ host }) =>
      `${host} shows a host key that your known_hosts marks as revoked. Do not connect; ask whoever runs ${host}.`,
  },
  {
    code: 'key-changed',
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for \S+ has changed/,
    sentence: ({ host, words }) => {
      const place = /Offending \S+ key in (.+):(\d+)/.exec(words);
      const where = place ? `line ${place[2]} of ${place[1]}` : 'known_hosts';
      return `${host} shows another host key than the one accepted before. It was reinstalled, or something stands in between. Ask whoever runs ${host}; only when the change is right, remove ${where} and accept the new key.`;
    },
  },
  {
    code: 'key-unknown',
    pattern: /No \S+ host key is known for/,
    sentence: ({ host }) =>
      `Nobody has accepted the host key of ${host} on this machine yet. Compare its fingerprint with the one its owner gives you, then accept it under Hosts.`,
  },
  {
    code: 'key-unknown',
    pattern: /Host key verification failed/,
    sentence: ({ host }) =>
      `The host key of ${host} could not be verified. Compare its fingerprint with the one its owner gives you, then accept it under Hosts.`,
  },
  {
    code: 'refused',
    pattern: /Permission denied|Too many authentication failures|No supported authentication methods/,
    sentence: ({ host, user, words }) =>
      /UNPROTECTED PRIVATE KEY FILE/.test(words)
        ? `${host} does not let ${user} in, because ssh ignores a private key that others can read. Make the key file readable by you alone (chmod 600) and try again.`
        : `${host} does not let ${user} in: ${lastLine(words)}. Check that your key is in the agent (ssh-add -l) and that ${user} is the right account, then try "ssh ${host}" in a terminal.`,
  },
  {
    code: 'unreachable',
    pattern: /open failed: /,
    sentence: ({ host, words }) =>
      `The jump host cannot reach ${host}: ${/open failed: (.*)/.exec(words)?.[1]}. Check that the host is up and its address in ssh_config.`,
  },
  {
    code: 'unreachable',
    pattern: /Could not resolve hostname/,
    sentence: ({ host, hostname }) =>
      `The name ${hostname} of ${host} does not resolve to an address. Check its spelling in ssh_config, the network and the VPN.`,
  },
  {
    code: 'unreachable',
    pattern: /Connection refused/,
    sentence: ({ host }) =>
      `${host} refuses connections on its SSH port. Check the port in ssh_config and that sshd runs there.`,
  },
  {
    code: 'unreachable',
    pattern: /timed out|Timeout/i,
    sentence: ({ host }) => `${host} does not answer. Check the network, the VPN and that the host is up.`,
  },
  {
    code: 'unreachable',
    pattern: /No route to host|Network is unreachable|Host is down/,
    sentence: ({ host }) => `There is no way to ${host} from here. Check the network and the VPN.`,
  },
  {
    code: 'unreachable',
    pattern: /Connection (closed|reset)|kex_exchange_identification|Broken pipe/,
    sentence: ({ host, words }) =>
      `${host} closed the connection before the login: ${lastLine(words)}. It may be too busy or starting; try again in a moment.`,
  },
];

/** What our own ssh says when it is the one to the jump host that failed. */
export const cutOffByProxy = /UNKNOWN port 65535|kex_exchange_identification: Connection closed/;

/** What ssh's words mean, as an error that names the host concerned: the target, or a jump host on the way to it. */
export function explainFailure(words: string, host: HostSettings, jumps: readonly HostSettings[]): SshError {
  const at = concernedHost(words, host, jumps);
  const failure = failures.find(({ pattern }) => pattern.test(words));
  const message =
    failure?.sentence({ host: at.host, user: at.user, hostname: at.hostname, words }) ??
    `No connection to ${at.host}: ${lastLine(words) || 'ssh ended and said nothing'}. Try "ssh ${at.host}" in a terminal.`;
  return new SshError(failure?.code ?? 'unreachable', at.host, message);
}

/** Whether ssh failed before it could ask for a session, so that nothing can have run. */
export function failedBeforeSession(words: string): boolean {
  return failures.some(({ pattern }) => pattern.test(words));
}

function concernedHost(words: string, host: HostSettings, jumps: readonly HostSettings[]): HostSettings {
  const keyName = /(?:No \S+ host key is known for|Host key for) (\S+) /.exec(words)?.[1];
  const [, hostname, port] = /connect to host (\S+) port (\d+)/.exec(words) ?? [];
  const [, login, address] = /(\S+)@(\S+): Permission denied/.exec(words) ?? [];
  const cutOff = cutOffByProxy.test(words);
  return (
    jumps.find((jump) => jump.keyName === keyName) ??
    jumps.find((jump) => jump.hostname === hostname && jump.port === Number(port)) ??
    jumps.find((jump) => cutOff && jump.user === login && jump.hostname === address) ??
    host
  );
}

function lastLine(words: string): string {
  return (words.trim().split(/\r?\n/).at(-1) ?? '').replace(/\.$/, '');
}
