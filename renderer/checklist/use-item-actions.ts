import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Item, Marked } from '../../shared/contract/checklist.ts';
import { applyItems, type Binding, useAction, useNotify, useService } from '../app/index.ts';
import { type Question, tickOf } from './item-actions.ts';

/** What can be done with one item: by key, by button, by clicking its box. */
export function useItemActions(notWritten: string | null) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const notify = useNotify();
  const [question, setQuestion] = useState<Question | null>(null);

  const onDone = ({ items, file, why }: Marked) => {
    applyItems(cache, queries, items);
    setQuestion(null);
    if (file === 'kept' && why && why !== notWritten) {
      notify({ title: 'Kept in the journal only', text: why, tone: 'calm' });
    }
    if (file === 'asks') void cache.invalidateQueries({ queryKey: queries.checklist.get.queryKey() });
  };
  const failure = 'The item was not changed';
  const mark = useAction(client.checklist.mark, { onDone, failure });
  const answer = useAction(client.checklist.answer, { onDone, failure });
  const withdraw = useAction(client.checklist.withdrawOverride, { onDone, failure });
  const rerun = useAction((item: string) => client.checks.run({ item }), {
    failure: 'The checks did not run',
  });

  const tick = (item: Item) => {
    const does = tickOf(item);
    if (does.does === 'mark') mark.run({ item: item.id, state: does.state });
    else if (does.does === 'gate') setQuestion({ ask: 'gate', item });
    else {
      notify({
        title: 'A no-go criterion is a question',
        text: 'Press Y if it holds, D if it does not.',
        tone: 'calm',
      });
    }
  };

  /** The commands of the selected item; the ones that do not apply are absent. */
  const bindingsFor = (item: Item | null) => {
    if (!item) return {};
    const isQuestion = item.criterion === 'no-go';
    const isGate = item.gate !== null;
    const ask = (which: 'note' | 'assign' | 'override'): Binding => ({
      run: () => setQuestion({ ask: which, item }),
    });
    const reason = (state: 'failed' | 'blocked' | 'waived'): Binding | null =>
      item.state === state ? null : { run: () => setQuestion({ ask: 'reason', state, item }) };
    const markable = !isQuestion && !isGate;
    return {
      done: markable && item.state === 'done' ? null : { run: () => tick(item) },
      reopen:
        !isQuestion && item.state !== 'open'
          ? { run: () => mark.run({ item: item.id, state: 'open' }) }
          : isQuestion && item.holds !== null
            ? { run: () => answer.run({ item: item.id, holds: null }) }
            : null,
      active:
        !isQuestion && item.state !== 'active' && item.state !== 'done'
          ? { run: () => mark.run({ item: item.id, state: 'active' }) }
          : null,
      failed: markable ? reason('failed') : null,
      blocked: isQuestion ? null : reason('blocked'),
      waived: isQuestion ? null : reason('waived'),
      holds:
        isQuestion && item.holds !== true ? { run: () => answer.run({ item: item.id, holds: true }) } : null,
      holdsNot:
        isQuestion && item.holds !== false
          ? { run: () => answer.run({ item: item.id, holds: false }) }
          : null,
      note: ask('note'),
      assign: ask('assign'),
      rerun: isGate
        ? {
            run: () => rerun.run(item.id),
            why: item.gate?.running ? 'It is being measured now.' : null,
          }
        : null,
      override: isGate && !item.override ? ask('override') : null,
      withdraw: item.override ? { run: () => withdraw.run({ item: item.id }) } : null,
    } satisfies Record<string, Binding | null>;
  };

  return { question, setQuestion, onDone, tick, bindingsFor };
}
