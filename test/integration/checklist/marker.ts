import { join } from 'node:path';
import { checklistProjection, openChecklist } from '../../../electron/checklist/index.ts';
import { openJournal } from '../../../electron/journal/index.ts';

/** Marks items one after the other until it is killed, and says each mark once it was made. */
const [folder = ''] = process.argv.slice(2);
const checklist = await openChecklist({
  journal: openJournal(join(folder, 'data'), { projections: [checklistProjection] }),
  launch: 'forecaster@3.1.0',
  file: join(folder, 'checklist.md'),
  mode: 'live',
  writable: true,
  cacheFolder: join(folder, 'cache'),
});
const items = checklist.items.filter(({ criterion }) => criterion !== 'no-go');
console.log('ready');
for (let round = 0; ; round += 1) {
  for (const { id } of items) {
    const state = round % 2 === 0 ? 'done' : 'waived';
    await checklist.mark('ada', id, state, 'because');
    process.stdout.write(`${id} ${state}\n`);
  }
}
