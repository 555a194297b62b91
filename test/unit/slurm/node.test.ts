import { describe, expect, it } from 'vitest';
import { chooseNode, parseFacts } from '../../../electron/slurm/node.ts';

const own = { path: '/opt/own/node', machine: 'Linux x86_64', version: '24.1.0' };
const facts = (...lines: string[]) => parseFacts(`${lines.join('\n')}\n`);
const like = ['machine Linux x86_64', 'libc glibc 2.36'];

describe('the Node of a cluster', () => {
  it('is the one it has, where that is new enough', () => {
    const found = facts(...like, 'node 22.18.0 /usr/local/my bin/node');
    expect(chooseNode('login', found, own)).toEqual({ path: '/usr/local/my bin/node', send: false });
    expect(
      chooseNode('login', facts('machine Darwin arm64', 'libc', 'node 26.0.0 /bin/node'), null).send,
    ).toBe(false);
  });

  it('is the one of this machine, where the cluster has none or an old one and can run it', () => {
    for (const node of ['', 'node 20.20.2 /usr/bin/node', 'node  /usr/bin/node']) {
      expect(chooseNode('login', facts(...like, node), own)).toEqual({ path: own.path, send: true });
    }
  });

  it('is asked for where neither can be used', () => {
    const refused = (lines: string[], ours: typeof own | null = own) => {
      return expect(() => chooseNode('login', facts(...lines), ours));
    };
    refused(['machine Linux aarch64', 'libc glibc 2.36']).toThrow(
      'login has no Node, and the one of this machine does not run on Linux aarch64. Install Node 22.18 or later there',
    );
    refused(['machine Linux x86_64', 'libc glibc 2.17', 'node 18.1.0 /usr/bin/node']).toThrow(
      'login has Node 18.1.0 (/usr/bin/node)',
    );
    refused(['machine Linux x86_64', 'libc ']).toThrow('login has no Node');
    refused(like, null).toThrow('login has no Node');
  });
});
