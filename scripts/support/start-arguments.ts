import { readStartArguments, type StartArguments, UsageError } from '../../electron/hosts/index.ts';

/** The arguments of a task, read where the person stands: npm itself runs tasks in the top folder. */
export function taskArguments(args = process.argv.slice(2)): StartArguments {
  try {
    return readStartArguments(args, { from: process.env.INIT_CWD ?? process.cwd() });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** The same arguments for a program that runs elsewhere. */
export function asArguments({ pack, mode, dataFolder, window, port }: StartArguments): string[] {
  return [
    '--data',
    dataFolder,
    ...(mode === 'rehearsal' ? ['--rehearsal'] : []),
    ...(window ? [] : ['--no-window']),
    ...(port === 0 ? [] : ['--port', String(port)]),
    ...(pack === null ? [] : ['--', pack]),
  ];
}
