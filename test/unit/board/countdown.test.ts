import { describe, expect, it, onTestFinished } from 'vitest';
import { boardProjection, createCountdown } from '../../../electron/board/index.ts';
import { openJournal } from '../../../electron/journal/index.ts';
import { readClock } from '../../../shared/clock.ts';
import { temporaryFolder } from '../../support/folder.ts';

function clockworks() {
  let time = Date.parse('2026-11-24T00:00:00Z');
  const now = () => new Date(time);
  const journal = openJournal(temporaryFolder(), { projections: [boardProjection], now });
  onTestFinished(() => journal.close());
  const keeper = createCountdown(journal, 'apex@1', () => '2026-11-24T01:00:00Z', now);
  return {
    journal,
    keeper,
    pass: (seconds: number) => (time += seconds * 1000),
    text: () => readClock(keeper.read(), now()).text,
  };
}

describe('the countdown', () => {
  it('counts down to T-0 and on past it', () => {
    const { pass, text } = clockworks();
    expect(text()).toBe('T-01:00:00');
    pass(3599);
    expect(text()).toBe('T-00:00:01');
    pass(11);
    expect(text()).toBe('T+00:00:10');
  });

  it('stands in a hold, and T-0 moves by its length', () => {
    const { keeper, pass, text } = clockworks();
    pass(600);
    keeper.hold('ada', 'weather');
    pass(1200);
    expect(text()).toBe('T-00:50:00');
    keeper.resume('ada');
    expect(text()).toBe('T-00:50:00');
    pass(60);
    expect(text()).toBe('T-00:49:00');
  });

  it('adds up several holds, and takes a second hold as the new reason of the first', () => {
    const { keeper, pass, text } = clockworks();
    keeper.hold('ada', 'one');
    pass(10);
    keeper.hold('ada', 'two');
    pass(10);
    expect(keeper.read().hold?.reason).toBe('two');
    keeper.resume('ada');
    keeper.resume('ada');
    pass(10);
    expect(text()).toBe('T-00:59:50');
  });

  it('takes a new T-0 from a person, also none, and is the same when rebuilt', () => {
    const { journal, keeper, text } = clockworks();
    keeper.setT0('ada', '2026-11-26T00:00:00Z');
    expect(text()).toBe('T-2d 00:00:00');
    const before = keeper.read();
    journal.rebuild();
    expect(keeper.read()).toEqual(before);
    keeper.setT0('ada', null);
    expect(text()).toBe('');
    expect(() => keeper.setT0('ada', 'tomorrow')).toThrow('Write it as');
  });
});
