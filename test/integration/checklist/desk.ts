import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import {
  type ChecklistOptions,
  checklistProjection,
  type OpenChecklist,
  openChecklist,
} from '../../../electron/checklist/index.ts';
import { type Journal, openJournal } from '../../../electron/journal/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** A checklist in a folder of its own, with the journal and cache that go with it. */
export interface Desk {
  file: string;
  journal: Journal;
  checklist: OpenChecklist;
  text(): string;
  /** Closes the checklist and opens it again, as after a restart. */
  reopen(changes?: Partial<ChecklistOptions>): Promise<OpenChecklist>;
  /** The id of the first item whose title begins so. */
  id(title: string): string;
  status(title: string): string;
}

/** One cache for all desks of a test file: what one has parsed the next need not. */
const cacheFolder = mkdtempSync(join(tmpdir(), 'holdpoint-test-'));
afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

export async function openDesk(changes: Partial<ChecklistOptions> = {}): Promise<Desk> {
  const folder = temporaryFolder();
  const file = join(folder, 'checklist.md');
  copyFileSync('test/fixtures/checklist/launch.md', file);
  const journal = openJournal(join(folder, 'data'), { projections: [checklistProjection] });
  const options: ChecklistOptions = {
    journal,
    launch: 'forecaster@3.1.0',
    file,
    mode: 'live',
    writable: true,
    cacheFolder,
    watchEveryMs: 60_000,
    ...changes,
  };
  const desk: Desk = {
    file,
    journal,
    checklist: await openChecklist(options),
    text: () => readFileSync(options.file, 'utf8'),
    reopen: async (more = {}) => {
      await desk.checklist.close();
      desk.checklist = await openChecklist({ ...options, ...more });
      return desk.checklist;
    },
    id: (title) => {
      const item = desk.checklist.items.find((one) => one.title.startsWith(title));
      if (!item) throw new Error(`there is no item "${title}"`);
      return item.id;
    },
    status: (title) => desk.checklist.items.find((one) => one.title.startsWith(title))?.status ?? 'not there',
  };
  onTestFinished(async () => {
    await desk.checklist.close();
    journal.close();
  });
  return desk;
}
