import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { measureRemoteStep } from './remote-step.ts';

const { stepMs, baselineMs } = await measureRemoteStep();
console.log(
  formatRow('a remote step that does nothing | ssh true over a warm master', stepMs, baselineMs, 'ms', 1.5),
);
