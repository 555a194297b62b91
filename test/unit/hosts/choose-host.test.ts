import { describe, expect, it } from 'vitest';
import { type Circumstances, chooseHost } from '../../../scripts/support/choose-host.ts';
import { electronObstacle } from '../../../scripts/support/electron-runtime.ts';

let downloads = 0;
function here(circumstances: Partial<Circumstances>): Circumstances {
  downloads = 0;
  return {
    wish: undefined,
    window: true,
    obstacle: '',
    hasRuntime: () => false,
    async download() {
      downloads += 1;
      return 'github.com, where it comes from, cannot be reached';
    },
    ...circumstances,
  };
}

describe('the host of a start', () => {
  it('is Electron where its runtime is installed', async () => {
    const choice = await chooseHost(here({ hasRuntime: () => true }));
    expect(choice).toEqual({ host: 'electron', why: 'its runtime is installed' });
    expect(downloads).toBe(0);
  });

  it('is Electron once its runtime could be downloaded', async () => {
    const choice = await chooseHost(here({ download: async () => '' }));
    expect(choice).toEqual({ host: 'electron', why: 'its runtime was downloaded' });
  });

  it('is loopback where it could not, and says why', async () => {
    expect(await chooseHost(here({}))).toEqual({
      host: 'loopback',
      why: "Electron's runtime is not installed and github.com, where it comes from, cannot be reached",
    });
    expect(downloads).toBe(1);
  });

  it.each([
    [{ wish: 'loopback' }, 'HOLDPOINT_HOST asks for it'],
    [{ window: false }, 'no window is wanted'],
    [{ obstacle: 'there is no display' }, 'there is no display'],
  ])('is loopback with %j, and nothing is downloaded', async (circumstances, why) => {
    expect(await chooseHost(here({ ...circumstances, hasRuntime: () => true }))).toEqual({
      host: 'loopback',
      why,
    });
    expect(await chooseHost(here(circumstances))).toEqual({ host: 'loopback', why });
    expect(downloads).toBe(0);
  });

  it('that nobody knows is refused', async () => {
    await expect(chooseHost(here({ wish: 'firefox' }))).rejects.toThrow('HOLDPOINT_HOST is "firefox"');
  });
});

describe('what stands against Electron', () => {
  it('is nothing on macOS and Windows, and a missing display on Linux', () => {
    expect(electronObstacle('darwin', {})).toBe('');
    expect(electronObstacle('win32', {})).toBe('');
    expect(electronObstacle('linux', {})).toBe('there is no display');
  });
});
