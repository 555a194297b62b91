import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where journal, settings and evidence are kept unless the person names another folder. */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') {
    return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'Holdpoint');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Holdpoint');
  // The specification says that a relative XDG_DATA_HOME is invalid and to be ignored.
  const xdg = env.XDG_DATA_HOME ?? '';
  return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'holdpoint');
}
