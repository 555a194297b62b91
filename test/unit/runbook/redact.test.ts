import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, redactText } from '../../../electron/runbook/redact.ts';

/** The stream cut at the given places, as it may come over a link. */
function through(secrets: string[], text: string, cuts: number[]): string {
  const redactor = createRedactor(secrets);
  const bytes = Buffer.from(text);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  const parts = places
    .slice(1)
    .map((end, index) => redactor.push(Buffer.from(bytes.subarray(places[index], end))));
  return Buffer.concat([...parts, redactor.end()]).toString();
}

describe('secrets in output', () => {
  it('are blotted out byte for byte, plain and as servers print them', () => {
    const secret = 'k"y/1+2=';
    const text = `plain ${secret} json ${JSON.stringify(secret)} url ${encodeURIComponent(secret)} b64 ${Buffer.from(secret).toString('base64')}`;
    const clean = redactText(text, [secret]);
    expect(clean).toHaveLength(text.length);
    for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(clean).not.toContain(spelling);
    }
  });

  it('are found however the stream is cut, and offsets stay what they were', () => {
    const secret = fc.stringMatching(/^[a-c]{4,7}$/);
    const around = fc.stringMatching(/^[a-c -]{0,12}$/);
    fc.assert(
      fc.property(secret, around, around, fc.array(fc.nat(40)), (needle, before, after, cuts) => {
        const text = `${before}${needle}${after}`;
        const clean = through([needle], text, cuts);
        expect(Buffer.byteLength(clean)).toBe(Buffer.byteLength(text));
        expect(clean).not.toContain(needle);
      }),
    );
  });

  it('leave everything else as it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(100)), (text, cuts) => {
        fc.pre(!text.includes('zzzz'));
        expect(through(['zzzz-secret'], text, cuts)).toBe(text);
      }),
    );
  });

  it('of fewer than four characters are not looked for', () => {
    expect(redactText('a cat sat', ['a'])).toBe('a cat sat');
  });
});
