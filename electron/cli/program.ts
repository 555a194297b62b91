import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultDataFolder } from '../hosts/index.ts';
import { boardExit, boardReport, boardText, readBoard } from './board.ts';
import { checkExit, checkReport, checkText, runChecks } from './check.ts';
import { addComputeCommands } from './compute-commands.ts';
import { addDataCommands } from './data-commands.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { followRun } from './follow.ts';
import { lintExit, lintFile, lintReport, lintText } from './lint.ts';
import { makePlan, planText } from './plan.ts';
import { probeHost, probeReport, probeText } from './probe.ts';
import { rehearsalText, rehearse } from './rehearse.ts';
import { askingOperator, runExit, runReport, runText, startRun, unattendedOperator } from './run.ts';
import { addSignoffCommands } from './signoff-commands.ts';
import { type Common, common, dataFolder, modeOf } from './terminal.ts';
import { openWindow } from './window.ts';
import { openPack, withService } from './with-service.ts';

/** The command line. Every command prints words, or with `--json` one value of a stable shape, and gives its exit code. */
export function commandLine(end: (code: ExitCode) => void): Command {
  const program = new Command('holdpoint')
    .description('The launch console for machine-learning systems.')
    .showHelpAfterError()
    .exitOverride();
  const answer = (options: Common, value: unknown, text: string, code: ExitCode) => {
    console.log(options.json ? JSON.stringify(value, null, 2) : text);
    end(code);
  };
  /** What happens on the way goes to standard error, so that standard output is only the answer. */
  const say = (line: string) => console.error(line);
  const terminal = { answer, say };

  for (const [name, window, about] of [
    ['open', true, 'opens the window in the system’s browser'],
    ['serve', false, 'serves the window on this machine and prints the link that opens it'],
  ] as const) {
    program
      .command(`${name} [pack]`)
      .description(about)
      .option('--data <folder>', 'where journal, evidence and settings are kept')
      .option('--rehearsal', 'open the pack against the sandbox')
      .addOption(new Option('--port <number>', 'on this port of 127.0.0.1').argParser(portOf).default(0))
      .action(async (pack: string | undefined, options: Common & { port: number }) => {
        await openWindow({
          pack: pack === undefined ? null : resolve(pack),
          mode: modeOf(options),
          dataFolder: dataFolder(options),
          window,
          port: options.port,
          say: (line) => console.log(line),
        });
      });
  }

  common(program.command('lint <file>'))
    .description(
      'says what is wrong with a checklist: contradictions, boxes that are none, ticks that cannot be',
    )
    .action(async (file: string, options: Common) => {
      const linted = await lintFile(file);
      answer(options, lintReport(linted), lintText(file, linted), lintExit(linted));
    });

  common(program.command('check <pack>'), 'pack')
    .description('runs the checks of a pack')
    .addOption(new Option('--only <id...>', 'only these checks').default([]))
    .action(async (pack: string, options: Common & { only: string[] }) => {
      const evidence = await withService(dataFolder(options), (client) =>
        runChecks(client, resolve(pack), modeOf(options), options.only),
      );
      answer(options, checkReport(evidence), checkText(evidence), checkExit(evidence));
    });

  common(program.command('board <pack>'), 'pack')
    .description('says go or no-go, and why')
    .action(async (pack: string, options: Common) => {
      const board = await withService(dataFolder(options), (client) =>
        readBoard(client, resolve(pack), modeOf(options)),
      );
      answer(options, boardReport(board), boardText(board), boardExit(board));
    });

  common(program.command('plan <pack> <runbook>'), 'pack')
    .description('shows what a runbook would do, and how it would be taken back; changes nothing')
    .option('--target <name>', 'where')
    .option('--scripts', 'show every script')
    .action(
      async (pack: string, runbook: string, options: Common & { target?: string; scripts?: boolean }) => {
        const plan = await withService(dataFolder(options), async (client) => {
          await openPack(client, resolve(pack), modeOf(options));
          return makePlan(client, runbook, options.target);
        });
        const blocked = plan.objections.some(({ blocking }) => blocking);
        answer(
          options,
          plan,
          planText(plan, { scripts: options.scripts ?? false }),
          blocked ? exitCodes.no : exitCodes.asked,
        );
      },
    );

  common(program.command('run <pack> <runbook>'), 'pack')
    .description('runs a runbook; asks at holds and failures when a terminal is there')
    .option('--target <name>', 'where')
    .option('--release-as <role>', 'without a terminal: release holds in the name of this role')
    .addOption(
      new Option('--on-failure <choice>', 'without a terminal')
        .choices(['stop', 'roll-back'])
        .default('stop'),
    )
    .action(
      async (
        pack: string,
        runbook: string,
        options: Common & { target?: string; releaseAs?: string; onFailure: 'stop' | 'roll-back' },
      ) => {
        const attended = process.stdin.isTTY && options.releaseAs === undefined;
        const operator = attended
          ? askingOperator(say)
          : unattendedOperator({ releaseAs: options.releaseAs ?? null, onFailure: options.onFailure }, say);
        const views = await withService(dataFolder(options), async (client) => {
          await openPack(client, resolve(pack), modeOf(options));
          const plan = await makePlan(client, runbook, options.target);
          say(planText(plan, { scripts: false }));
          return followRun(client, await startRun(client, plan), operator);
        });
        answer(options, runReport(views), runText(views), runExit(views));
      },
    );

  common(program.command('rehearse <pack>'))
    .description('plays the whole launch against the sandbox: deploy, failure, rollback, deploy, board')
    .option('--keep', 'leave the sandbox running')
    .action(async (pack: string, options: Common & { keep?: boolean }) => {
      const folder = options.data ? resolve(options.data) : rehearsalFolder(resolve(pack));
      const begun = Date.now();
      const report = await withService(folder, (client) =>
        rehearse(client, { pack: resolve(pack), dataFolder: folder, keep: options.keep ?? false, say }),
      );
      answer(
        options,
        report,
        rehearsalText(report, Date.now() - begun),
        report.ok ? exitCodes.asked : exitCodes.no,
      );
    });

  common(program.command('probe [host]'))
    .description('says what this machine, or a host of your ssh configuration, is')
    .action(async (host: string | undefined, options: Common) => {
      const facts = await probeHost(host);
      answer(options, probeReport(facts), probeText(facts), exitCodes.asked);
    });

  addSignoffCommands(program, terminal);
  addComputeCommands(program, terminal);
  addDataCommands(program, terminal);

  return program;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError('It is a number from 0 to 65535.');
}

/** A rehearsal has a data folder of its own, the same for the same pack, so that a killed one is found again. */
function rehearsalFolder(pack: string): string {
  const digest = createHash('sha256').update(pack).digest('hex').slice(0, 8);
  return join(defaultDataFolder(), 'rehearsals', `${basename(pack)}-${digest}`);
}
