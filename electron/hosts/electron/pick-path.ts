import { extname } from 'node:path';
import { BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { PathWish } from '../host.ts';

/**
 * Asks for a path with the system's dialog, in front of the window. One dialog chooses files or folders, never both:
 * only macOS has one that does.
 */
export async function pickPath({ kind, extensions, at }: PathWish): Promise<string | null> {
  const where = {
    ...(at && { defaultPath: at }),
    ...(extensions.length > 0 && kind !== 'folder' && { filters: [filterOf(extensions)] }),
  };
  if (kind !== 'new-file') {
    const property = kind === 'folder' ? 'openDirectory' : 'openFile';
    const { filePaths } = await open({ ...where, properties: [property, 'createDirectory'] });
    return filePaths[0] ?? null;
  }
  // An existing file is refused by whoever writes, in words that say so.
  const { filePath } = await save({ ...where, properties: ['createDirectory'] });
  if (!filePath) return null;
  // Not every system adds the ending of the filter.
  return extname(filePath) || extensions.length === 0 ? filePath : `${filePath}.${extensions[0]}`;
}

const filterOf = (extensions: readonly string[]) => ({
  name: extensions.join(', '),
  extensions: [...extensions],
});

function open(options: OpenDialogOptions) {
  const window = BrowserWindow.getFocusedWindow();
  return window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options);
}

function save(options: SaveDialogOptions) {
  const window = BrowserWindow.getFocusedWindow();
  return window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options);
}
