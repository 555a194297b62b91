import type { Board } from '../../../shared/contract/board.ts';
import { roleAnswered, roleWithdrew } from '../../board/index.ts';
import type { Entry, Journal } from '../../journal/index.ts';
import { runStarted } from '../../runbook/index.ts';
import { entryKept } from '../../signoff/index.ts';
import { type BoardBody, boardStood, launchOpened, type OpenedBody } from './entries.ts';

export interface RecorderParts {
  journal: Journal;
  launch: string;
  author(): string;
  opened(): Omit<OpenedBody, 'launch'>;
  board(): Pick<Board, 'decision' | 'reasons'>;
}

export interface Recorder {
  /** Records what the pack asks for, where that is not what was recorded last. */
  packRead(): void;
  close(): void;
}

const decisive = new Set([roleAnswered.name, roleWithdrew.name, entryKept.name]);
const mostReasons = 50;

/**
 * Writes down what can be known only while the pack is there, so that an audit years later needs the journal alone: who
 * had to answer, whose keys counted, and what the board said when people answered and when runs were started.
 */
export function recordPast({ journal, launch, author, opened, board }: RecorderParts): Recorder {
  const runs: string[] = [];
  let waiting: NodeJS.Immediate | null = null;
  const newest = (kind: string) =>
    journal
      .prepare(
        `SELECT body FROM entry WHERE json_extract(body, '$.launch') = ? AND kind = ? ORDER BY lamport DESC LIMIT 1`,
      )
      .pluck()
      .get(launch, kind) as string | undefined;
  const isWritable = () => journal.status().problem === null;

  /** What cannot be written down must end neither the run nor the program. */
  const record = () => {
    try {
      write();
    } catch (error) {
      console.error(`What the board says is not recorded: ${(error as Error).message}`);
    }
  };
  const write = () => {
    waiting = null;
    if (!isWritable()) return;
    const { decision, reasons } = board();
    const said = {
      decision,
      reasons: reasons.slice(0, mostReasons).map(({ text }) => text),
      of: reasons.length,
    };
    const started = runs.splice(0);
    if (started.length === 0 && isSame(newest(boardStood.name), said)) return;
    const about = started.length > 0 ? started : [''];
    journal.append(author(), ...about.map((run) => boardStood.draft({ launch, run, ...said })));
  };
  const stop = journal.onAppend((entries) => {
    for (const entry of entries.filter((one) => isOf(one, launch))) {
      if (entry.kind === runStarted.name) runs.push(runStarted.parse(entry).run);
      else if (!decisive.has(entry.kind)) continue;
      // Who appended has not taken it in yet: the board is asked once that is done.
      waiting ??= setImmediate(record);
    }
  });
  return {
    packRead() {
      const draft = launchOpened.draft({ launch, ...opened() });
      if (isWritable() && newest(launchOpened.name) !== draft.body) journal.append(author(), draft);
    },
    close() {
      stop();
      if (!waiting) return;
      clearImmediate(waiting);
      record();
    },
  };
}

function isOf({ kind, body }: Entry, launch: string): boolean {
  return (kind === runStarted.name || decisive.has(kind)) && JSON.parse(body).launch === launch;
}

function isSame(body: string | undefined, said: Omit<BoardBody, 'launch' | 'run'>): boolean {
  if (body === undefined) return false;
  const { launch, run, ...before } = JSON.parse(body) as BoardBody;
  return JSON.stringify(before) === JSON.stringify(said);
}
