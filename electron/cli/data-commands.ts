import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { inferReport } from '../compute/index.ts';
import { defaultDataFolder } from '../hosts/index.ts';
import {
  type PackOptions,
  packOf,
  packText,
  type VerifyOptions,
  verifyExit,
  verifyOf,
  verifyText,
} from './bundle.ts';
import { claimsExit, claimsOf, claimsText } from './claims.ts';
import { type ProfileOptions, profileExit, profileOf, profileText } from './data.ts';
import { exitCodes } from './exit.ts';
import { type ForecastOptions, forecastExit, forecastOf, forecastText } from './forecast.ts';
import { type InferOptions, inferExit, inferOf, inferText, writeGolden, writeScores } from './infer.ts';
import { countOption, numberOption } from './options.ts';
import { type ShadowOptions, shadowOf, shadowText } from './shadow.ts';
import type { Terminal } from './terminal.ts';
import { type ComputeOptions, withCompute } from './with-compute.ts';

interface Shared {
  json?: boolean;
  fresh?: boolean;
  dataFolder?: string;
}

/** The commands about data, models, and what is said of them. */
export function addDataCommands(program: Command, { answer, say }: Terminal): void {
  const computing = ({ fresh }: Shared, folder: string | undefined): ComputeOptions => ({
    dataFolder: folder === undefined ? defaultDataFolder() : resolve(folder),
    fresh: fresh ?? false,
    say,
  });

  const data = program.command('data').description('says what data is, before anything is computed from it');
  withKeys(data.command('profile <path>'), '--data')
    .description('rows, dates, codes, gaps, duplicates, missing and odd values of Parquet or CSV files')
    .option('--features <file>', 'a JSON list of the features that must be there')
    .option('--calendar <file>', 'trading days of the exchange; without it every weekday is expected')
    .addOption(numberOption('--newer-than <hours>', 'how old the newest file may be'))
    .action(async (path: string, options: Shared & ProfileOptions & { data?: string }) => {
      const { features, calendar } = options;
      const found = await withCompute(computing(options, options.data), (compute) =>
        profileOf(compute, resolve(path), {
          ...options,
          ...(features === undefined ? {} : { features: resolve(features) }),
          ...(calendar === undefined ? {} : { calendar: resolve(calendar) }),
        }),
      );
      answer(options, found, profileText(found), profileExit(found));
    });

  withKeys(program.command('infer'), '--data-folder')
    .description('scores data with an ONNX model, on the provider that is asked for and no other')
    .requiredOption('--model <file>', 'the model, as ONNX')
    .requiredOption(
      '--data <path>',
      'Parquet or CSV with a row per date and code: a file, a folder, or a pattern',
    )
    .option('--provider <name>', 'where it runs', 'cpu')
    .option('--against <name>', 'another provider, whose scores are compared')
    .option('--bench', 'measure how fast it is, cold and warm')
    .addOption(countOption('--concurrency <number>', 'measure from one run at a time up to so many at once'))
    .option('--features <file>', 'a JSON list of the features in the order of the model')
    .addOption(countOption('--lookback <rows>', 'of a window, where the model does not say'))
    .addOption(countOption('--dates <number>', 'so many of the last dates').default(1))
    .addOption(countOption('--batch <codes>', 'in one run').default(512))
    .option('--score <name>', 'the score to rank by, where there are several')
    .addOption(countOption('--top <number>', 'of the best codes').default(35))
    .option('--record <file>', 'write the scores as a golden sample')
    .option('--golden <file>', 'compare with a golden sample')
    .option('--reference <file>', 'a golden sample whose scores are the usual ones, to see drift')
    .option('--label <column>', 'what came after each date; above 0 is a hit')
    .option('--out <file>', 'write all scores as CSV')
    .action(async (options: Shared & InferOptions & { record?: string; out?: string }) => {
      const { top, record, out } = options;
      const found = await withCompute(computing(options, options.dataFolder), (compute) =>
        inferOf(compute, options),
      );
      if (record) writeGolden(resolve(record), found);
      if (out) writeScores(resolve(out), found);
      answer(options, inferReport(found, top), inferText(found, top), inferExit(found));
    });

  withKeys(program.command('shadow'), '--data-folder')
    .description('scores the same data with two models, and says where they differ')
    .requiredOption('--champion <file>', 'the model whose scores count today, as ONNX')
    .requiredOption('--challenger <file>', 'the one that may take its place')
    .requiredOption(
      '--data <path>',
      'Parquet or CSV with a row per date and code: a file, a folder, or a pattern',
    )
    .option('--provider <name>', 'where both run', 'cpu')
    .option('--features <file>', 'a JSON list of the features in the order of both models')
    .addOption(countOption('--lookback <rows>', 'of a window, where the models do not say'))
    .addOption(countOption('--dates <number>', 'so many of the last dates').default(20))
    .addOption(countOption('--batch <codes>', 'in one run').default(512))
    .option('--score <name>', 'the score to rank by, where there are several')
    .addOption(countOption('--top <number>', 'of the best codes').default(35))
    .action(async (options: Shared & ShadowOptions) => {
      const found = await withCompute(computing(options, options.dataFolder), (compute) =>
        shadowOf(compute, options),
      );
      answer(options, found, shadowText(found), exitCodes.asked);
    });

  const bundle = program.command('bundle').description('a release with what it was measured on, in one file');
  withKeys(bundle.command('pack'), '--data-folder')
    .description('packs model, settings and golden sample; the same content gives the same bytes')
    .requiredOption('--out <file>', 'the bundle, a tar archive')
    .requiredOption('--name <name>', 'of the system')
    .requiredOption('--release <version>', 'of the system')
    .requiredOption('--model <file>', 'the model, as ONNX')
    .option('--config <file>', 'its settings')
    .option('--features <file>', 'a JSON list of its features')
    .option('--golden <file>', 'a golden sample that infer has recorded')
    .option('--returns <file>', 'CSV of date and return; its figures go into the manifest')
    .addOption(new Option('--with <file...>', 'further files').default([]))
    .option('--data <path>', 'what it was computed from; named in the manifest, and not packed')
    .addOption(new Option('--claim <rule...>', 'what the release is said to meet').default([]))
    .action(async (options: Shared & PackOptions) => {
      const manifest = await withCompute(computing(options, options.dataFolder), (compute) =>
        packOf(compute, options),
      );
      answer(options, manifest, packText(options.out, manifest), exitCodes.asked);
    });
  withKeys(bundle.command('verify <bundle>'), '--data-folder')
    .description(
      'holds what a bundle says against what is in it, against data, and against what can be computed',
    )
    .option('--data <path>', 'the data that the manifest names')
    .action(async (file: string, options: Shared & VerifyOptions) => {
      const report = await withCompute(computing(options, options.dataFolder), (compute) =>
        verifyOf(compute, file, options),
      );
      answer(options, report, verifyText(report), verifyExit(report));
    });

  program
    .command('forecast <predictions>')
    .description('how good forecasts are where the model was not trained, and against knowing nothing')
    .addOption(
      new Option('--target <kind>', 'what is forecast; changes where a value is zero or below').choices([
        'level',
        'change',
      ]),
    )
    .addOption(new Option('--rule <rule...>', 'what must hold, such as "R² > 0.7"').default([]))
    .option('--json', 'print one JSON value of a stable shape')
    .option('--data <folder>', 'where answers are kept')
    .option('--fresh', 'compute anew what the store of answers has')
    .action(async (file: string, options: Shared & ForecastOptions & { data?: string }) => {
      const found = await withCompute(computing(options, options.data), (compute) =>
        forecastOf(compute, resolve(file), options),
      );
      answer(options, found, forecastText(found), forecastExit(found));
    });

  program
    .command('claims <pack>')
    .description('every number that a checklist asserts of returns and forecasts, beside what the data give')
    .option('--returns <file>', 'CSV of date and return; data/returns.csv of the pack where it is not given')
    .option('--predictions <file>', 'CSV as for forecast; data/predictions.csv where the pack has it')
    .option('--json', 'print one JSON value of a stable shape')
    .option('--data <folder>', 'where answers are kept')
    .option('--fresh', 'compute anew what the store of answers has')
    .action(
      async (pack: string, options: Shared & { data?: string; returns?: string; predictions?: string }) => {
        const { data: folder, returns, predictions } = options;
        const whole = (file?: string) => (file === undefined ? undefined : resolve(file));
        const found = await withCompute(computing(options, folder), (compute) =>
          claimsOf(compute, resolve(pack), { returns: whole(returns), predictions: whole(predictions) }),
        );
        answer(options, found, claimsText(found), claimsExit(found));
      },
    );
}

/** Where `--data` is what a command works on, the folder that answers are kept in has another name. */
function withKeys(command: Command, folder: '--data' | '--data-folder'): Command {
  return command
    .option('--date <column>', 'the column of dates, where it is not called date')
    .option('--code <column>', 'the column of codes, where it is not called code')
    .option('--json', 'print one JSON value of a stable shape')
    .option(`${folder} <folder>`, 'where answers are kept')
    .option('--fresh', 'compute anew what the store of answers has');
}
