import { type ComputePort, type OnCluster, serveCompute } from './compute/index.ts';
import { slurmExecutor } from './slurm/index.ts';
import { createSsh } from './ssh/index.ts';

/** Longer than between two looks at a cluster. A connection outlives this process, when it is killed, by no more. */
const idleSeconds = 30;

const onCluster: OnCluster = (place, needs) => ({
  async run(job) {
    const ssh = createSsh({ idleSeconds });
    try {
      await slurmExecutor(ssh, { ...place, ...needs }).run(job);
    } finally {
      await ssh.close();
    }
  },
});

/** A utility process of Electron has this port; a child of Node has `send` and messages of its own. */
const { parentPort } = process as unknown as {
  parentPort?: {
    postMessage(message: unknown): void;
    on(event: 'message', listener: (event: { data: unknown }) => void): void;
  };
};
const [folder, scratch, cores] = process.argv.slice(2);
if (!folder || !scratch || !cores) {
  throw new Error(
    'The compute process takes its folder, a scratch folder and a number of cores as arguments.',
  );
}
const port: ComputePort = parentPort
  ? {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as never)),
    }
  : {
      post: (message) => void process.send?.(message),
      onMessage: (listener) => process.on('message', (message) => listener(message as never)),
    };
// Whoever asked is gone.
process.on('disconnect', () => process.exit(0));
serveCompute(port, { folder, scratch, cores: Number(cores) }, onCluster);
