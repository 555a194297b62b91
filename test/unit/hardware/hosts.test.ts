import { describe, expect, it } from 'vitest';
import { createHosts, createProber, type HostAccess } from '../../../electron/hardware/index.ts';

const key = {
  host: 'prd-1',
  type: 'ED25519',
  fingerprint: 'SHA256:abc',
  knownHosts: '/home/ada/.ssh/known_hosts',
};

class HostProblem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Hosts by the problem they have now; a host without one answers. */
function hostsWith(problems: Record<string, HostProblem | undefined>) {
  const connected = new Set<string>();
  const access: HostAccess = {
    resolve: async (host) => ({
      hostname: `${host}.example`,
      user: 'deploy',
      port: 22,
      via: host === 'prd-2' ? 'bastion' : '',
    }),
    presentedKey: async () => key,
    trust: async (_host, fingerprint) => {
      if (fingerprint !== key.fingerprint)
        throw new HostProblem('key-changed', 'prd-1 now shows another key.');
      problems['prd-1'] = undefined;
    },
    connected: () => [...connected],
  };
  const prober = createProber({
    run: async (host, _program, { onOutput }) => {
      const problem = problems[host];
      if (problem) throw problem;
      connected.add(host);
      onOutput(Buffer.from(`@@ probe 1\n@@ hostname ${host}\n@@ end\n`));
    },
  });
  const targets = () => [
    { name: 'staging', hosts: ['stg-1'] },
    { name: 'production', hosts: ['prd-1', 'prd-2'] },
    { name: 'canary', hosts: ['prd-1'] },
  ];
  return createHosts({ access, prober, targets });
}

describe('the hosts of a launch', () => {
  it('are listed once each, unseen, with how their names resolve', async () => {
    const rows = await hostsWith({}).list();
    expect(rows).toMatchObject([
      {
        host: 'stg-1',
        targets: ['staging'],
        state: 'unseen',
        facts: null,
        resolved: 'deploy@stg-1.example:22',
      },
      { host: 'prd-1', targets: ['production', 'canary'], state: 'unseen' },
      { host: 'prd-2', resolved: 'deploy@prd-2.example:22 via bastion' },
    ]);
  });

  it('are connected, with their facts, once probed', async () => {
    const hosts = hostsWith({});
    const changed: string[] = [];
    hosts.onChange((host) => changed.push(host));
    expect(await hosts.probe('prd-1')).toMatchObject({
      state: 'connected',
      facts: { hostname: 'prd-1' },
      problem: '',
    });
    expect(changed).toEqual(['prd-1', 'prd-1']);
  });

  const cases = {
    unreachable: 'unreachable',
    'link-lost': 'unreachable',
    'no-ssh': 'unreachable',
    refused: 'refused',
    'key-changed': 'key-changed',
  };
  for (const [code, state] of Object.entries(cases)) {
    it(`show ${code} as ${state}, in the words of the driver`, async () => {
      const hosts = hostsWith({ 'prd-1': new HostProblem(code, 'prd-1 does not answer. Is it up?') });
      expect(await hosts.probe('prd-1')).toMatchObject({
        state,
        problem: 'prd-1 does not answer. Is it up?',
      });
    });
  }

  it('show an unknown key, and are trusted by the fingerprint that was shown and by no other', async () => {
    const hosts = hostsWith({
      'prd-1': new HostProblem('key-unknown', 'Nobody has accepted the key of prd-1.'),
    });
    expect(await hosts.probe('prd-1')).toMatchObject({ state: 'key-unknown', key });
    await expect(hosts.trust('prd-1', 'SHA256:xyz')).rejects.toThrow('another key');
    expect(await hosts.trust('prd-1', 'SHA256:abc')).toMatchObject({ state: 'connected', key: null });
  });

  it('keep their last facts while they cannot be reached', async () => {
    const problems: Record<string, HostProblem | undefined> = {};
    const hosts = hostsWith(problems);
    await hosts.probe('prd-1');
    problems['prd-1'] = new HostProblem('unreachable', 'No answer.');
    expect(await hosts.probe('prd-1')).toMatchObject({ state: 'unreachable', facts: { hostname: 'prd-1' } });
  });
});
