import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../../scripts/support/root.ts';
import { linkPattern, sharedChromium } from '../../support/app-loopback.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { StartedProcess } from '../../support/started-process.ts';

/** What `npm start` runs, from a folder in which the person stands. Never with a host that is downloaded. */
function start(args: string[], env: Record<string, string> = {}, from = root): StartedProcess {
  const started = new StartedProcess(
    spawn(process.execPath, [join(root, 'scripts/start.ts'), ...args], {
      cwd: root,
      env: { ...process.env, HOLDPOINT_HOST: 'loopback', INIT_CWD: from, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  onTestFinished(async () => {
    await started.stop();
  });
  return started;
}

describe('npm start', () => {
  it('says in one line which host and why, and serves the app there', async () => {
    const started = start(['--no-window', '--data', temporaryFolder()]);
    const [link] = await started.prints(linkPattern);
    const [line] = started.output().split('\n');
    expect(line).toBe('Runs on the loopback host: HOLDPOINT_HOST asks for it.');
    const page = await (await sharedChromium()).newPage();
    onTestFinished(() => page.close());
    await page.goto(link);
    await expect.poll(() => page.textContent('#root')).not.toBe('');
    expect(await started.stop()).toBe(0);
    expect(started.output()).toContain('Holdpoint ends.');
  });

  it('counts folders from where the person stands', async () => {
    const from = temporaryFolder();
    const started = start(['--no-window', '--data', 'data'], {}, from);
    await started.prints(linkPattern);
    await start(['--no-window', '--data', join(from, 'data')]).prints(
      /Holdpoint runs already on this data folder/,
    );
  });

  it('with a host nobody knows, or an argument nobody knows, says so and ends with code 2', async () => {
    const host = start([], { HOLDPOINT_HOST: 'firefox' });
    expect(await host.ended).toBe(2);
    expect(host.output()).toContain('HOLDPOINT_HOST is "firefox"');
    const argument = start(['--dta']);
    expect(await argument.ended).toBe(2);
    expect(argument.output()).toContain("Unknown option '--dta'");
  });
});
