import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, type Evaluate, type LaunchOptions, launchApp } from '../../support/app.ts';
import { nextWindow, startElectron } from '../../support/app-electron.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { isAlive } from '../../support/started-process.ts';
import { fixtureDist } from './fixture/build.ts';

const open: App[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

async function launch(options: LaunchOptions = {}): Promise<{ app: App; main: Evaluate }> {
  const app = await launchApp({ host: 'electron', dist: fixtureDist, ...options });
  open.push(app);
  if (!app.evaluate) throw new Error('The desktop app has no main process.');
  await app.page.evaluate(() => connected);
  return { app, main: app.evaluate };
}

const closeWindow = (main: Evaluate) => main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
const asked = (main: Evaluate) =>
  main(({ standIn }) => ({
    dialogs: standIn.asked.dialogs.map(({ message }: { message: string }) => message),
    notifications: standIn.asked.notifications,
    awake: standIn.asked.blockers.size,
  }));

describe('a port', () => {
  it('ends with its page: a reload gets a new one, and what the old one ran is over', async () => {
    const { app } = await launch();
    await app.page.evaluate(async () => {
      const ticks = await fixture.client.ticks();
      await ticks.next();
    });
    expect(await app.page.evaluate(() => fixture.client.openStreams())).toBe(1);
    await app.page.reload();
    await app.page.evaluate(() => connected);
    await expect.poll(() => app.page.evaluate(() => fixture.client.openStreams())).toBe(0);
  });
});

describe('a service that is killed', () => {
  it('is started again; the window is told why and goes on, and the machine may sleep', async () => {
    const { app, main } = await launch();
    await app.page.evaluate(() => fixture.client.stayAwake('a run'));
    expect((await asked(main)).awake).toBe(1);
    await app.page.evaluate(() => void fixture.client.crash().catch(() => {}));
    await expect.poll(() => app.page.evaluate(() => fixture.connections), { timeout: 15_000 }).toBe(2);
    const [reason] = await app.page.evaluate(() => fixture.endings);
    expect(reason).toBe(
      'The service ended by itself (code 9). It is started again. What was recorded is there, and a run under way is found again.',
    );
    expect(await app.page.evaluate(() => fixture.client.add({ a: 1, b: 2 }))).toBe(3);
    expect((await asked(main)).awake).toBe(0);
  });

  it('refuses with that reason what waits for it, what streams, and what is asked on the old link', async () => {
    const { app } = await launch();
    const ends = await app.page.evaluate(async () => {
      const { client } = fixture;
      const message = (error: Error) => error.message.slice(0, 28);
      const waiting = client.hang().then(() => 'answered', message);
      const ticks = await client.ticks();
      await ticks.next();
      const streaming = (async () => {
        try {
          for await (const _ of ticks);
          return 'ended';
        } catch {
          return 'ended with an error';
        }
      })();
      void client.crash().catch(() => {});
      const ended = [await waiting, await streaming];
      return [...ended, await client.add({ a: 1, b: 2 }).then(() => 'answered', message)];
    });
    expect(ends).toEqual([
      'The service ended by itself ',
      'ended with an error',
      'The service ended by itself ',
    ]);
  });

  it('three times in a minute is not started again unless the person says so', async () => {
    const { app, main } = await launch();
    await main(({ standIn }) => void standIn.willAnswer.buttons.push(0));
    for (const connections of [2, 3, 4]) {
      await app.page.evaluate(() => void fixture.client.crash().catch(() => {}));
      await expect
        .poll(() => app.page.evaluate(() => fixture.connections), { timeout: 15_000 })
        .toBe(connections);
    }
    expect((await asked(main)).dialogs).toEqual([
      'The service of Holdpoint ended three times within a minute.',
    ]);
    expect(await app.page.evaluate(() => fixture.client.add({ a: 1, b: 2 }))).toBe(3);
  });
});

describe('the compute process of the desktop app', () => {
  const returns = () => {
    const file = join(temporaryFolder(), 'returns.csv');
    writeFileSync(file, 'date,return\n2024-01-01,0.01\n2024-01-02,-0.02\n2024-01-03,0.03\n');
    return file;
  };
  const pids = (main: Evaluate): Promise<number[]> =>
    main(({ utilityProcess }) => utilityProcess.all.map(({ pid }: { pid: number }) => pid));
  /** Asks while the process can do nothing more: only a kill ends it. */
  const askFrozen = async (app: App, main: Evaluate, file: string) => {
    await app.page.evaluate((path) => fixture.client.compute(path), file);
    const pid = (await pids(main)).at(-1) as number;
    process.kill(pid, 'SIGSTOP');
    await app.page.evaluate((path) => {
      fixture.asked = fixture.client.compute(path).then(String, (error: Error) => error.message);
    }, file);
    return pid;
  };
  const ended = (app: App) => app.page.evaluate(() => fixture.asked);

  it('is a utility process, killed to cancel what it is at, and started again by the next job', async () => {
    const { app, main } = await launch();
    const file = returns();
    const pid = await askFrozen(app, main, file);
    await app.page.evaluate(() => fixture.client.cancelCompute());
    expect(await ended(app)).toBe('The job was cancelled.');
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(await app.page.evaluate((path) => fixture.client.compute(path), file)).toBe(3);
    // The service, the one that was killed, and the one after it.
    expect(await pids(main)).toHaveLength(3);
  });

  it('that crashes is reported with the code, and started again by the next job', async () => {
    const { app, main } = await launch();
    const file = returns();
    const pid = await askFrozen(app, main, file);
    process.kill(pid, 'SIGKILL');
    expect(await ended(app)).toBe(
      'The compute process ended by itself with code 9 in the middle of "metrics". Nothing else is touched; ask again to start it anew.',
    );
    expect(await app.page.evaluate((path) => fixture.client.compute(path), file)).toBe(3);
  });

  it('ends with the service that asked for it', async () => {
    const { app, main } = await launch();
    const pid = await askFrozen(app, main, returns());
    await app.page.evaluate(() => void fixture.client.crash().catch(() => {}));
    await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
    await expect.poll(() => app.page.evaluate(() => fixture.connections), { timeout: 15_000 }).toBe(2);
  });
});

describe('a page that crashes', () => {
  it('is loaded again, but not for ever', async () => {
    const { main } = await launch();
    const reloads = await main(({ BrowserWindow }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      let count = 0;
      webContents.reload = () => {
        count += 1;
      };
      for (const reason of ['clean-exit', 'crashed', 'oom', 'crashed']) {
        webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
      }
      return count;
    });
    expect(reloads).toBe(2);
    expect((await asked(main)).dialogs).toEqual(['The window cannot be shown']);
  });
});

describe('a service that cannot start', () => {
  it('is not tried again: a box says why, and the app ends with code 1', async () => {
    const message = 'The data folder is damaged. Restore it from a backup.';
    const launched = launchApp({ host: 'electron', dist: fixtureDist, env: { FIXTURE_FAILS: message } });
    // The window may or may not be there before the end.
    const { code, output } = await launched.then(
      async (app) => {
        const code = await app.ended;
        await app.close();
        return { code, output: app.output() };
      },
      (error: Error) => ({ code: /exit code 1\)/.test(error.message) ? 1 : 0, output: error.message }),
    );
    expect(output).toContain(`[error box] Holdpoint cannot start: ${message}`);
    expect(output.match(/error box/g)).toHaveLength(1);
    expect(code).toBe(1);
  });

  it('because of what it was started with is told so, and the app ends with code 2', async () => {
    const refused = await launchApp({ host: 'electron', dist: fixtureDist, args: ['one', 'two'] }).catch(
      (error: Error) => error.message,
    );
    expect(refused).toContain('exit code 2');
    expect(refused).toContain('[error box] Holdpoint cannot start: One pack can be opened at a time');
  });
});

