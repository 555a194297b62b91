import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from '../electron/hosts/data-folder.ts';
import { createSandbox, SandboxError } from '../electron/sandbox/index.ts';
import type { Sandbox } from '../shared/contract/sandbox.ts';
import { root } from './support/root.ts';

const usage = `npm run sandbox                   start the sandbox here and stop it with Ctrl-C
npm run sandbox -- stop           stop one that was left running
npm run sandbox -- --folder DIR   use another folder`;

/** Starts the sandbox, or finds it running, and stays until it is told to end. */
async function serve(folder: string): Promise<void> {
  const sandbox = createSandbox({ folder, resources: join(root, 'resources', 'sandbox') });
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const started = await sandbox.start().catch(async (error) => {
    // The rest of it may run; half a sandbox is of no use to whoever sits here.
    if (error instanceof SandboxError && error.code === 'start-failed') await sandbox.stop();
    throw error;
  });
  console.log(describe(started));
  // The servers are detached, so nothing else keeps this process alive.
  const alive = setInterval(() => undefined, 2 ** 30);
  await told;
  clearInterval(alive);
  console.log('Stopping …');
  await sandbox.stop();
  console.log('Stopped. Nothing of the sandbox runs any more.');
}

async function stop(folder: string): Promise<void> {
  await createSandbox({ folder, resources: join(root, 'resources', 'sandbox') }).stop();
  console.log(`Nothing of the sandbox in ${folder} runs any more.`);
}

function describe({ folder, hosts }: Sandbox): string {
  const config = `'${join(folder, 'ssh_config')}'`;
  const lines = hosts.flatMap(({ host, port, services }) => [
    `  ${host.padEnd(6)} ssh on port ${port}`,
    ...services.map(({ system, port, serves }) => `         ${system} ${serves} on http://127.0.0.1:${port}`),
  ]);
  const first = hosts[0];
  return [
    `The sandbox runs in ${folder}`,
    ...lines,
    '',
    `Log in   ssh -F ${config} ${first?.host}`,
    `Ask      curl http://127.0.0.1:${first?.services[0]?.port}/health`,
    'Stop     Ctrl-C',
  ].join('\n');
}

function readArguments() {
  try {
    return parseArgs({ options: { folder: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    console.error(`${sentence}.\n\n${usage}`);
    return process.exit(2);
  }
}

const { values, positionals } = readArguments();
const folder = values.folder ?? join(defaultDataFolder(), 'sandbox');
const [verb = 'start', ...rest] = positionals;
if (rest.length > 0 || (verb !== 'start' && verb !== 'stop')) {
  console.error(`"${positionals.join(' ')}" is not known here.\n\n${usage}`);
  process.exit(2);
}
try {
  await (verb === 'stop' ? stop(folder) : serve(folder));
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  console.error(error.message);
  process.exit(1);
}
