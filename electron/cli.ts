import { CommanderError } from 'commander';
import { exitCodes, InputError } from './cli/exit.ts';
import { commandLine } from './cli/program.ts';
import { BacktestError, BundleError, DataError, InferenceError, SweepError } from './compute/index.ts';
import { UsageError } from './hosts/index.ts';
import { JournalError } from './journal/index.ts';
import { CopyError } from './launch/index.ts';
import { RunError } from './runbook/index.ts';

/** Mistakes that whoever gave the command can mend. */
const mendable = [
  InputError,
  UsageError,
  JournalError,
  RunError,
  CopyError,
  BacktestError,
  BundleError,
  DataError,
  InferenceError,
  SweepError,
];

try {
  await commandLine((code) => {
    process.exitCode = code;
  }).parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.asked : exitCodes.badInput;
  } else if (mendable.some((kind) => error instanceof kind)) {
    console.error((error as Error).message);
    process.exitCode = exitCodes.badInput;
  } else {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = exitCodes.unknown;
  }
}
