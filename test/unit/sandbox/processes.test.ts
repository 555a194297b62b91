import { describe, expect, it } from 'vitest';
import { familyOf, parsePs } from '../../../electron/sandbox/processes.ts';

describe('processes', () => {
  const text = `    1     0 Ss   /sbin/launchd
  501     1 S    /opt/bin/node server.mjs HOLDPOINT_SANDBOX=/tmp/box HOME=/tmp
  502     1 S    /opt/bin/node server.mjs HOLDPOINT_SANDBOX=/tmp/box-2
  503   501 Z    (node)
`;

  it('lines of ps are read, what has ended is left out, and a mark must match whole', () => {
    expect(parsePs(text, 'HOLDPOINT_SANDBOX=/tmp/box').map(({ pid, marked }) => [pid, marked])).toEqual([
      [1, false],
      [501, true],
      [502, false],
    ]);
  });

  it('a family is what is marked and all that descends from it or from the given roots, in any order', () => {
    const one = (pid: number, parent: number, marked = false) => ({ pid, parent, command: '', marked });
    const processes = [one(14, 13), one(13, 12), one(12, 1, true), one(20, 1), one(21, 20), one(30, 1)];
    expect(familyOf(processes, [20]).sort()).toEqual([12, 13, 14, 20, 21]);
    expect(familyOf(processes, []).sort()).toEqual([12, 13, 14]);
    expect(familyOf([one(process.pid, 12), ...processes], [])).not.toContain(process.pid);
  });
});
