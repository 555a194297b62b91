import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type AnswerValue, answerValue, type Mode } from '../../shared/contract/common.ts';
import { conventions, type TableFormat } from '../compute/index.ts';
import { defaultDataFolder, localHost } from '../hosts/index.ts';
import { assertPrints, auditExit, auditText, dayOf, periodText } from './audit.ts';
import {
  type BacktestOptions,
  backtestExit,
  backtestOf,
  backtestReport,
  backtestText,
  writeBacktest,
} from './backtest.ts';
import { boardExit, boardReport, boardText, readBoard } from './board.ts';
import { checkExit, checkReport, checkText, runChecks } from './check.ts';
import { compareExit, compareOf, compareText, writeCompare } from './compare.ts';
import { addDataCommands } from './data-commands.ts';
import { driftExit, driftOf, driftReport, driftText } from './drift.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { followRun } from './follow.ts';
import { heldAgainst, recordInLedger } from './ledger.ts';
import { lintExit, lintFile, lintReport, lintText } from './lint.ts';
import { type MetricsOptions, metricsExit, metricsOf, metricsReport, metricsText } from './metrics.ts';
import { countOption, formatOption, numberOption } from './options.ts';
import { makePlan, planText } from './plan.ts';
import { probeHost, probeReport, probeText } from './probe.ts';
import { rehearsalText, rehearse } from './rehearse.ts';
import {
  exportReview,
  exportText,
  importReview,
  importText,
  showReview,
  showText,
  takeText,
} from './review.ts';
import { askingOperator, runExit, runReport, runText, startRun, unattendedOperator } from './run.ts';
import { answerOnTerminal, signAnswer, signText, standingsExit } from './sign.ts';
import {
  type SweepOptions,
  sweepExit,
  sweepOf,
  sweepQuestion,
  sweepReport,
  sweepText,
  writeSweep,
} from './sweep.ts';
import { cancelledText, cancelOn, slurmOptions } from './sweep-slurm.ts';
import { verifyExit, verifyFile, verifyReport, verifyText } from './verify.ts';
import { openWindow } from './window.ts';
import { type ComputeOptions, withCompute } from './with-compute.ts';
import { openPack, withService } from './with-service.ts';

interface Common {
  json?: boolean;
  data?: string;
  rehearsal?: boolean;
  fresh?: boolean;
}

/** Tables that a command writes beside its answer. */
interface Written {
  out?: string;
  format: TableFormat;
}

