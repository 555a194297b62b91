import { expect, it } from 'vitest';
import { explainRefusal } from '../../../electron/slurm/refusals.ts';

const asked = { partition: 'gpus', account: 'desk', time: '', memory: '1T' };

it.each([
  [
    "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
    'refused',
    'A limit of login is reached: it takes no further job of yours now.',
  ],
  [
    'sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified',
    'refused',
    'login does not take jobs of the account "desk" there. Give an account of yours.',
  ],
  [
    'sbatch: error: Memory specification can not be satisfied\nsbatch: error: Batch job submission failed: Requested node configuration is not available',
    'refused',
    'No node of login has what a task asks for (1T of memory).',
  ],
  [
    'sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)',
    'no-answer',
    "Slurm's controller does not answer on login",
  ],
  ['sbatch: error: Something else', 'refused', 'login did not take the job. sbatch said: Something else.'],
])('what sbatch says is told with what to change: %s', (words, code, sentence) => {
  const error = explainRefusal('login', words, asked);
  expect(error.code).toBe(code);
  expect(error.message).toContain(sentence);
});
