import { join } from 'node:path';
import { Notification, powerMonitor, powerSaveBlocker } from 'electron';
import type { Host } from '../host.ts';
import { forkUtility } from './fork-utility.ts';
import { pickPath } from './pick-path.ts';
import { printPdf } from './print-pdf.ts';
import { openSecrets } from './secrets.ts';

/** The abilities of the desktop app. To be called once Electron is ready. */
export async function electronHost(dataFolder: string): Promise<Host> {
  const notifications = Notification.isSupported();
  return {
    kind: 'electron',
    secrets: await openSecrets(join(dataFolder, 'secrets.json')),
    awake: {
      can: true,
      why: '',
      hold() {
        const blocker = powerSaveBlocker.start('prevent-app-suspension');
        return () => void powerSaveBlocker.stop(blocker);
      },
    },
    notifications: {
      can: notifications,
      why: notifications ? '' : 'This desktop shows no notifications. Notices appear in the window.',
      show(title, body) {
        if (notifications) new Notification({ title, body }).show();
      },
    },
    paths: { can: true, why: '', pick: pickPath },
    pdf: { can: true, why: '', print: printPdf },
    fork: forkUtility,
    onPower(listener) {
      const [suspend, resume] = [() => listener('suspend'), () => listener('resume')];
      powerMonitor.on('suspend', suspend);
      powerMonitor.on('resume', resume);
      return () => {
        powerMonitor.off('suspend', suspend);
        powerMonitor.off('resume', resume);
      };
    },
  };
}
