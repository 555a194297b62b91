import { check } from './check.ts';
import { hold } from './hold.ts';
import { http } from './http.ts';
import type { StepKind } from './kind.ts';
import { local } from './local.ts';
import { lock } from './lock.ts';
import { notify } from './notify.ts';
import { preflight } from './preflight.ts';
import { record } from './record.ts';
import { release } from './release.ts';
import { run } from './run.ts';
import { service } from './service.ts';
import { switchLink } from './switch.ts';
import { upload } from './upload.ts';
import { writeFile } from './write.ts';

/** Every kind of step there is. To add one: a file like its neighbours, and its name here. */
export const stepKinds: readonly StepKind[] = [
  preflight,
  lock,
  run,
  local,
  upload,
  release,
  writeFile,
  switchLink,
  service,
  http,
  check,
  hold,
  record,
  notify,
];

export function stepKind(name: string): StepKind {
  const kind = stepKinds.find((one) => one.kind === name);
  if (!kind) throw new Error(`There is no step kind "${name}".`);
  return kind;
}
