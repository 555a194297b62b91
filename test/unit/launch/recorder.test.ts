import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { roleAnswered } from '../../../electron/board/index.ts';
import { openJournal } from '../../../electron/journal/index.ts';
import { recordPast } from '../../../electron/launch/past/recorder.ts';
import { projections } from '../../../electron/recorded.ts';
import { temporaryFolder } from '../../support/folder.ts';

function recording() {
  const journal = openJournal(temporaryFolder(), { projections });
  onTestFinished(() => journal.close());
  const reasons: {
    code: 'role-missing';
    status: 'open';
    text: string;
    link: { to: 'role'; role: string };
  }[] = [];
  const board = vi.fn(() => ({ decision: 'no-go' as const, reasons }));
  const opened = { system: 'Apex', version: '1', mode: 'live' as const, folder: '/packs/apex', roles: [] };
  const recorder = recordPast({
    ...{ journal, launch: 'Apex@1', author: () => 'Ada', board },
    opened: () => ({ ...opened, allowedSigners: 'a', revokedKeys: 'b' }),
  });
  const answer = (launch = 'Apex@1') =>
    journal.append('Ada', roleAnswered.draft({ launch, role: 'lead', value: 'go', condition: '' }));
  const kinds = () => journal.prepare('SELECT kind FROM entry ORDER BY seq').pluck().all();
  return { journal, recorder, board, reasons, answer, kinds };
}

it('what a pack asks for and what the board says are recorded when they change, not each time', async () => {
  const { recorder, answer, kinds } = recording();
  recorder.packRead();
  recorder.packRead();
  for (let round = 0; round < 2; round += 1) {
    answer();
    await setImmediate();
  }
  answer('Other@1');
  await setImmediate();
  expect(kinds()).toEqual([
    ...['launch.opened', 'role.answered', 'launch.board-stood', 'role.answered', 'role.answered'],
  ]);
});

it('an answer given right before the end is not forgotten', () => {
  const { recorder, answer, kinds } = recording();
  answer();
  recorder.close();
  answer();
  expect(kinds()).toEqual(['role.answered', 'launch.board-stood', 'role.answered']);
});

it('a board that cannot be read ends nothing, and is said', async () => {
  const { board, answer, kinds } = recording();
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  board.mockImplementationOnce(() => {
    throw new Error('the plan is gone');
  });
  answer();
  await setImmediate();
  expect(said).toHaveBeenCalledWith('What the board says is not recorded: the plan is gone');
  answer();
  await setImmediate();
  expect(kinds()).toEqual(['role.answered', 'role.answered', 'launch.board-stood']);
});
