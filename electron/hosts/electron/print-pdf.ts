import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserWindow } from 'electron';

const printing = new WeakSet<BrowserWindow>();

/** Whether a window is only there to print, and nobody sees it. */
export function isPrinting(window: BrowserWindow): boolean {
  return printing.has(window);
}

/**
 * Prints a page in a window that is not shown, in the guarded session of the app. The page goes by way of a file because
 * Chromium cuts long addresses off.
 */
export async function printPdf(html: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-pdf-'));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  printing.add(window);
  try {
    const page = join(folder, 'report.html');
    writeFileSync(page, html);
    await window.loadFile(page);
    return await window.webContents.printToPDF({ preferCSSPageSize: true, generateTaggedPDF: true });
  } finally {
    window.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}
