import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checklistProjection, describeEntry } from '../../../electron/checklist/index.ts';
import * as entries from '../../../electron/checklist/records/entries.ts';
import { readHistory, readRecords } from '../../../electron/checklist/records/records.ts';
import { type Draft, type Journal, openJournal } from '../../../electron/journal/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

function open(): Journal {
  const journal = openJournal(temporaryFolder(), { projections: [checklistProjection] });
  onTestFinished(() => journal.close());
  return journal;
}

const tables = Object.keys(checklistProjection.tables);
const rows = (journal: Journal) =>
  tables.map((table) => journal.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all());

const about = (item: string, launch = 'ranker@1') => ({
  launch,
  item,
  title: `Item ${item}`,
  path: ['Section'],
});
const inFile = { box: ' ' as const, digest: 'd' };
const marked = (item: string, state: 'done' | 'open' | 'failed', seen: string[] = [], launch?: string) =>
  entries.itemMarked.draft({ ...about(item, launch), ...inFile, state, reason: '', seen });

function append(journal: Journal, draft: Draft, author = 'ada'): string {
  return journal.append(author, draft)[0]?.hash ?? '';
}

describe('what was said of an item', () => {
  it('is what was said last, where the author knew of the earlier', () => {
    const journal = open();
    const first = append(journal, marked('a', 'done'));
    append(journal, marked('a', 'failed', [first]), 'bob');
    expect(readRecords(journal, 'ranker@1').get('a')?.marks).toMatchObject([{ value: 'failed', by: 'bob' }]);
  });

  it('is two things where two did not see each other, until somebody who saw both settles it', () => {
    const journal = open();
    const base = append(journal, marked('a', 'open'));
    const one = append(journal, marked('a', 'done', [base]), 'ada');
    const other = append(journal, marked('a', 'failed', [base]), 'bob');
    expect(
      readRecords(journal, 'ranker@1')
        .get('a')
        ?.marks.map(({ value }) => value),
    ).toEqual(['done', 'failed']);
    append(journal, marked('a', 'done', [one, other]), 'eve');
    expect(readRecords(journal, 'ranker@1').get('a')?.marks).toMatchObject([{ value: 'done', by: 'eve' }]);
  });

  it('in one launch is nothing to another', () => {
    const journal = open();
    append(journal, marked('a', 'done', [], 'ranker@1#rehearsal'));
    expect(readRecords(journal, 'ranker@1').size).toBe(0);
    expect(readRecords(journal, 'ranker@1#rehearsal').get('a')?.marks).toHaveLength(1);
  });

  it('goes along when the item gets other words, with its whole history', () => {
    const journal = open();
    append(journal, marked('a', 'done'));
    append(journal, entries.itemNoted.draft({ ...about('a'), text: 'seen' }));
    const { launch: _, ...to } = about('b');
    append(journal, entries.itemRematched.draft({ ...about('a'), to, how: 'person' }));
    const records = readRecords(journal, 'ranker@1');
    expect([...records.keys()]).toEqual(['b']);
    expect(records.get('b')).toMatchObject({ title: 'Item b', notes: 1, marks: [{ value: 'done' }] });
    expect(readHistory(journal, 'ranker@1', 'b').map((entry) => describeEntry(entry)?.text)).toEqual([
      'Marked "Item a" done',
      'Noted on "Item a": seen',
      '"Item a" is now "Item b"',
    ]);
  });

  it('is in the tables no more when the item is gone, and in its history for ever', () => {
    const journal = open();
    append(journal, marked('a', 'done'));
    append(journal, entries.itemRematched.draft({ ...about('a'), to: null, how: 'person' }));
    expect(readRecords(journal, 'ranker@1').size).toBe(0);
    expect(readHistory(journal, 'ranker@1', 'a')).toHaveLength(2);
  });

  it('makes a dispute of two items that become one', () => {
    const journal = open();
    append(journal, marked('a', 'done'));
    append(journal, marked('b', 'failed'));
    const { launch: _, ...to } = about('b');
    append(journal, entries.itemRematched.draft({ ...about('a'), to, how: 'person' }));
    expect(readRecords(journal, 'ranker@1').get('b')?.marks).toHaveLength(2);
  });
});

