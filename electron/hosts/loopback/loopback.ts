import { linkClosed } from '../../../shared/link.ts';
import type { StartArguments } from '../arguments.ts';
import type { Host } from '../host.ts';
import { localHost } from '../local-host.ts';
import { openPack, type ServedService } from '../rpc.ts';
import { tellUnderWay } from '../under-way.ts';
import { handOver } from './hand-over.ts';
import { announce, unannounce } from './running.ts';
import { LoopbackServer } from './server.ts';
import { linkLifetimeMs, showWindow } from './show-window.ts';
import { WindowWatch } from './window-watch.ts';

export interface LoopbackOptions extends StartArguments {
  /** Folder of the built window. */
  windowFiles: string;
  createService(options: { dataFolder: string; host: Host }): Promise<ServedService>;
  /** Prints a line for the person who started this. */
  say(line: string): void;
}

/**
 * Serves the app on 127.0.0.1 and shows it in the system's browser; where Holdpoint already runs on this data folder,
 * opens a window of that one. Settles when all is over: the window was closed with nothing under way, or the process
 * was told to end.
 */
export async function runLoopback(options: LoopbackOptions): Promise<void> {
  const service = await createServiceUnlessRunning(options);
  if (!service) return;
  const windows = new WindowWatch(service, options.say);
  const server = await startServer(options, service, windows);
  const { secret } = announce(options.dataFolder, server.port);
  server.answerLaterStarts({
    secret,
    async handle(question) {
      if (question.do === 'show') {
        const problems = await openPack(service.router, question);
        return { problems, link: server.link(linkLifetimeMs.browser) };
      }
      server.closeWindows(linkClosed.reload);
      return { problems: [], link: '' };
    },
  });
  sayProblems(options, await openPack(service.router, options));

  const window = showWindow(options, server, windows);
  options.say(await Promise.race([windows.gone, toldToEnd(service)]));
  unannounce(options.dataFolder);
  await server.close();
  window?.close();
  await service.close();
}

/** Null where another loopback host has the data folder and took over what was asked of this one. */
async function createServiceUnlessRunning(options: LoopbackOptions): Promise<ServedService | null> {
  const { dataFolder, createService } = options;
  try {
    return await createService({ dataFolder, host: localHost('loopback') });
  } catch (error) {
    const problems = (error as { code?: unknown }).code === 'in-use' ? await handOver(options) : null;
    if (!problems) throw error;
    sayProblems(options, problems);
    return null;
  }
}

async function startServer(
  options: LoopbackOptions,
  service: ServedService,
  windows: WindowWatch,
): Promise<LoopbackServer> {
  const { port, windowFiles } = options;
  try {
    return await LoopbackServer.start({
      port,
      windowFiles,
      router: service.router,
      onWindows: (count) => windows.changed(count),
    });
  } catch (error) {
    await service.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port} is taken by another program. Choose another with --port, or leave it out.`,
      {
        cause: error,
      },
    );
  }
}

function sayProblems({ pack, say }: LoopbackOptions, problems: string[]): void {
  if (problems.length > 0) say([`${pack} cannot be opened:`, ...problems].join('\n  '));
}

function toldToEnd(service: ServedService): Promise<string> {
  const reason = () => {
    const underWay = service.underWay();
    if (underWay.length === 0) return 'Holdpoint ends.';
    const { before, fate } = tellUnderWay(underWay);
    return `Holdpoint ends. ${before} ${fate}`;
  };
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(reason()));
    }
  });
}
