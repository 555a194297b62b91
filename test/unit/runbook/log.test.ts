import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogFile } from '../../../electron/runbook/log.ts';
import { temporaryFolder } from '../../support/folder.ts';

function logIn(folder: string): LogFile {
  const log = new LogFile(join(folder, 'step.log'));
  onTestFinished(() => {
    try {
      log.close();
    } catch {
      // Closed by the test.
    }
  });
  return log;
}

const plain = (line: string) => line.replaceAll('\u001e', '');

describe('the log of a step', () => {
  it('gives its lines by number', () => {
    const log = logIn(temporaryFolder());
    log.write(Buffer.from(Array.from({ length: 1000 }, (_, n) => `line ${n}\n`).join('')));
    expect(log.lines).toBe(1000);
    expect(log.read(700, 2)).toEqual(['line 700', 'line 701']);
    expect(log.read(255, 3)).toEqual(['line 255', 'line 256', 'line 257']);
    expect(log.read(999, 5)).toEqual(['line 999']);
    expect(log.read(1000, 5)).toEqual([]);
  });

  it('counts a last line that has no end yet', () => {
    const log = logIn(temporaryFolder());
    log.write(Buffer.from('one\ntw'));
    expect([log.lines, log.read(0, 9)]).toEqual([2, ['one', 'tw']]);
    log.write(Buffer.from('o\n'));
    expect([log.lines, log.read(0, 9)]).toEqual([2, ['one', 'two']]);
  });

  it('keeps notes between lines out of the offset of the output', () => {
    const log = logIn(temporaryFolder());
    log.write(Buffer.from('half a li'));
    log.note('link lost');
    expect(log.offset()).toBe(9);
    log.write(Buffer.from('ne\n'));
    log.note('attached again');
    expect(log.offset()).toBe(12);
    expect(log.read(0, 9).map(plain)).toEqual(['half a li', 'link lost', 'ne', 'attached again']);
  });

  it('knows after a restart, whatever was written, how much of it was output', () => {
    const action = fc.oneof(
      fc.record({ note: fc.string() }),
      fc.record({
        output: fc.oneof(fc.string(), fc.constantFrom('\n', '\u001e', '\u001e\n', 'a\n', '\n\u001e\u001e')),
      }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
        const folder = temporaryFolder();
        const log = logIn(folder);
        let output = 0;
        for (const one of actions) {
          if ('note' in one) log.note(one.note);
          else {
            log.write(Buffer.from(one.output));
            output += Buffer.byteLength(one.output);
          }
        }
        expect(log.offset()).toBe(output);
        const seen = { lines: log.lines, text: log.read(0, 1000), digest: log.digest() };
        log.close();
        const again = logIn(folder);
        expect(again.offset()).toBe(output);
        expect({ lines: again.lines, text: again.read(0, 1000), digest: again.digest() }).toEqual(seen);
        again.close();
      }),
      { numRuns: 60 },
    );
  });

  it('knows the last thing that was said, past empty lines and notes', () => {
    const log = logIn(temporaryFolder());
    expect(log.lastLine()).toBe('');
    log.write(Buffer.from('one\n  two  \n\n'));
    log.note('link lost');
    expect(log.lastLine()).toBe('two');
  });

  it('finds text in any line', () => {
    const log = logIn(temporaryFolder());
    log.write(Buffer.from('alpha\nBeta\ngamma beta\n'));
    expect(log.find('beta', 10)).toEqual({ lines: [1, 2], more: false });
    expect(log.find('beta', 1)).toEqual({ lines: [1], more: true });
  });

  it('shortens a line of a million characters and stays readable', () => {
    const log = logIn(temporaryFolder());
    log.write(Buffer.from(`${'x'.repeat(1_000_000)}\nend\n`));
    const [long, end] = log.read(0, 2);
    expect(long?.length).toBeLessThan(10_000);
    expect(end).toBe('end');
  });
});
