import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JobStream, JobStreamError } from '../../../electron/ssh/job-stream.ts';

const nonce = '5eed';

function read(bytes: Buffer, cuts: number[] = [], offset = 0) {
  const parts: Buffer[] = [];
  let here = 0;
  const stream = new JobStream({
    nonce,
    offset,
    write: (chunk) => void parts.push(Buffer.from(chunk)),
    onHere: () => {
      here += 1;
    },
  });
  const written = () => Buffer.concat(parts);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const push = () => {
    for (const [index, end] of places.slice(1).entries()) stream.push(bytes.subarray(places[index], end));
  };
  return { stream, written, push, here: () => here };
}

const line = (text: string) => Buffer.from(`${nonce} ${text}\n`);

it('however the stream is cut, output comes once, in order, and the report is read', () => {
  const outputs = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 6 });
  fc.assert(
    fc.property(outputs, fc.nat(1000), fc.array(fc.nat(), { maxLength: 12 }), (chunks, offset, cuts) => {
      let at = offset;
      const frames = chunks.map((chunk) => {
        const frame = Buffer.concat([line(`out ${at} ${chunk.length}`), chunk, line('.')]);
        at += chunk.length;
        return frame;
      });
      const bytes = Buffer.concat([line('here'), ...frames, line('alive'), line('end 1 7 0 250 50')]);
      const { stream, written, push, here } = read(bytes, cuts, offset);
      push();
      expect(written().equals(Buffer.concat(chunks))).toBe(true);
      expect(here()).toBe(1);
      expect(stream.report).toEqual({
        kind: 'end',
        executions: 1,
        code: 7,
        timedOut: false,
        beganMsAgo: 2500,
        endedMsAgo: 500,
      });
    }),
  );
});

it.each([
  ['lost 1 restarted', { kind: 'lost', executions: 1, state: 'restarted' }],
  ['lost 0 gone', { kind: 'lost', executions: 0, state: 'gone' }],
  ['unknown', { kind: 'unknown' }],
  ['restarted', { kind: 'restarted' }],
  ['absent', { kind: 'absent' }],
  ['refused mkdir: no room ', { kind: 'refused', why: 'mkdir: no room' }],
  ['end damaged', { kind: 'unknown' }],
  ['end 1 0 1 x 0', { kind: 'unknown' }],
])('the line "%s" is a report', (text, report) => {
  const { stream, push } = read(line(text));
  push();
  expect(stream.report).toEqual(report);
});

it.each([
  ['a line that is not of the protocol', Buffer.from('logout\n')],
  ['an unknown word', line('hello')],
  ['output from another place than it should be', Buffer.concat([line('out 7 1'), Buffer.from('x')])],
  [
    'output that is shorter than announced',
    Buffer.concat([line('out 0 9'), Buffer.from('short'), line('.'), line('.')]),
  ],
  [
    'output that is longer than announced',
    Buffer.concat([line('out 0 2'), Buffer.from('longer'), line('.')]),
  ],
  ['a line that never ends', Buffer.alloc(100_000, 'x')],
])('%s is refused, and nothing of it is written', (_what, bytes) => {
  const { written, push } = read(bytes);
  expect(push).toThrow(JobStreamError);
  expect(written()).toHaveLength(0);
});
