import { describe, expect, it } from 'vitest';
import { defaultDataFolder, readStartArguments, UsageError } from '../../../electron/hosts/index.ts';

describe('the arguments of a start', () => {
  it('nothing said: no pack, live, the default folder, a window, any port', () => {
    expect(readStartArguments([])).toEqual({
      pack: null,
      mode: 'live',
      dataFolder: defaultDataFolder(),
      window: true,
      port: 0,
    });
  });

  it('folders count from where the person stands', () => {
    const read = readStartArguments(['packs/apex', '--data', '../data'], { from: '/home/ops' });
    expect(read).toMatchObject({ pack: '/home/ops/packs/apex', dataFolder: '/home/data' });
  });

  it('everything can be said', () => {
    const args = ['/p', '--rehearsal', '--data=/d', '--no-window', '--port', '4321'];
    expect(readStartArguments(args)).toEqual({
      pack: '/p',
      mode: 'rehearsal',
      dataFolder: '/d',
      window: false,
      port: 4321,
    });
  });

  it.each([
    [['--dta', '/d'], "Unknown option '--dta'"],
    [['a', 'b'], '"b" is too many'],
    [['--port', '70000'], '--port takes a number from 0 to 65535, not "70000"'],
    [['--port', 'http'], 'not "http"'],
    [['--data='], '--data takes the path of a folder'],
  ])('%j is refused with what is wrong', (args, message) => {
    expect(() => readStartArguments(args)).toThrow(UsageError);
    expect(() => readStartArguments(args)).toThrow(message);
  });

  it('switches that Chromium adds to the desktop app pass when it reads leniently', () => {
    const args = ['--remote-debugging-port=0', '--data=/d', '--inspect=0', '/p'];
    expect(readStartArguments(args, { lenient: true })).toMatchObject({ pack: '/p', dataFolder: '/d' });
  });

  it('a lenient reader still refuses a data folder without a name', () => {
    expect(() => readStartArguments(['--data'], { lenient: true })).toThrow(
      '--data takes the path of a folder',
    );
  });
});

describe('the default data folder', () => {
  it.each([
    ['linux', {}, '/home/ops', '/home/ops/.local/share/holdpoint'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/ops', '/data/holdpoint'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ops', '/home/ops/.local/share/holdpoint'],
    ['darwin', {}, '/Users/ops', '/Users/ops/Library/Application Support/Holdpoint'],
    ['win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\Users\\ops', 'C:\\L\\Holdpoint'],
    ['win32', {}, 'C:\\Users\\ops', 'C:\\Users\\ops\\AppData\\Local\\Holdpoint'],
  ] as const)('on %s with %j it is where that system keeps data', (platform, env, home, folder) => {
    expect(defaultDataFolder(platform, env, home)).toBe(folder);
  });
});
