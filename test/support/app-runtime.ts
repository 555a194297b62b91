import { join } from 'node:path';
import { _electron } from 'playwright';
import { type Evaluate, type LaunchOptions, type RunningApp, watchProblems } from './app.ts';

/** Electron itself. Its window needs a display. */
export async function launchInRuntime({
  dataFolder,
  args,
  env,
  dist,
}: Required<Omit<LaunchOptions, 'host' | 'machine'>>): Promise<RunningApp> {
  const app = await _electron.launch({
    args: [join(dist, 'electron/main.js'), '--data', dataFolder, ...args],
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const page = await app.firstWindow();
  const problems: string[] = [];
  watchProblems(page, problems);
  return {
    page,
    problems,
    output: () => '',
    evaluate: app.evaluate.bind(app) as Evaluate,
    pid: app.process().pid ?? -1,
    ended: new Promise((resolve) => app.process().on('exit', (code) => resolve(code ?? -1))),
    async close() {
      await app.close();
      return app.process().exitCode ?? 0;
    },
  };
}
