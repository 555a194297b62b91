import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/support/root.ts';
import { launchChromium } from '../chromium.ts';
import { openPage, show } from './browser.ts';
import { buildStage, serveStage } from './serve.ts';
import { shots } from './shots.ts';

/**
 * Takes pictures of the stage, to be looked at: `node test/support/stage/pictures.ts [names] [--theme=dark,light]
 * [--size=1440x900] [--built]`. They lie in `.cache/pictures`.
 */
const args = process.argv.slice(2);
const option = (name: string, otherwise: string) =>
  args.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const names = args.filter((one) => !one.startsWith('--'));
const [width = 1440, height = 900] = option('size', '1440x900').split('x').map(Number);

const folder = join(root, '.cache', 'pictures');
const built = join(root, '.cache', 'stage');
mkdirSync(folder, { recursive: true });
if (!args.includes('--built')) await buildStage(built);
const server = await serveStage(built);
const browser = await launchChromium();
const { page, complaints } = await openPage(browser, { width, height });
for (const theme of option('theme', 'dark').split(',')) {
  for (const [name, shot] of Object.entries(shots)) {
    if (names.length > 0 && !names.includes(name)) continue;
    await show(page, server, shot, theme);
    const size = width === 1440 ? '' : `-${width}`;
    await page.screenshot({ path: join(folder, `${name}-${theme}${size}.png`) });
    for (const complaint of complaints.splice(0)) console.log(`${name} ${theme}: ${complaint.slice(0, 400)}`);
  }
}
await browser.close();
await server.close();
