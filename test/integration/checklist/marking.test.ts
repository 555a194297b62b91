import {
  chmodSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChecklistChange } from '../../../electron/checklist/index.ts';
import type { Gate } from '../../../shared/contract/checklist.ts';
import { openDesk } from './desk.ts';

const gate: Gate = {
  checks: ['disk'],
  verdict: 'fail',
  measured: '12 GB',
  sentence: 'Too little.',
  at: '2026-01-20T09:00:00.000Z',
  running: false,
};

describe('marking an item', () => {
  it('writes the one character, keeps the mode of the file, and is there after a restart', async () => {
    const desk = await openDesk();
    chmodSync(desk.file, 0o640);
    const before = desk.text();
    const marked = await desk.checklist.mark('ada', desk.id('Checkpoint stored'), 'done');
    expect(marked).toMatchObject({
      file: 'written',
      why: '',
      items: [{ status: 'done', ticked: true, by: 'ada' }],
    });
    expect(desk.text()).toBe(before.replace('- [ ] Checkpoint', '- [x] Checkpoint'));
    expect(statSync(desk.file).mode & 0o777).toBe(0o640);
    expect(readdirSync(dirname(desk.file)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

    const entries = desk.journal.status().entries;
    const rows = desk.checklist.items;
    await desk.reopen();
    expect(desk.checklist.items).toEqual(rows);
    expect(desk.journal.status().entries).toBe(entries);
  });

  it('writes a tick for done, a tilde for waived, and nothing else into the box', async () => {
    const desk = await openDesk();
    const id = desk.id('Checkpoint stored');
    const boxes: string[] = [];
    for (const state of ['active', 'done', 'failed', 'waived', 'blocked', 'open'] as const) {
      await desk.checklist.mark('ada', id, state, 'because');
      boxes.push(/- \[(.)\] Checkpoint/.exec(desk.text())?.[1] ?? '');
    }
    expect(boxes).toEqual([' ', 'x', ' ', '~', ' ', ' ']);
  });

  it('gives back the changed row alone, tells listeners, and records nothing twice', async () => {
    const desk = await openDesk();
    const changes: ChecklistChange[] = [];
    desk.checklist.onChange((change) => changes.push(change));
    const id = desk.id('Checkpoint stored');
    const { items } = await desk.checklist.mark('ada', id, 'done');
    expect(items.map((item) => item.id)).toEqual([id]);
    expect(changes).toEqual([{ kind: 'items', items }]);
    const entries = desk.journal.status().entries;
    expect(await desk.checklist.mark('ada', id, 'done')).toMatchObject({ items: [], file: 'kept' });
    expect(desk.journal.status().entries).toBe(entries);
  });

  it('clears away what a killed Holdpoint left beside the file', async () => {
    const desk = await openDesk();
    const [old, young, other] = [
      '.checklist.md.0123abcd.tmp',
      '.checklist.md.4567cdef.tmp',
      '.checklist.md.mine.tmp',
    ];
    for (const name of [old, young, other]) writeFileSync(join(dirname(desk.file), name), '');
    for (const name of [old, other]) utimesSync(join(dirname(desk.file), name), 1, 1);
    await desk.checklist.mark('ada', desk.id('Checkpoint stored'), 'done');
    expect(readdirSync(dirname(desk.file)).filter((name) => name.endsWith('.tmp'))).toEqual([young, other]);
  });

  it('many times at once loses none', async () => {
    const desk = await openDesk();
    const open = desk.checklist.items.filter(({ ticked, criterion }) => !ticked && criterion !== 'no-go');
    const marks = await Promise.all(open.map(({ id }) => desk.checklist.mark('ada', id, 'done')));
    expect(marks.every(({ file }) => file === 'written')).toBe(true);
    expect(desk.text().match(/\[ \] /g)).toHaveLength(2);
    expect((await desk.reopen()).items.filter(({ status }) => status === 'done')).toHaveLength(open.length);
  });

  it('goes through a link to the file it points to', async () => {
    const desk = await openDesk();
    const real = join(dirname(desk.file), 'real.md');
    renameSync(desk.file, real);
    symlinkSync(real, desk.file);
    expect(await desk.checklist.mark('ada', desk.id('Checkpoint stored'), 'done')).toMatchObject({
      file: 'written',
    });
    expect(statSync(real).isFile()).toBe(true);
    expect(desk.text()).toContain('- [x] Checkpoint');
  });

  it('leaves the file alone in a rehearsal, and where the pack may not be changed', async () => {
    for (const changes of [{ mode: 'rehearsal' }, { writable: false }] as const) {
      const desk = await openDesk(changes);
      const before = desk.text();
      expect(await desk.checklist.mark('ada', desk.id('Checkpoint stored'), 'done')).toMatchObject({
        file: 'kept',
        why: desk.checklist.get().notWritten,
        items: [{ status: 'done', ticked: false }],
      });
      expect(desk.text()).toBe(before);
      await desk.reopen();
      expect(desk.status('Checkpoint stored')).toBe('done');
    }
  });

  it('is kept in the journal where the file cannot be written, and says why', async () => {
    const desk = await openDesk();
    rmSync(desk.file);
    expect(await desk.checklist.mark('ada', desk.id('Checkpoint stored'), 'done')).toMatchObject({
      file: 'kept',
      why: `${desk.file} could not be written: it is gone.`,
      items: [{ status: 'done', ticked: false }],
    });
  });
});

describe('what may be said', () => {
  it('of a block or a waiver needs a reason', async () => {
    const desk = await openDesk();
    for (const state of ['blocked', 'waived'] as const) {
      await expect(desk.checklist.mark('ada', desk.id('Checkpoint'), state, ' ')).rejects.toMatchObject({
        code: 'reason-needed',
      });
    }
  });

  it('of a gate is not that it is done; it can be overridden with a reason, and that taken back', async () => {
    const desk = await openDesk();
    const id = desk.id('Data disk');
    expect(desk.checklist.setGates(new Map([[id, gate]]))).toMatchObject([{ status: 'fail' }]);
    const before = desk.text();
    await expect(desk.checklist.mark('ada', id, 'done')).rejects.toMatchObject({ code: 'is-gate' });
    await expect(desk.checklist.override('ada', id, '')).rejects.toMatchObject({ code: 'reason-needed' });
    expect(await desk.checklist.override('ada', id, 'small data today')).toMatchObject({
      items: [{ status: 'overridden', override: { by: 'ada', reason: 'small data today' } }],
    });
    expect(desk.text()).toBe(before);
    expect(await desk.checklist.withdrawOverride('ada', id)).toMatchObject({ items: [{ status: 'fail' }] });
    expect(await desk.checklist.withdrawOverride('ada', id)).toMatchObject({ items: [] });
    await expect(desk.checklist.override('ada', desk.id('Checkpoint'), 'x')).rejects.toMatchObject({
      code: 'is-no-gate',
    });
    expect(desk.checklist.setGates(new Map())).toMatchObject([{ status: 'open', gate: null }]);
  });

  it('of a no-go criterion is whether it holds', async () => {
    const desk = await openDesk();
    const id = desk.id('Staging failed');
    await expect(desk.checklist.mark('ada', id, 'done')).rejects.toMatchObject({ code: 'is-question' });
    await expect(desk.checklist.answer('ada', desk.id('Checkpoint'), true)).rejects.toMatchObject({
      code: 'is-no-question',
    });
    expect(await desk.checklist.answer('ada', id, true, 'two tests')).toMatchObject({
      file: 'written',
      items: [{ holds: true, status: 'failed', ticked: true }],
    });
    expect(await desk.checklist.answer('ada', id, false)).toMatchObject({
      items: [{ holds: false, status: 'done' }],
    });
    expect(await desk.checklist.answer('ada', id, null)).toMatchObject({
      items: [{ holds: null, status: 'open' }],
    });
    desk.checklist.setGates(new Map([[id, gate]]));
    expect(desk.status('Staging failed')).toBe('pass');
    await expect(desk.checklist.answer('ada', id, false)).rejects.toMatchObject({ code: 'is-gate' });
  });

  it('is found in the item, with notes, assignee and its findings', async () => {
    const desk = await openDesk();
    const id = desk.id('Cost study done');
    await desk.checklist.note('ada', id, 'see the report');
    await desk.checklist.assign('ada', id, 'bob ');
    await desk.checklist.mark('bob', id, 'active');
    const detail = desk.checklist.item(id);
    expect(detail).toMatchObject({
      item: { notes: 1, assignee: 'bob', status: 'active' },
      path: ['Forecaster: going live', 'Before the launch', '1. Model ✅'],
      findings: [{ code: 'contradiction' }],
    });
    expect(detail.history.map(({ by, text }) => `${by}: ${text}`)).toEqual([
      expect.stringContaining('ada: Noted on'),
      expect.stringContaining('ada: Gave'),
      expect.stringContaining('bob: Marked'),
    ]);
    expect(() => desk.checklist.item('nothing')).toThrow('There is no item nothing');
  });

  it('of a journal that cannot be written changes no file either', async () => {
    const desk = await openDesk();
    const status = { ...desk.journal.status(), problem: 'The journal is damaged.' };
    Object.defineProperty(desk.journal, 'status', { value: () => status });
    const before = desk.text();
    await expect(desk.checklist.mark('ada', desk.id('Checkpoint'), 'done')).rejects.toThrow('damaged');
    expect(desk.text()).toBe(before);
  });
});

describe('the file changed underneath', () => {
  it('keeps what others wrote, and the mark goes to where the item stands now', async () => {
    const desk = await openDesk();
    const changed = desk.text().replace('## Before the launch', 'A new line.\n\n## Before the launch');
    writeFileSync(desk.file, changed);
    expect(await desk.checklist.mark('ada', desk.id('Checkpoint stored'), 'done')).toMatchObject({
      file: 'written',
    });
    expect(desk.text()).toBe(changed.replace('- [ ] Checkpoint', '- [x] Checkpoint'));
  });

  it('and the item is gone: the mark is kept, and somebody is asked', async () => {
    const desk = await openDesk();
    const id = desk.id('Checkpoint stored');
    const changed = desk
      .text()
      .replace('Checkpoint stored: `models/forecaster_v3.1.0.pt`', 'Weights at hand');
    writeFileSync(desk.file, changed);
    expect(await desk.checklist.mark('ada', id, 'done')).toMatchObject({
      file: 'asks',
      why: expect.stringContaining('no longer shows "Checkpoint stored'),
      items: [],
    });
    expect(desk.text()).toBe(changed);
    expect(desk.checklist.get().unmatched).toMatchObject([
      { id, state: 'done', title: expect.stringContaining('Checkpoint') },
    ]);

    const after = await desk.checklist.rematch('ada', [{ from: id, to: desk.id('Weights at hand') }]);
    expect(after.unmatched).toEqual([]);
    expect(desk.status('Weights at hand')).toBe('done');
    await expect(desk.checklist.rematch('ada', [{ from: id, to: null }])).rejects.toMatchObject({
      code: 'unknown-item',
    });
  });

  it('with hardly other words: the item keeps its mark, and listeners hear of the document', async () => {
    const desk = await openDesk();
    await desk.checklist.mark('ada', desk.id('Data disk'), 'failed');
    const changes: ChecklistChange[] = [];
    desk.checklist.onChange((change) => changes.push(change));
    writeFileSync(desk.file, desk.text().replace('Data disk: 200GB+ free', 'Data disks: 200GB+ free'));
    await desk.checklist.refresh();
    expect(changes).toEqual([{ kind: 'document' }]);
    expect(desk.status('Data disks')).toBe('failed');
    expect(desk.checklist.item(desk.id('Data disks')).history.at(-1)).toMatchObject({
      by: 'Holdpoint',
      text: expect.stringContaining('is now "Data disks'),
    });
  });

  it('while Holdpoint was closed: the same, because the document of then is still in the cache', async () => {
    const desk = await openDesk();
    await desk.checklist.mark('ada', desk.id('Data disk'), 'failed');
    await desk.checklist.mark('ada', desk.id('Limit per user'), 'failed');
    const changed = desk
      .text()
      .replace('Data disk: 200GB+', 'Data disks: 200GB+')
      .replace('60 req/min', '90 req/min');
    await desk.checklist.close();
    writeFileSync(desk.file, changed);
    await desk.reopen();
    expect(desk.status('Data disks')).toBe('failed');
    // Another threshold is another item until a person says it is not.
    expect(desk.checklist.get().unmatched).toMatchObject([
      {
        title: 'Limit per user (e.g., 60 req/min)',
        candidates: [{ title: 'Limit per user (e.g., 90 req/min)' }],
      },
    ]);
  });

  it('in a box that was marked here: the two are in dispute until somebody marks again', async () => {
    const desk = await openDesk();
    const id = desk.id('Checkpoint stored');
    await desk.checklist.mark('ada', id, 'done');
    writeFileSync(desk.file, desk.text().replace('- [x] Checkpoint', '- [ ] Checkpoint'));
    await desk.checklist.refresh();
    expect(desk.status('Checkpoint stored')).toBe('disputed');
    await desk.checklist.mark('bob', id, 'done');
    expect(desk.status('Checkpoint stored')).toBe('done');
    expect(desk.text()).toContain('- [x] Checkpoint');
  });

  it('is seen without anybody asking', async () => {
    const desk = await openDesk({ watchEveryMs: 20 });
    const heard = new Promise((resolve) => desk.checklist.onChange(resolve));
    writeFileSync(desk.file, `${desk.text()}- [ ] One more\n`);
    expect(await heard).toEqual({ kind: 'document' });
    expect(desk.status('One more')).toBe('open');
  });

  it('and cannot be read: what was read last stays, with a sentence, until it can', async () => {
    const desk = await openDesk();
    const text = desk.text();
    for (const [spoil, why] of [
      [() => rmSync(desk.file), 'it is not there'],
      [
        () => writeFileSync(desk.file, Buffer.from([0x2d, 0x20, 0xff, 0x0a])),
        'line 1 holds bytes that are no UTF-8',
      ],
    ] as const) {
      spoil();
      await desk.checklist.refresh();
      expect(desk.checklist.get()).toMatchObject({ notWritten: expect.stringContaining(why) });
      expect(desk.checklist.items).toHaveLength(35);
      expect(await desk.checklist.mark('ada', desk.id('Config copied'), 'active')).toMatchObject({
        file: 'kept',
      });
      writeFileSync(desk.file, text);
      await desk.checklist.refresh();
      expect(desk.checklist.get().notWritten).toBeNull();
      await desk.checklist.mark('ada', desk.id('Config copied'), 'open');
    }
  });
});
