/** What decides where the app runs. Whatever costs something to find out is a function. */
export interface Circumstances {
  /** HOLDPOINT_HOST. */
  wish: string | undefined;
  window: boolean;
  /** Why Electron could not show a window here even with its runtime; empty where it could. */
  obstacle: string;
  hasRuntime(): boolean;
  /** Downloads the runtime. Gives why it could not; empty when it is there. */
  download(): Promise<string>;
}

export interface Choice {
  host: 'electron' | 'loopback';
  /** Ends the sentence `Runs on the … host: `. */
  why: string;
}

/**
 * Electron where its runtime is there or can be had, else the loopback host.
 * @throws Error where HOLDPOINT_HOST names neither
 */
export async function chooseHost(here: Circumstances): Promise<Choice> {
  const loopback = (why: string): Choice => ({ host: 'loopback', why });
  const { wish, window, obstacle } = here;
  if (wish !== undefined && wish !== 'electron' && wish !== 'loopback') {
    throw new Error(`HOLDPOINT_HOST is "${wish}". It can be "electron" or "loopback", or be left out.`);
  }
  if (wish === 'loopback') return loopback('HOLDPOINT_HOST asks for it');
  if (!window) return loopback('no window is wanted');
  if (obstacle) return loopback(obstacle);
  if (here.hasRuntime()) return { host: 'electron', why: 'its runtime is installed' };
  const failure = await here.download();
  if (failure) return loopback(`Electron's runtime is not installed and ${failure}`);
  return { host: 'electron', why: 'its runtime was downloaded' };
}
