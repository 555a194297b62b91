import { expect, it } from 'vitest';
import { explainFailure } from '../../../electron/ssh/failures.ts';
import { type HostSettings, parseSettings } from '../../../electron/ssh/resolve.ts';

const settings = (host: string, changes: Partial<HostSettings> = {}): HostSettings => ({
  host,
  hostname: `${host}.example`,
  user: 'deploy',
  port: 22,
  via: '',
  knownHosts: ['/home/me/.ssh/known_hosts'],
  keyName: `${host}.example`,
  jumps: [],
  ...changes,
});

/** What OpenSSH 9.2 says, and what it means. */
const cases = [
  [
    'ssh: connect to host prd-1.example port 22: Connection refused',
    'unreachable',
    /prd-1 refuses connections/,
  ],
  [
    'ssh: connect to host prd-1.example port 22: Connection timed out',
    'unreachable',
    /prd-1 does not answer/,
  ],
  ['ssh: connect to host prd-1.example port 22: No route to host', 'unreachable', /no way to prd-1/],
  [
    'ssh: Could not resolve hostname prd-1.example: Name or service not known',
    'unreachable',
    /The name prd-1\.example of prd-1 does not resolve/,
  ],
  [
    'kex_exchange_identification: read: Connection reset by peer\nConnection reset by 10.0.0.4 port 22',
    'unreachable',
    /prd-1 closed the connection before the login/,
  ],
  [
    'deploy@prd-1.example: Permission denied (publickey).',
    'refused',
    /prd-1 does not let deploy in: deploy@prd-1\.example: Permission denied \(publickey\)\. Check/,
  ],
  [
    "@ WARNING: UNPROTECTED PRIVATE KEY FILE! @\nPermissions 0644 for 'id' are too open.\ndeploy@prd-1: Permission denied (publickey).",
    'refused',
    /chmod 600/,
  ],
  [
    'No ED25519 host key is known for prd-1.example and you have requested strict checking.\nHost key verification failed.',
    'key-unknown',
    /Nobody has accepted the host key of prd-1 /,
  ],
  ['Host key verification failed.', 'key-unknown', /could not be verified/],
  [
    '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nOffending ED25519 key in /home/me/.ssh/known_hosts:7\nHost key for prd-1.example has changed and you have requested strict checking.\nHost key verification failed.',
    'key-changed',
    /remove line 7 of \/home\/me\/\.ssh\/known_hosts/,
  ],
  [
    '@ WARNING: REVOKED HOST KEY DETECTED! @\nHost key verification failed.',
    'key-changed',
    /marks as revoked/,
  ],
  [
    'channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed',
    'unreachable',
    /The jump host cannot reach prd-1: connect failed: Connection refused/,
  ],
  [
    'something nobody has seen',
    'unreachable',
    /No connection to prd-1: something nobody has seen\. Try "ssh prd-1" in a terminal/,
  ],
  ['', 'unreachable', /ssh ended and said nothing/],
] as const;

it.each(cases)('"%s" is told as %s with a remedy', (words, code, sentence) => {
  const error = explainFailure(words, settings('prd-1'), []);
  expect(error).toMatchObject({ code, host: 'prd-1', message: expect.stringMatching(sentence) });
});

it('names the jump host where that is what failed', () => {
  const target = settings('prd-1', { via: 'bastion', jumps: ['bastion'] });
  const jump = settings('bastion', { user: 'jumper', port: 2222, keyName: '[bastion.example]:2222' });
  const words = [
    'No ED25519 host key is known for [bastion.example]:2222 and you have requested strict checking.\nHost key verification failed.',
    'Host key for [bastion.example]:2222 has changed and you have requested strict checking.',
    'ssh: connect to host bastion.example port 2222: Connection refused\nConnection closed by UNKNOWN port 65535',
    'jumper@bastion.example: Permission denied (publickey).\nConnection closed by UNKNOWN port 65535',
  ];
  for (const one of words) expect(explainFailure(one, target, [jump]).host).toBe('bastion');
  const denied = 'deploy@prd-1.example: Permission denied (publickey).';
  expect(explainFailure(denied, target, [jump]).host).toBe('prd-1');
});

it('reads what ssh resolves, with paths that hold spaces and with jump hosts', () => {
  const text = [
    'user deploy',
    'hostname 10.0.0.4',
    'port 2200',
    'proxyjump me@bastion:2222,inner',
    'userknownhostsfile /Users/me/Application Support/known hosts /home/me/.ssh/known_hosts2 ~/third',
  ].join('\n');
  const parsed = parseSettings('prd-1', text);
  expect(parsed).toMatchObject({
    hostname: '10.0.0.4',
    port: 2200,
    user: 'deploy',
    via: 'me@bastion:2222,inner',
    jumps: ['me@bastion:2222', 'inner'],
    keyName: '[10.0.0.4]:2200',
  });
  expect(parsed.knownHosts.slice(0, 2)).toEqual([
    '/Users/me/Application Support/known hosts',
    '/home/me/.ssh/known_hosts2',
  ]);
  expect(parsed.knownHosts[2]).toMatch(/^\/.*\/third$/);
  expect(parseSettings('a', 'hostname b\nport 22\nproxyjump none\nuserknownhostsfile none')).toMatchObject({
    via: '',
    jumps: [],
    knownHosts: [],
    keyName: 'b',
  });
  expect(parseSettings('a', 'hostkeyalias cluster\nport 2200')).toMatchObject({ keyName: 'cluster' });
});
