import { createJobs, createSsh } from '../../../electron/ssh/index.ts';

/** Runs one job in a process of its own, which the test kills. Arguments: ssh_config, data folder, host, id, script. */
const [configFile = '', dataFolder = '', host = '', id = '', script = ''] = process.argv.slice(2);
const ssh = createSsh({ configFile, idleSeconds: 1, controlFolder: process.env.CONTROL_FOLDER });
const jobs = createJobs(ssh, { dataFolder });
const end = await jobs.run(
  { id, host, script, shell: 'sh -eu', env: {}, timeoutMs: 60_000 },
  { offset: () => 0, write: (chunk) => void process.stdout.write(chunk) },
  { onLink: ({ state }) => process.stdout.write(`link ${state}\n`) },
);
process.stdout.write(`${JSON.stringify(end)}\n`);
await ssh.close();
