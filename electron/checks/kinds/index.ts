import type { CheckKind } from '../kind.ts';
import { command } from './command.ts';
import { cpu } from './cpu.ts';
import { disk } from './disk.ts';
import { file } from './file.ts';
import { gpu } from './gpu.ts';
import { http } from './http.ts';
import { memory } from './memory.ts';
import { metrics } from './metrics.ts';
import { python } from './python.ts';
import { pytorch } from './pytorch.ts';
import { run } from './run.ts';
import { settled } from './settled.ts';

/** Every kind of check a pack may name. A new kind is a file beside this one and a line here. */
export const checkKinds: readonly CheckKind[] = [
  disk,
  memory,
  cpu,
  python,
  pytorch,
  gpu,
  http,
  file,
  command,
  settled,
  metrics,
  run,
];
