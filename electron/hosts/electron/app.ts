import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, powerMonitor, session } from 'electron';
import { type PortMessage, portChannel } from '../../../shared/link.ts';
import { readStartArguments, type StartArguments } from '../arguments.ts';
import type { Host } from '../host.ts';
import { tellUnderWay, type UnderWay } from '../under-way.ts';
import { Crashes } from './crashes.ts';
import { guardContents, guardSession } from './guards.ts';
import { electronHost } from './host.ts';
import { setApplicationMenu } from './menu.ts';
import { isPrinting } from './print-pdf.ts';
import { registerScheme, serveWindowFiles } from './scheme.ts';
import { ServiceChild } from './service-child.ts';
import { openWindow } from './window.ts';
import { WindowPorts } from './window-ports.ts';

export interface AppFiles {
  /** Folder of the built window. */
  windowFiles: string;
  preload: string;
  serviceProcess: string;
}

const underWayPollMs = 2_000;

/** Runs the desktop app, or says in a box why it cannot. Returns at once: Electron is not ready while its entry waits. */
export function runApp(files: AppFiles): void {
  start(files).catch((error: Error) => {
    dialog.showErrorBox('Holdpoint cannot start', error.message);
    app.exit(error.name === 'UsageError' ? 2 : 1);
  });
}

/** What must happen before Electron is ready happens before the first `await`. */
async function start(files: AppFiles): Promise<void> {
  const args = readStartArguments(process.argv.slice(process.defaultApp ? 2 : 1), { lenient: true });
  const userData = join(args.dataFolder, 'desktop');
  mkdirSync(userData, { recursive: true });
  app.setPath('userData', userData);
  if (!app.requestSingleInstanceLock({ ...args })) {
    app.quit();
    return;
  }
  app.enableSandbox();
  // Windows shows notifications of a program that names itself as its installer did.
  app.setAppUserModelId('app.holdpoint');
  registerScheme();
  guardContents(app);
  await app.whenReady();
  guardSession(session.defaultSession);
  serveWindowFiles(session.defaultSession, files.windowFiles);
  setApplicationMenu();
  new DesktopApp(args, files).start();
}

class DesktopApp {
  readonly #args: StartArguments;
  readonly #files: AppFiles;
  readonly #host: Promise<Host>;
  readonly #service: Promise<ServiceChild>;
  readonly #ports: WindowPorts;
  readonly #serviceCrashes = new Crashes();
  readonly #pageCrashes = new Crashes();
  #waitingForIdle: NodeJS.Timeout | null = null;
  #asking = false;
  #mayQuit = false;

  constructor(args: StartArguments, files: AppFiles) {
    this.#args = args;
    this.#files = files;
    this.#host = electronHost(args.dataFolder);
    this.#service = this.#host.then((host) => this.#createService(host));
    this.#ports = new WindowPorts(this.#service);
  }

  start(): void {
    this.#openWindow();
    app.on('second-instance', (_event, _argv, _folder, theirs) => {
      this.#showWindow();
      void this.#openPack(theirs as StartArguments);
    });
    app.on('activate', () => this.#showWindow());
    app.on('window-all-closed', () => void this.#lastWindowClosed());
    app.on('before-quit', (event) => {
      if (this.#mayQuit) return;
      event.preventDefault();
      void this.#askAndQuit();
    });
    // The system goes down and asks nobody.
    powerMonitor.on('shutdown', () => void this.#quit());
    void this.#openPack(this.#args);
  }

  #createService(host: Host): ServiceChild {
    const service = new ServiceChild({
      entry: this.#files.serviceProcess,
      dataFolder: this.#args.dataFolder,
      host,
      onFailed(message) {
        dialog.showErrorBox('Holdpoint cannot start', message);
        app.exit(1);
      },
      onCrash: (code) => void this.#serviceCrashed(service, code),
    });
    service.start();
    return service;
  }

  #openWindow(): void {
    const { webContents } = openWindow(this.#files.preload);
    this.#ports.admit(webContents);
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      if (!this.#pageCrashes.isTooMany()) return webContents.reload();
      dialog.showErrorBox(
        'The window cannot be shown',
        `Its process ended three times in a minute (${reason}).`,
      );
    });
  }

  #showWindow(): void {
    this.#stopWaiting();
    const window = BrowserWindow.getAllWindows().find((one) => !isPrinting(one));
    if (!window) this.#openWindow();
    else if (window.isMinimized()) window.restore();
    window?.focus();
  }

  async #openPack({ pack, mode }: StartArguments): Promise<void> {
    if (pack === null) return;
    const problems = await (await this.#service).openPack(pack, mode);
    if (problems.length === 0) return;
    await dialog.showMessageBox({
      type: 'warning',
      message: `${pack} cannot be opened.`,
      detail: problems.join('\n'),
    });
  }

  async #serviceCrashed(service: ServiceChild, code: number): Promise<void> {
    const tooOften = this.#serviceCrashes.isTooMany();
    const next = tooOften ? 'It is not started again by itself.' : 'It is started again.';
    const reason = `The service ended by itself (code ${code}). ${next} What was recorded is there, and a run under way is found again.`;
    const message: PortMessage = { holdpoint: 'closed', reason };
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send(portChannel, message);
    if (tooOften) {
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message: 'The service of Holdpoint ended three times within a minute.',
        detail: `The last exit code was ${code}. What was recorded is in ${this.#args.dataFolder}.`,
        buttons: ['Start it again', 'Quit'],
        cancelId: 1,
      });
      if (response === 1) return app.exit(1);
      this.#serviceCrashes.forget();
    }
    service.start();
  }

  async #lastWindowClosed(): Promise<void> {
    const underWay = await this.#underWay();
    if (underWay.length > 0) {
      const { notifications } = await this.#host;
      const { goesOn, it } = tellUnderWay(underWay);
      notifications.show(goesOn, `Start Holdpoint again to see ${it}. Holdpoint ends with ${it}.`);
      this.#quitWhenIdle();
    } else if (process.platform !== 'darwin') {
      await this.#quit();
    }
  }

  async #askAndQuit(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const underWay = await this.#underWay();
    const wish = underWay.length > 0 ? await askHowToQuit(underWay) : 'now';
    this.#asking = false;
    if (wish === 'now') await this.#quit();
    if (wish === 'later') this.#quitWhenIdle();
  }

  #quitWhenIdle(): void {
    this.#stopWaiting();
    this.#waitingForIdle = setInterval(async () => {
      if ((await this.#underWay()).length === 0) await this.#quit();
    }, underWayPollMs);
  }

  #stopWaiting(): void {
    clearInterval(this.#waitingForIdle ?? undefined);
  }

  async #quit(): Promise<void> {
    this.#stopWaiting();
    if (this.#mayQuit) return;
    this.#mayQuit = true;
    await (await this.#service).close();
    app.quit();
  }

  async #underWay(): Promise<UnderWay[]> {
    return (await this.#service).underWay();
  }
}

async function askHowToQuit(underWay: readonly UnderWay[]): Promise<'later' | 'now' | 'not'> {
  const { now, it, fate } = tellUnderWay(underWay);
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: now,
    detail: fate,
    buttons: [it === 'it' ? 'Quit when it ends' : 'Quit when they end', 'Quit now', 'Keep running'],
    defaultId: 0,
    cancelId: 2,
  });
  return (['later', 'now'] as const)[response] ?? 'not';
}
