import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameProgram, MarkedStream } from '../../../electron/ssh/program.ts';

/** Cuts bytes into chunks at the given places. */
function chunksOf(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

const marks = frameProgram(':', false);

/** Bytes that hold beginnings of the marks more often than chance would have it. */
const tricky = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc.nat(marks.end.length - 1).map((length) => marks.end.subarray(0, length)),
      fc.nat(marks.begin.length - 1).map((length) => marks.begin.subarray(0, length)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts));

it('however a stream is cut into chunks, the body is what stands between the marks', () => {
  fc.assert(
    fc.property(tricky, tricky, fc.array(fc.nat(), { maxLength: 12 }), (noise, body, cuts) => {
      const parts: Buffer[] = [];
      const stream = new MarkedStream(marks, (chunk) => parts.push(Buffer.from(chunk)));
      const rest = ' 7\nlogout';
      const bytes = Buffer.concat([noise, marks.begin, body, marks.end, Buffer.from(rest)]);
      for (const chunk of chunksOf(bytes, cuts)) stream.push(chunk);
      expect(Buffer.concat(parts).equals(body)).toBe(true);
      expect(stream.noise).toBe(noise.toString());
      expect(stream.rest).toBe(rest);
    }),
  );
});

it('without an end mark all but a possible beginning of one is passed on', () => {
  fc.assert(
    fc.property(tricky, fc.array(fc.nat(), { maxLength: 12 }), (body, cuts) => {
      const parts: Buffer[] = [];
      const stream = new MarkedStream(marks, (chunk) => parts.push(Buffer.from(chunk)));
      for (const chunk of chunksOf(Buffer.concat([marks.begin, body]), cuts)) stream.push(chunk);
      const passed = Buffer.concat(parts);
      expect(body.subarray(0, passed.length).equals(passed)).toBe(true);
      expect(marks.end.subarray(0, body.length - passed.length).equals(body.subarray(passed.length))).toBe(
        true,
      );
      expect(stream.ended).toBe(false);
    }),
  );
});

it('two programs never share their marks', () => {
  expect(frameProgram(':', false).begin.equals(frameProgram(':', false).begin)).toBe(false);
});

it('only the last of a long noise is kept', () => {
  const stream = new MarkedStream(marks, () => {});
  for (let line = 0; line < 10_000; line += 1) stream.push(Buffer.from(`line ${line}\n`));
  expect(stream.begun).toBe(false);
  expect(stream.noise.endsWith('line 9999\n')).toBe(true);
  expect(stream.noise.length).toBe(16_384);
});
