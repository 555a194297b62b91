import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { conventions, type TableFormat } from '../compute/index.ts';
import {
  type BacktestOptions,
  backtestExit,
  backtestOf,
  backtestReport,
  backtestText,
  writeBacktest,
} from './backtest.ts';
import { compareExit, compareOf, compareText, writeCompare } from './compare.ts';
import { driftExit, driftOf, driftReport, driftText } from './drift.ts';
import { exitCodes } from './exit.ts';
import { heldAgainst, recordInLedger } from './ledger.ts';
import { type MetricsOptions, metricsExit, metricsOf, metricsReport, metricsText } from './metrics.ts';
import { countOption, formatOption, numberOption } from './options.ts';
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
import { type Common, common, computing, dataFolder, type Terminal } from './terminal.ts';
import { withCompute } from './with-compute.ts';

/** Tables that a command writes beside its answer. */
interface Written {
  out?: string;
  format: TableFormat;
}

/** The commands about returns and strategies. */
export function addComputeCommands(program: Command, terminal: Terminal): void {
  const { answer, say } = terminal;
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
      const found = await withCompute(computing(options, terminal), (compute) =>
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
      const run = await withCompute(computing(options, terminal), (compute) => backtestOf(compute, asked));
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
        const found = await withCompute(computing(options, terminal), (compute) =>
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
      const { slurm = null, partition = null, account = null, time = null } = options;
      const told = { kind: 'sweep', panel, config, grid, slurm, partition, account, time } as const;
      if (options.ledger) recordInLedger(dataFolder(options), { question: told }, found, say);
      if (options.out) await writeSweep(resolve(options.out), found, options.format);
      answer(options, sweepReport(found), sweepText(found), sweepExit(found));
    });
  for (const option of slurmOptions) sweeping.addOption(option);

  common(program.command('drift <reference> <current>'), 'compute')
    .description(
      'compares two data sets column by column, each a Parquet or CSV file, a folder, or a pattern: what moved, and whether chance explains it',
    )
    .addOption(numberOption('--bins <number>', 'of the stability index').default(10))
    .action(async (reference: string, current: string, options: Common & { bins: number }) => {
      const found = await withCompute(computing(options, terminal), (compute) =>
        driftOf(compute, resolve(reference), resolve(current), options.bins),
      );
      answer(options, driftReport(found), driftText(found), driftExit(found));
    });
}
