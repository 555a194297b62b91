import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoundRule } from '../../../electron/checks/bind.ts';
import { judge } from '../../../electron/checks/judge.ts';
import type { Found } from '../../../electron/checks/kind.ts';
import { evaluate, rule } from './fakes.ts';

const bound = (text: string, quantity: string): BoundRule => ({ rule: rule(text), quantity });
const space = (gigabytes: number): Found => ({
  measured: [{ quantity: 'free space', value: gigabytes * 1e9, unit: 'B', text: `${gigabytes} GB` }],
  conditions: [],
  says: `has ${gigabytes} GB free at /data`,
});
const enough = [bound('storage >= 500 GB', 'free space')];

describe('the verdict', () => {
  it('is a sentence with what there is and what is needed', () => {
    expect(judge('prd-1', space(212), enough, evaluate)).toMatchObject({
      verdict: 'fail',
      sentence: 'prd-1 has 212 GB free at /data, 500 GB needed.',
    });
    expect(judge('prd-1', space(612), enough, evaluate)).toMatchObject({ verdict: 'pass' });
  });

  it('is an error, with what to add, where nothing says how much is needed', () => {
    expect(judge('prd-1', space(212), [], evaluate)).toMatchObject({
      verdict: 'error',
      sentence:
        "prd-1 has 212 GB free at /data, but nothing says how much is needed. Add a rule to the check, or a bound to the item's words.",
    });
  });

  it('is unproven while the bound lies inside the interval, and passes only when the whole interval clears it', () => {
    const latency = (low: number, high: number): Found => ({
      measured: [
        { quantity: 'latency', value: (low + high) / 2, unit: 's', interval: [low, high], text: '' },
      ],
      conditions: [],
      says: 'answers in some time',
    });
    const rules = [bound('latency < 5 s', 'latency')];
    expect(judge('prd-1', latency(4, 4.9), rules, evaluate).verdict).toBe('pass');
    expect(judge('prd-1', latency(4, 5.1), rules, evaluate)).toMatchObject({
      verdict: 'unproven',
      sentence:
        'prd-1 answers in some time, less than 5 s needed: not proven, because the bound lies inside the interval.',
    });
    expect(judge('prd-1', latency(5.1, 6), rules, evaluate).verdict).toBe('fail');
  });

  it('names the quantities where there are several rules, and only those that decide', () => {
    const found = {
      ...space(212),
      measured: [...space(212).measured, { quantity: 'free share', value: 3, unit: '%', text: '3 %' }],
    };
    const rules = [bound('free space >= 100 GB', 'free space'), bound('free share > 10 %', 'free share')];
    expect(judge('prd-1', found, rules, evaluate)).toMatchObject({
      verdict: 'fail',
      sentence: 'prd-1 has 212 GB free at /data, free share more than 10 % needed.',
      rules: [{ verdict: 'pass' }, { verdict: 'fail' }],
    });
  });

  it('is an error where a rule has no figure, unless something else has failed for certain', () => {
    const rules = [...enough, bound('latency < 5 s', 'latency')];
    expect(judge('prd-1', space(612), rules, evaluate)).toMatchObject({
      verdict: 'error',
      sentence: 'prd-1 gave no figure for "latency < 5 s".',
    });
    expect(judge('prd-1', space(212), rules, evaluate).verdict).toBe('fail');
  });

  it('says which version is needed', () => {
    const found = {
      measured: [{ quantity: 'python', value: '3.11.7', unit: '', text: '3.11.7' }],
      conditions: [],
      says: 'has Python 3.11.7',
    };
    expect(judge('This machine', found, [bound('python >= v3.12', 'python')], evaluate).sentence).toBe(
      'This machine has Python 3.11.7, 3.12 or newer needed.',
    );
  });

  it('passes only when every rule and every condition holds', () => {
    const verdict = fc.constantFrom<'pass' | 'fail' | 'unproven' | 'error'>(
      'pass',
      'fail',
      'unproven',
      'error',
    );
    fc.assert(
      fc.property(fc.array(verdict), fc.array(fc.boolean()), (verdicts, conditions) => {
        const found: Found = {
          measured: verdicts.map((_, index) => ({
            quantity: String(index),
            value: index,
            unit: '',
            text: '',
          })),
          conditions: conditions.map((holds) => ({ holds, needs: 'it' })),
          says: 'is so',
        };
        const rules = verdicts.map((_, index) => bound(`${index} > 1`, String(index)));
        const judged = judge('h', found, rules, ({ quantity }) => ({
          verdict: verdicts[Number(quantity)] ?? 'error',
          sentence: 'x',
        }));
        const clear = verdicts.every((one) => one === 'pass') && conditions.every(Boolean);
        expect(judged.verdict === 'pass').toBe(clear && verdicts.length + conditions.length > 0);
        if (verdicts.includes('fail') || conditions.includes(false)) expect(judged.verdict).toBe('fail');
      }),
    );
  });
});
