import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  environmentName,
  fill,
  fillJson,
  fillPlain,
  reveal,
  show,
  UnknownValue,
} from '../../../electron/runbook/text.ts';

const values = { known: { root: '/srv/apex', version: '0.2.0' }, secrets: ['API_KEY'] };

describe('places for values in text', () => {
  it('are filled in, and braces around anything but a name are left alone', () => {
    expect(fillPlain('{root}/releases/{version}', values)).toBe('/srv/apex/releases/0.2.0');
    const shell = `{"a": {}, "b": { root }} $${'{HOME}'}`;
    expect(fillPlain(shell, { known: {}, secrets: [] })).toBe(shell);
  });

  it('say what is known when a name is not', () => {
    expect(() => fillPlain('{rot}/x', values)).toThrow(UnknownValue);
    expect(() => fillPlain('{rot}/x', values)).toThrow(/\{rot\} has no value here. Known are: root, version/);
    expect(() => fillPlain('{constructor}', values)).toThrow(UnknownValue);
  });

  it('never hold a secret where only plain text is allowed', () => {
    expect(() => fillPlain('{API_KEY}', values)).toThrow(UnknownValue);
  });

  it('show a secret as its name, and reveal it only when it is there', () => {
    const text = fill('X-API-Key: {API_KEY}', values);
    expect(show(text)).toBe('X-API-Key: {API_KEY}');
    expect(reveal(text, new Map([['API_KEY', 'k-1']]))).toBe('X-API-Key: k-1');
    expect(() => reveal(text, new Map())).toThrow('The secret API_KEY has not been given.');
  });

  it('treat a value as data even when it looks like the place of a secret', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = fill('a{x}b', { known: { x: `${value}{API_KEY}` }, secrets: ['API_KEY'] });
        expect(reveal(text, new Map([['API_KEY', 'SECRET']]))).toBe(`a${value}{API_KEY}b`);
      }),
    );
  });

  it('inside JSON stay the text they are, secret or not', () => {
    const other = fc.jsonValue({ stringUnit: fc.constantFrom('a', '"', '\\', '\n', '}', '✓') });
    fc.assert(
      fc.property(fc.string(), fc.string(), other, (value, secret, rest) => {
        const text = fillJson(
          { list: ['<{x}>', { k: '{API_KEY}' }], rest },
          { known: { x: value }, secrets: ['API_KEY'] },
        );
        expect(JSON.parse(reveal(text, new Map([['API_KEY', secret]])))).toEqual({
          list: [`<${value}>`, { k: secret }],
          rest: JSON.parse(JSON.stringify(rest)),
        });
      }),
    );
    expect(show(fillJson({ k: '{API_KEY}' }, values))).toBe('{"k":"{API_KEY}"}');
  });

  it('become environment names', () => {
    expect(environmentName('top-k')).toBe('TOP_K');
  });
});
