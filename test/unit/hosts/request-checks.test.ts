import { describe, expect, it } from 'vitest';
import { readCookie, refuse } from '../../../electron/hosts/loopback/request-checks.ts';

const origin = 'http://127.0.0.1:4321';
const host = '127.0.0.1:4321';

describe('requests to a loopback service', () => {
  it.each([
    'localhost:4321',
    '127.0.0.1',
    '127.0.0.1:4322',
    '127.0.0.1:04321',
    '127.0.0.1.evil.example:4321',
    'evil.example:4321',
    '[::1]:4321',
    '0.0.0.0:4321',
    '',
    undefined,
  ])('one to the name %j is refused', (name) => {
    expect(refuse({ method: 'GET', headers: { host: name } }, origin)).toContain('answers to no other name');
  });

  it('reading needs the right name and no origin', () => {
    expect(refuse({ method: 'GET', headers: { host } }, origin)).toBeNull();
    expect(refuse({ method: 'HEAD', headers: { host } }, origin)).toBeNull();
  });

  it.each([
    undefined,
    'null',
    'http://127.0.0.1',
    'https://127.0.0.1:4321',
    'http://localhost:4321',
    `${origin}/`,
  ])('changing and upgrading from the origin %j is refused', (from) => {
    const headers = { host, origin: from };
    expect(refuse({ method: 'POST', headers }, origin)).not.toBeNull();
    expect(refuse({ method: 'DELETE', headers }, origin)).not.toBeNull();
    expect(refuse({ method: 'GET', headers: { ...headers, upgrade: 'websocket' } }, origin)).not.toBeNull();
  });

  it('its own window may change and upgrade', () => {
    expect(refuse({ method: 'POST', headers: { host, origin } }, origin)).toBeNull();
    expect(refuse({ method: 'GET', headers: { host, origin, upgrade: 'websocket' } }, origin)).toBeNull();
  });
});

describe('a cookie', () => {
  it.each([
    ['a=1', '1'],
    ['b=2; a=1', '1'],
    ['a=1=2', '1=2'],
    ['aa=1; ba=2', null],
    ['a=1; a=2', null],
    [undefined, null],
  ])('of %j is %j', (header, value) => {
    expect(readCookie(header, 'a')).toBe(value);
  });
});
