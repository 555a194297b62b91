import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { checklistProjection, openChecklist } from '../../../electron/checklist/index.ts';
import { openJournal } from '../../../electron/journal/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** Starts marking, kills it after so many marks and a little more, and gives the marks that were said to be made. */
async function markAndKill(folder: string, marks: number): Promise<Map<string, string>> {
  const child = spawn('node', ['test/integration/checklist/marker.ts', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = new Map<string, string>();
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [id = '', state] = line.split(' ');
    if (state) said.set(id, state);
    count += 1;
    if (count === marks) setTimeout(() => child.kill('SIGKILL'), Math.random() * 10);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return said;
}

describe('a service that is killed while it marks', () => {
  it('leaves the file whole, and every mark that was answered in file and journal', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'checklist.md');
    copyFileSync('test/fixtures/checklist/launch.md', file);
    const bare = (text: string) => text.replaceAll(/\[[ x~]\] /g, '[ ] ');
    const before = bare(readFileSync(file, 'utf8'));

    for (const marks of [2, 17, 60]) {
      const said = await markAndKill(folder, marks);
      expect(bare(readFileSync(file, 'utf8'))).toBe(before);
      const journal = openJournal(join(folder, 'data'), { projections: [checklistProjection] });
      const checklist = await openChecklist({
        journal,
        launch: 'forecaster@3.1.0',
        file,
        mode: 'live',
        writable: true,
        cacheFolder: join(folder, 'cache'),
      });
      // The one mark under way may be in the file and not in the journal: it was never answered, and shows as a claim
      // or as a dispute, never as a mark that nobody made.
      const differing = [...said].filter(([id, state]) => {
        const item = checklist.items.find((one) => one.id === id);
        return item?.state !== state || item?.status === 'disputed';
      });
      expect(differing.length).toBeLessThanOrEqual(1);
      for (const [id] of differing)
        expect(checklist.items.find((one) => one.id === id)?.state).not.toBe('open');
      await checklist.close();
      journal.close();
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp')).length).toBeLessThanOrEqual(3);
  });
});
