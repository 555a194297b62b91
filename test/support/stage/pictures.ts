import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/support/root.ts';
import { launchBrowser, openPage } from './browser.ts';
import { buildStage, serveStage } from './serve.ts';

/**
 * Takes a picture of every screen of the stage, to be looked at: `node test/support/stage/pictures.ts [words]`. Words
 * choose pictures by name; `--all` takes every scenario in every theme and size.
 */
const shots: Record<string, [scenario: string, path: string, keys?: string[]]> = {
  board: ['real', '/'],
  'board-go': ['go', '/'],
  'board-rehearsal': ['rehearsal', '/'],
  'board-held': ['held', '/'],
  'board-empty': ['empty', '/'],
  'board-overfull': ['overfull', '/'],
  'board-answer': ['real', '/', ['a']],
  'board-hold': ['real', '/', ['h']],
  checklist: ['real', '/checklist?item=%22i55%22'],
  'checklist-gates': ['real', '/checklist?filter=%22gates%22'],
  'checklist-finding': ['real', '/checklist?item=%22i6%22'],
  'checklist-empty': ['empty', '/checklist'],
  'checklist-overfull': ['overfull', '/checklist'],
  'checklist-changed': ['changed', '/checklist'],
  'checklist-gate': ['real', '/checklist?item=%22i55%22', ['x']],
  findings: ['real', '/findings'],
  runs: ['real', '/runs'],
  'runs-empty': ['rehearsal', '/runs'],
  plan: ['real', '/runs/plan?runbook=%22deploy%22&target=%22production%22'],
  'plan-start': ['real', '/runs/plan?runbook=%22deploy%22&target=%22production%22', ['s']],
  run: ['real', '/runs/r37'],
  'run-holding': ['holding', '/runs/r37'],
  'run-failed': ['failed', '/runs/r37'],
  'run-lost': ['lost', '/runs/r37'],
  'run-unknown': ['unknown', '/runs/r37'],
  'run-secret': ['secret', '/runs/r37'],
  'run-stopped': ['stopped', '/runs/r37'],
  'run-done': ['real', '/runs/r35'],
  'run-rollback': ['real', '/runs/r37', ['Shift+B']],
  'run-overfull': ['overfull', '/runs/r37'],
  hosts: ['real', '/hosts'],
  'hosts-troubled': ['troubled', '/hosts?host=%22prd-3%22'],
  'hosts-trust': ['troubled', '/hosts?host=%22prd-3%22', ['e']],
  'hosts-rehearsal': ['rehearsal', '/hosts?host=%22stg-1%22'],
  'hosts-overfull': ['overfull', '/hosts'],
  journal: ['real', '/journal'],
  settings: ['real', '/settings'],
  pack: ['nopack', '/'],
  'pack-broken': ['broken', '/', ['1']],
  palette: ['real', '/', ['Control+k']],
  away: ['away', '/'],
  damaged: ['damaged', '/'],
};

const args = process.argv.slice(2);
const all = args.includes('--all');
const option = (name: string, otherwise: string) =>
  args.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const words = args.filter((one) => !one.startsWith('--'));
const themes = all ? ['dark', 'light', 'contrast'] : option('theme', 'dark').split(',');
const [width = 1440, height = 900] = option('size', '1440x900').split('x').map(Number);

const folder = join(root, '.cache', 'pictures');
const built = join(root, '.cache', 'stage');
mkdirSync(folder, { recursive: true });
if (!args.includes('--built')) await buildStage(built);
const server = await serveStage(built);
const browser = await launchBrowser();
const { page, complaints } = await openPage(browser, { width, height });
for (const theme of themes) {
  for (const [name, [scenario, path, keys = []]] of Object.entries(shots)) {
    if (words.length > 0 && !words.includes(name)) continue;
    await page.goto('about:blank');
    await page.goto(server.url(scenario, path, theme));
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(scenario === 'away' ? 2200 : 500);
    for (const key of keys) await page.keyboard.press(key);
    if (keys.length > 0) await page.waitForTimeout(400);
    const size = width === 1440 ? '' : `-${width}`;
    await page.screenshot({ path: join(folder, `${name}-${theme}${size}.png`) });
    for (const complaint of complaints.splice(0)) console.log(`${name} ${theme}: ${complaint.slice(0, 400)}`);
  }
}
await browser.close();
await server.close();
