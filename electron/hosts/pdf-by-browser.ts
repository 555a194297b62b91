import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { PdfPrinter } from './host.ts';
import { type Browser, findInstalled, printArguments, surroundings } from './loopback/browsers.ts';

const patienceMs = 60_000;

/** Prints with the browser that is installed, run without a window. It is looked for anew each time. */
export function pdfByBrowser(find: () => ReturnType<typeof findInstalled> = findHere): PdfPrinter {
  const why = (found: ReturnType<typeof findInstalled>) =>
    'why' in found
      ? `No PDF can be made here: ${found.why}. Install Chromium, or print report.html from any browser.`
      : '';
  return {
    get can() {
      return 'browser' in find();
    },
    get why() {
      return why(find());
    },
    async print(html) {
      const found = find();
      if ('why' in found) throw new Error(why(found));
      return printWith(found.browser, html);
    },
  };
}

const findHere = () => findInstalled(surroundings());

async function printWith(browser: Browser, html: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(placeFor(browser), 'holdpoint-pdf-'));
  const [page, pdf] = [join(folder, 'report.html'), join(folder, 'report.pdf')];
  try {
    writeFileSync(page, html);
    const asRoot = process.getuid?.() === 0;
    const args = printArguments(pathToFileURL(page).href, join(folder, 'profile'), pdf, asRoot);
    await promisify(execFile)(browser.path, args, {
      timeout: patienceMs,
      env: { ...process.env, TMPDIR: folder },
    });
    return readFileSync(pdf);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      `${browser.path} printed no PDF: ${message.trim().split('\n').at(-1)}. Print report.html from any browser.`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A snap neither reads nor writes the folder for temporary files. */
function placeFor({ isSnap }: Browser): string {
  if (!isSnap) return tmpdir();
  const folder = join(homedir(), 'snap', 'chromium', 'common');
  mkdirSync(folder, { recursive: true });
  return folder;
}
