import type { Host, SecretStore } from './host.ts';
import { keepAwakeByProgram } from './keep-awake.ts';
import { pdfByBrowser } from './pdf-by-browser.ts';
import { onWake } from './wake.ts';

/** The abilities of a plain Node process: what the system's own programs give, and a plain word for the rest. */
export function localHost(kind: 'loopback' | 'headless'): Host {
  return {
    kind,
    secrets: secretsInMemory(),
    awake: keepAwakeByProgram(),
    notifications: {
      can: false,
      why: 'Only the desktop app shows notifications of the system. Notices appear in the window.',
      show: () => {},
    },
    paths: {
      can: false,
      why: 'Only the desktop app has a dialog for files and folders. Type the path: what is there is offered.',
      pick: async () => null,
    },
    pdf: pdfByBrowser(),
    fork: null,
    onPower: (listener) =>
      onWake(() => {
        listener('suspend');
        listener('resume');
      }),
  };
}

/** Works until Holdpoint ends; `can` is about keeping, and nothing is kept. */
function secretsInMemory(): SecretStore {
  const values = new Map<string, string>();
  return {
    can: false,
    why: 'Secrets stay in memory and are asked for again after a restart. Only the desktop app has a keychain.',
    get: async (name) => values.get(name) ?? null,
    set: async (name, value) => void values.set(name, value),
    forget: async (name) => void values.delete(name),
  };
}