interface AuditOptions {
  all?: boolean;
  from?: string;
  to?: string;
  pdf?: boolean;
}

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
  const computing = (options: Common): ComputeOptions => ({
    dataFolder: dataFolder(options),
    fresh: options.fresh ?? false,
    say,
  });

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

  common(program.command('sign <pack>'), 'pack')
    .description('signs the answer of a role with your own key, over what the launch is now')
    .requiredOption('--role <role>', 'the role of launch.yaml that answers')
    .requiredOption('--as <name>', 'your name in allowed_signers')
    .requiredOption('--key <file>', 'your key: a private key, or a public key that an agent or a device has')
    .addOption(
      new Option('--answer <answer>', 'what the role says')
        .choices([...answerValue.options])
        .conflicts('withdraw'),
    )
    .option('--condition <text>', 'the condition of a go, or why it is a no-go', '')
    .option('--withdraw', 'take back what the role has said')
    .action(
      async (
        pack: string,
        options: Common & {
          role: string;
          as: string;
          key: string;
          answer?: AnswerValue;
          condition: string;
          withdraw?: boolean;
        },
      ) => {
        if (!options.answer && !options.withdraw)
          throw new InputError(`Say --answer ${answerValue.options.join('|')}, or --withdraw.`);
        const view = await withService(dataFolder(options), async (client) => {
          await openPack(client, resolve(pack), modeOf(options));
          const { role, as, answer: value = null, condition } = options;
          const by = { role, as, keyFile: resolve(options.key) };
          return signAnswer(client, by, value && { value, condition }, answerOnTerminal);
        });
        answer(options, view, signText(view), standingsExit(view));
      },
    );

  const review = program.command('review').description('exchanges signed answers and reviews with others');
  common(review.command('export <pack> <path>'), 'pack')
    .description(
      'writes one new zip that a reviewer opens anywhere, or adds what was signed to a shared folder',
    )
    .action(async (pack: string, path: string, options: Common) => {
      const written = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return exportReview(client, resolve(path));
      });
      answer(options, written, exportText(path, written), exitCodes.asked);
    });
  common(review.command('show <pack>'), 'pack')
    .description('says what there is to review in a pack or a review file, and what reviewers say of it')
    .action(async (pack: string, options: Common) => {
      const shown = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return showReview(client);
      });
      answer(options, shown, showText(shown), exitCodes.asked);
    });
  common(review.command('take <pack>'), 'pack')
    .description('makes what reviewers agree on the state of the items of the checklist')
    .action(async (pack: string, options: Common) => {
      const taken = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return client.signoff.takeOver({ items: null });
      });
      answer(options, taken, takeText(taken), taken.left.length > 0 ? exitCodes.no : exitCodes.asked);
    });
  common(review.command('import <pack> <path>'), 'pack')
    .description('takes in what others signed; nothing that does not verify')
    .option('--preview', 'only say what would come')
    .action(async (pack: string, path: string, options: Common & { preview?: boolean }) => {
      const imported = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return importReview(client, resolve(path), !options.preview);
      });
      const code = imported.refused.length > 0 ? exitCodes.no : exitCodes.asked;
      answer(options, imported, importText(imported, options.preview ?? false), code);
    });

  common(program.command('audit <pack-or-path> [path]'), 'pack')
    .description('writes the audit bundle of a launch, or of all launches, as a new zip or folder')
    .usage('[options] <pack> <path>\n       holdpoint audit --all [options] <path>')
    .option('--all', 'all launches that the journal knows, without their packs')
    .option('--from <day>', 'with --all: those of which anything was recorded on this day or later, in UTC')
    .option('--to <day>', 'with --all: on this day or earlier')
    .option('--pdf', 'every report as a PDF, too')
    .action(async (pack: string, path: string | undefined, options: Common & AuditOptions) => {
      const pdf = options.pdf ?? false;
      if (pdf) assertPrints(localHost('headless'));
      const period = { from: dayOf(options.from), to: dayOf(options.to) };
      if (options.all) {
        if (path !== undefined)
          throw new InputError('With --all there is no pack: say where to write, alone.');
        const all = await withService(dataFolder(options), (client) =>
          client.audit.write({ path: resolve(pack), period, pdf }),
        );
        answer(options, all, periodText(all), auditExit(all));
        return;
      }
      if (path === undefined) throw new InputError('Say the pack and where to write; or --all.');
      if (period.from || period.to) throw new InputError('--from and --to go with --all.');
      const written = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return client.audit.write({ path: resolve(path), period: null, pdf });
      });
      answer(options, written, auditText(written), auditExit(written));
    });

  common(program.command('verify <bundle>'))
    .description(
      'verifies an audit bundle, a folder or a zip: its files, its signatures, and what they were about',
    )
    .action((bundle: string, options: Common) => {
      const verified = verifyFile(resolve(bundle), new Date());
      answer(options, verifyReport(verified), verifyText(bundle, verified), verifyExit(verified));
    });

  common(program.command('probe [host]'))
    .description('says what this machine, or a host of your ssh configuration, is')
    .action(async (host: string | undefined, options: Common) => {
      const facts = await probeHost(host);
      answer(options, probeReport(facts), probeText(facts), exitCodes.asked);
    });

  common(program.command('metrics <returns>'), 'compute')
    .description('re-computes every figure of a CSV of date and return, with its convention and interval')
    .addOption(
      new Option('--convention <name>', 'whose definitions')
        .choices(Object.keys(conventions))
        .default('holdpoint'),
    )
    .addOption(numberOption('--periods <number>', 'periods a year'))
    .addOption(numberOption('--risk-free <fraction>', 'a year').default(0))
    .addOption(numberOption('--benchmark <ratio>', 'annual Sharpe ratio to be above').default(0))
    .addOption(numberOption('--trials <number>', 'configurations that were tried').default(1))
    .addOption(numberOption('--trial-deviation <ratio>', 'of their annual Sharpe ratios'))
    .addOption(new Option('--rule <rule...>', 'what must hold, such as "Sharpe ratio > 0.75"').default([]))
    .action(async (file: string, options: Common & MetricsOptions) => {
      const found = await withCompute(computing(options), (compute) =>
        metricsOf(compute, resolve(file), options),
      );
      answer(options, metricsReport(found), metricsText(found), metricsExit(found));
    });

  common(program.command('backtest'), 'compute')
    .description('runs a strategy over a panel of scores and prices, and says what its figures are worth')
    .requiredOption(
      '--panel <file>',
      'CSV of date, code, close, score; open, volume_value, label where there are',
    )
    .requiredOption('--config <file>', 'the rules, as JSON or YAML')
    .addOption(new Option('--compat <engine>', 'another engine as it is, defects included').choices(['apex']))
    .option('--calendar <file>', 'trading days of the exchange; without it those of the data')
    .addOption(countOption('--trials <number>', 'configurations that were tried, this one among them'))
    .addOption(numberOption('--trial-deviation <ratio>', 'of their annual Sharpe ratios'))
    .option('--probes', 'look for knowledge of the future in the scores')
    .option('--truncated <file>', 'for probes: the panel with scores made from data that ends earlier')
    .option('--training <file>', 'for probes: label, horizon and spans of the training run')
    .option('--out <folder>', 'write equity, trades and the other tables there')
    .option('--no-ledger', 'neither count this run among the trials nor hold it against them')
    .addOption(formatOption())
    .action(async (options: Common & BacktestOptions & Written & { ledger: boolean }) => {
      const asked = { ...options, panel: resolve(options.panel), config: resolve(options.config) };
      const run = await withCompute(computing(options), (compute) => backtestOf(compute, asked));
      const question = {
        kind: 'backtest',
        ...asked,
        compat: asked.compat ?? null,
        probes: asked.probes ?? false,
      } as const;
      const trials = options.ledger ? recordInLedger(dataFolder(options), { question }, run, say) : null;
      const found = trials ? heldAgainst(run, trials) : run;
      if (options.out) await writeBacktest(resolve(options.out), found, options.format);
      answer(options, backtestReport(found), backtestText(found), backtestExit(found));
    });

  common(program.command('compare <first> <second>'), 'compute')
    .description('runs two configurations over one panel, and says whether they differ beyond chance')
    .requiredOption('--panel <file>', 'CSV as for backtest')
    .option('--calendar <file>', 'trading days of the exchange; without it those of the data')
    .option('--out <folder>', 'write both curves and figures there')
    .addOption(formatOption())
    .action(
      async (
        first: string,
        second: string,
        options: Common & Written & { panel: string; calendar?: string },
      ) => {
        const found = await withCompute(computing(options), (compute) =>
          compareOf(compute, first, second, options),
        );
        if (options.out) await writeCompare(resolve(options.out), found, options.format);
        answer(options, found, compareText(found), compareExit(found));
      },
    );

  const sweeping = common(program.command('sweep'))
    .description(
      'runs a grid of settings over a panel on all cores or on a Slurm cluster, and holds the best against all it was tried with',
    )
    .requiredOption('--panel <file>', 'CSV as for backtest')
    .requiredOption('--config <file>', 'the rules that all points share, as JSON or YAML')
    .requiredOption('--grid <file>', 'keys of the rules with lists of values, as JSON or YAML')
    .option('--results <folder>', 'where results are kept and found again; otherwise with the other data')
    .option('--calendar <file>', 'trading days of the exchange; without it those of the data')
    .addOption(numberOption('--cores <number>', 'how many to use; all where nothing is said'))
    .addOption(
      numberOption('--horizon <dates>', 'that labels look ahead; kept out between training and test'),
    )
    .addOption(numberOption('--embargo <dates>', 'kept out of training after each test'))
    .addOption(numberOption('--folds <number>', 'of the dates, to test the choice of the best point in'))
    .addOption(numberOption('--test-folds <number>', 'tested together'))
    .addOption(numberOption('--train <dates>', 'of the first training of walk-forward'))
    .addOption(numberOption('--test <dates>', 'of each test of walk-forward'))
    .addOption(numberOption('--gap <dates>', 'between them; no less than the horizon'))
    .option('--out <folder>', 'write points and tests there')
    .addOption(formatOption())
    .option('--no-ledger', 'do not count its points among the trials')
    .action(async (options: Common & SweepOptions & Written & { ledger: boolean }) => {
      const results = resolve(options.results ?? join(dataFolder(options), 'sweeps'));
      const question = sweepQuestion({ ...options, results });
      if (options.slurm !== undefined && options.cancel) {
        const cancelled = await cancelOn(options.slurm, question);
        answer(options, cancelled, cancelledText(cancelled), exitCodes.asked);
        return;
      }
      const found = await sweepOf(question, options, say);
      const { panel, config, grid } = options;
      const told = { kind: 'sweep', panel, config, grid, slurm: options.slurm ?? null } as const;
      if (options.ledger) recordInLedger(dataFolder(options), { question: told }, found, say);
      if (options.out) await writeSweep(resolve(options.out), found, options.format);
      answer(options, sweepReport(found), sweepText(found), sweepExit(found));
    });
  for (const option of slurmOptions) sweeping.addOption(option);

  common(program.command('drift <reference> <current>'), 'compute')
    .description('compares two CSV files column by column: what moved, and whether chance explains it')
    .addOption(numberOption('--bins <number>', 'of the stability index').default(10))
    .action(async (reference: string, current: string, options: Common & { bins: number }) => {
      const found = await withCompute(computing(options), (compute) =>
        driftOf(compute, resolve(reference), resolve(current), options.bins),
      );
      answer(options, driftReport(found), driftText(found), driftExit(found));
    });

  addDataCommands(program, { answer, say });

  return program;
}

function common(command: Command, kind?: 'pack' | 'compute'): Command {
  command
    .option('--json', 'print one JSON value of a stable shape')
    .option('--data <folder>', 'where journal, evidence and settings are kept');
  if (kind === 'compute') command.option('--fresh', 'compute anew what the store of answers has');
  return kind === 'pack'
    ? command.option('--rehearsal', 'against the sandbox instead of the real hosts')
    : command;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError('It is a number from 0 to 65535.');
}

function modeOf({ rehearsal }: Common): Mode {
  return rehearsal ? 'rehearsal' : 'live';
}

function dataFolder({ data }: Common): string {
  return data ? resolve(data) : defaultDataFolder();
}

/** A rehearsal has a data folder of its own, the same for the same pack, so that a killed one is found again. */
function rehearsalFolder(pack: string): string {
  const digest = createHash('sha256').update(pack).digest('hex').slice(0, 8);
  return join(defaultDataFolder(), 'rehearsals', `${basename(pack)}-${digest}`);
}