describe('the tables of the checklist', () => {
  const item = fc.constantFrom('a', 'b', 'c').map((id) => about(id));
  const state = fc.constantFrom('open', 'active', 'done', 'failed', 'blocked', 'waived');
  const box = fc.constantFrom(' ', 'x', '~');
  const steps = fc.oneof(
    fc.record({ item, state, box, sees: fc.nat(2) }).map((body) => ({ kind: 'mark', ...body }) as const),
    fc
      .record({ item, holds: fc.constantFrom(true, false, null), sees: fc.nat(2) })
      .map((body) => ({ kind: 'answer', ...body }) as const),
    item.map((on) => entries.itemNoted.draft({ ...on, text: 'note' })),
    fc
      .record({ item, to: fc.constantFrom('', 'bob') })
      .map((body) => entries.itemAssigned.draft({ ...body.item, to: body.to })),
    item.map((on) => entries.itemOverridden.draft({ ...on, reason: 'because' })),
    item.map((on) => entries.itemOverrideWithdrawn.draft(on)),
    fc
      .record({ item, to: fc.option(item) })
      .map((body) => entries.itemRematched.draft({ ...body.item, to: body.to, how: 'person' })),
    fc.constant(
      entries.checklistRead.draft({
        launch: 'ranker@1',
        file: 'f',
        digest: 'd',
        key: 'k',
        items: 3,
        ticked: 0,
      }),
    ),
  );

  it('are the same rebuilt as they were kept, whatever was recorded', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (all) => {
        const journal = openJournal(temporaryFolder(), { projections: [checklistProjection] });
        for (const step of all) {
          if ('body' in step) journal.append('ada', step);
          else {
            const record = readRecords(journal, 'ranker@1').get(step.item.item);
            const said = step.kind === 'mark' ? record?.marks : record?.answers;
            const seen = (said ?? []).slice(0, step.sees).map(({ hash }) => hash);
            const common = { ...step.item, ...inFile, seen };
            journal.append(
              'ada',
              step.kind === 'mark'
                ? entries.itemMarked.draft({ ...common, state: step.state, box: step.box, reason: '' })
                : entries.itemAnswered.draft({ ...common, holds: step.holds, note: '' }),
            );
          }
        }
        const kept = rows(journal);
        journal.rebuild();
        expect(rows(journal)).toEqual(kept);
        journal.close();
      }),
      { numRuns: 15 },
    );
  });
});

describe('every kind of entry', () => {
  it('is told in a sentence with a link to its item', () => {
    const journal = open();
    const { launch: _, ...to } = about('b');
    const told = (draft: Draft) => {
      const [entry] = journal.append('ada', draft);
      return entry ? describeEntry(entry) : null;
    };
    const link = { to: 'item', item: 'a' };
    const base = { ...about('a'), ...inFile, seen: [] };
    expect(told(entries.itemMarked.draft({ ...base, state: 'blocked', reason: 'no disk' }))).toEqual({
      text: 'Marked "Item a" blocked: no disk',
      link,
    });
    expect(told(entries.itemAnswered.draft({ ...base, holds: false, note: 'looked' }))?.text).toBe(
      'Said that it does not hold: "Item a": looked',
    );
    expect(told(entries.itemAnswered.draft({ ...base, holds: null, note: '' }))?.text).toBe(
      'Took back the answer to "Item a"',
    );
    expect(told(entries.itemAssigned.draft({ ...about('a'), to: 'bob' }))?.text).toBe('Gave "Item a" to bob');
    expect(told(entries.itemOverridden.draft({ ...about('a'), reason: 'r' }))?.text).toBe(
      'Overrode the gate "Item a": r',
    );
    expect(told(entries.itemRematched.draft({ ...about('a'), to, how: 'words' }))).toEqual({
      text: '"Item a" is now "Item b" (same section, nearly the same words)',
      link: { to: 'item', item: 'b' },
    });
    const read = {
      launch: 'ranker@1',
      file: 'checklist.md',
      digest: '0123456789abcdef',
      key: 'k',
      items: 2,
      ticked: 1,
    };
    expect(told(entries.checklistRead.draft(read))).toEqual({
      text: 'Read checklist.md: 2 items, 1 ticked, SHA-256 0123456789ab…',
    });
    expect(told({ kind: 'run.started', body: '{}' })).toBeNull();
  });
});
