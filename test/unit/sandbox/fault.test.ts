import { describe, expect, it } from 'vitest';
import { parseFault, readFault } from '../../../resources/sandbox/ranker-api/app/fault.mjs';

describe('faults', () => {
  it.each([
    ['none', { kind: 'none' }],
    ['', { kind: 'none' }],
    ['slwo', { kind: 'none' }],
    ['slow', { kind: 'slow', delayMs: 6000 }],
    ['slow seconds=0.5\n', { kind: 'slow', delayMs: 500 }],
    ['wrong', { kind: 'wrong', scores: 'constant', says: '' }],
    ['wrong scores=nan', { kind: 'wrong', scores: 'nan' }],
    ['wrong says=9.9.9', { kind: 'wrong', scores: 'as they are', says: '9.9.9' }],
    ['failing', { kind: 'failing' }],
    ['unhealthy version=1.0', { kind: 'unhealthy' }],
    ['unhealthy version=2.0', { kind: 'none' }],
  ])('%j', (text, expected) => {
    expect(parseFault(text, '1.0')).toMatchObject(expected);
  });

  it('a version with any characters can be named', () => {
    const version = 'nightly build=3 %';
    expect(parseFault(`failing version=${encodeURIComponent(version)}`, version).kind).toBe('failing');
  });

  it('without a control file there is none', () => {
    expect(readFault('/nonexistent/fault', '1.0').kind).toBe('none');
  });
});