describe('the desktop gives the service', () => {
  it('secrets that outlive it, in a file that holds none of their text and is for this user alone', async () => {
    const dataFolder = temporaryFolder();
    const { app } = await launch({ dataFolder });
    await app.page.evaluate(() => fixture.client.setSecret({ name: 'APEX_API_KEYS', value: 'canary-4711' }));
    await app.close();
    open.splice(0);
    const file = join(dataFolder, 'secrets.json');
    expect(readFileSync(file, 'utf8')).toContain('APEX_API_KEYS');
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const { app: again } = await launch({ dataFolder });
    const get = () => again.page.evaluate(() => fixture.client.getSecret('APEX_API_KEYS'));
    expect(await get()).toBe('canary-4711');
    await again.page.evaluate(() => fixture.client.forgetSecret('APEX_API_KEYS'));
    expect(await get()).toBeNull();
  });

  it('secrets encrypted anew when the keychain has a newer key', async () => {
    const { app, main } = await launch();
    await app.page.evaluate(() => fixture.client.setSecret({ name: 'key', value: 'canary' }));
    const file = join(app.dataFolder, 'secrets.json');
    const before = readFileSync(file, 'utf8');
    await main(({ safeStorage }) => {
      safeStorage.shouldReEncrypt = true;
    });
    expect(await app.page.evaluate(() => fixture.client.getSecret('key'))).toBe('canary');
    expect(readFileSync(file, 'utf8')).not.toBe(before);
  });

  it.each([
    ['basic_text', 'This desktop has no keychain. Install gnome-keyring'],
    ['locked', 'The keychain of this system is locked or missing. Unlock it'],
  ])('no secrets where the keychain is %s, and says so', async (keychain, why) => {
    const { app } = await launch({ env: { STAND_IN_KEYCHAIN: keychain } });
    expect((await app.page.evaluate(() => fixture.client.host())).secrets).toContain(why);
    const refused = await app.page.evaluate(() =>
      fixture.client.setSecret({ name: 'key', value: 'canary' }).catch((error: Error) => error.message),
    );
    expect(refused).toContain(why);
    expect(await app.page.evaluate(() => fixture.client.getSecret('key'))).toBeNull();
    expect(existsSync(join(app.dataFolder, 'secrets.json'))).toBe(false);
  });

  it('sleep and waking of the machine, wakefulness while it asks for it, notifications, and a folder', async () => {
    const { app, main } = await launch();
    expect(await app.page.evaluate(() => fixture.client.host())).toEqual({
      kind: 'electron',
      secrets: 'can',
      awake: 'can',
      notifications: 'can',
      paths: 'can',
      pdf: 'can',
    });
    await main(({ powerMonitor }) => {
      powerMonitor.emit('suspend');
      powerMonitor.emit('resume');
    });
    await expect.poll(() => app.page.evaluate(() => fixture.client.power())).toEqual(['suspend', 'resume']);

    await app.page.evaluate(() => fixture.client.stayAwake('a run'));
    expect((await asked(main)).awake).toBe(1);
    await app.page.evaluate(() => fixture.client.mayLeave());
    await expect.poll(async () => (await asked(main)).awake).toBe(0);

    await app.page.evaluate(() => fixture.client.notify({ title: 'Hold', text: 'Release prd-1.' }));
    await expect
      .poll(async () => (await asked(main)).notifications)
      .toEqual([{ title: 'Hold', body: 'Release prd-1.' }]);
  });

  it('folders, files and new files are chosen with the dialogs of the system, and a cancelled one chooses nothing', async () => {
    const { app, main } = await launch();
    const pick = (kind: 'folder' | 'file' | 'new-file', at = '') =>
      app.page.evaluate((wish) => fixture.client.pickPath(wish), { kind, extensions: ['zip'], at });
    await main(({ standIn }) => {
      standIn.willAnswer.paths.push('/packs/apex', '/tmp/review.zip', '/tmp/audit', '/tmp/audit.tar');
    });
    expect(await pick('folder')).toBe('/packs/apex');
    expect(await pick('file', '/tmp')).toBe('/tmp/review.zip');
    expect(await pick('new-file', '/tmp/a.zip'), 'without the ending that was asked for').toBe(
      '/tmp/audit.zip',
    );
    expect(await pick('new-file'), 'with one of its own').toBe('/tmp/audit.tar');
    for (const kind of ['folder', 'file', 'new-file'] as const)
      expect(await pick(kind), 'cancelled').toBeNull();
    const filters = [{ name: 'zip', extensions: ['zip'] }];
    expect((await asked(main)).dialogs.slice(0, 3).map((options: string) => JSON.parse(options))).toEqual([
      { properties: ['openDirectory', 'createDirectory'] },
      { defaultPath: '/tmp', filters, properties: ['openFile', 'createDirectory'] },
      { defaultPath: '/tmp/a.zip', filters, properties: ['createDirectory'] },
    ]);
  });
});

describe('the end of the app', () => {
  it('closing the window with nothing under way ends it, and its service cleanly', async () => {
    const { app, main } = await launch();
    const service = await main(({ utilityProcess }) => utilityProcess.all[0].pid);
    await closeWindow(main).catch(() => {});
    expect(await app.ended).toBe(0);
    expect(isAlive(service)).toBe(false);
    expect(app.output()).toContain('The fixture service was closed.');
  });

  it('closing the window during a run leaves the run alone, says how to come back, and a start comes back', async () => {
    const { app, main } = await launch();
    await app.page.evaluate(() => fixture.client.setUnderWay(['run']));
    const [context] = [app.page.context()];
    await closeWindow(main);
    await expect
      .poll(async () => (await asked(main)).notifications)
      .toEqual([
        { title: 'A run goes on', body: 'Start Holdpoint again to see it. Holdpoint ends with it.' },
      ]);
    expect(isAlive(app.pid)).toBe(true);

    const endpoint = await main(() => process.env.STAND_IN_CHROMIUM ?? '');
    const second = startElectron(
      { dataFolder: app.dataFolder, args: ['/packs/apex', '--rehearsal'], env: {}, dist: fixtureDist },
      endpoint,
    );
    expect(await second.ended).toBe(0);
    const page = await nextWindow(context);
    await page.evaluate(() => connected);
    await expect.poll(() => page.evaluate(() => fixture.client.opened())).toEqual(['rehearsal /packs/apex']);
    expect((await asked(main)).dialogs, 'the pack has a problem').toEqual(['/packs/apex cannot be opened.']);
    await page.evaluate(() => fixture.client.setUnderWay([]));
    await closeWindow(main).catch(() => {});
    expect(await app.ended).toBe(0);
  });

  it('it ends by itself when the run that kept it has ended', async () => {
    const { app, main } = await launch();
    await app.page.evaluate(() => fixture.client.setUnderWay(['run']));
    await main(({ app: desktop, standIn }) => {
      standIn.willAnswer.buttons.push(0);
      desktop.quit();
    });
    await expect.poll(async () => (await asked(main)).dialogs).toEqual(['A run is under way.']);
    await setTimeout(500);
    expect(isAlive(app.pid)).toBe(true);
    await app.page.evaluate(() => fixture.client.setUnderWay([]));
    expect(await app.ended).toBe(0);
  });

  it('quitting during a run asks, and goes on where the person says so', async () => {
    const { app, main } = await launch();
    await app.page.evaluate(() => fixture.client.setUnderWay(['run']));
    const quit = (button: number) =>
      main(({ app: desktop, standIn }, answer) => {
        standIn.willAnswer.buttons.push(answer);
        desktop.quit();
      }, button);
    await quit(2);
    await expect.poll(async () => (await asked(main)).dialogs).toEqual(['A run is under way.']);
    expect(await app.page.evaluate(() => fixture.client.add({ a: 1, b: 2 }))).toBe(3);
    await quit(1).catch(() => {});
    expect(await app.ended).toBe(0);
  });

  it('quitting during a sweep and a backtest asks in words that are true of them, and ends with both', async () => {
    const { app, main } = await launch();
    await app.page.evaluate(() => fixture.client.setUnderWay(['sweep', 'job']));
    await main(({ app: desktop, standIn }) => {
      standIn.willAnswer.buttons.push(0);
      desktop.quit();
    });
    await expect
      .poll(() => main(({ standIn }) => standIn.asked.dialogs))
      .toMatchObject([
        {
          message: 'A sweep and a job are under way.',
          detail:
            'A sweep that is cut off keeps its points: started again, it goes on where it was. A job that is cut off has no answer: start it again.',
          buttons: ['Quit when they end', 'Quit now', 'Keep running'],
        },
      ]);
    await app.page.evaluate(() => fixture.client.setUnderWay([]));
    expect(await app.ended).toBe(0);
  });

  it('a system that goes down is not asked back', async () => {
    const { app, main } = await launch();
    await app.page.evaluate(() => fixture.client.setUnderWay(['run']));
    await main(({ powerMonitor }) => void powerMonitor.emit('shutdown')).catch(() => {});
    expect(await app.ended).toBe(0);
    expect(app.output()).toContain('The fixture service was closed.');
  });

  it('a second start while the window is open brings it to the front and opens no other', async () => {
    const { app, main } = await launch();
    const endpoint = await main(() => process.env.STAND_IN_CHROMIUM ?? '');
    const second = startElectron(
      { dataFolder: app.dataFolder, args: [], env: {}, dist: fixtureDist },
      endpoint,
    );
    expect(await second.ended).toBe(0);
    await expect
      .poll(() =>
        main(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().map((w: { timesFocused(): number }) => w.timesFocused()),
        ),
      )
      .toEqual([1]);
  });
});
