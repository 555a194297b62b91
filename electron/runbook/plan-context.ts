import { posix } from 'node:path';
import type { Pack, RunbookFile } from '../pack/index.ts';
import type { CompileContext } from './kinds/kind.ts';
import type { ReleaseSpec } from './kinds/release.ts';
import { destination, type UploadSpec } from './kinds/upload.ts';
import type { Objections } from './objections.ts';
import type { PlanInput } from './plan.ts';
import { fillPlain, type Values } from './text.ts';

/** What compiling for one host may look at; for the console itself under the empty name. */
export function contextFor(
  host: string,
  hosts: readonly string[],
  input: PlanInput,
  objections: Objections,
): CompileContext {
  const { pack, runbook, previous } = input;
  const values = valuesFor(host, host || (hosts[0] ?? ''), input);
  const releasesFolder = objections.attempt('', () => releasesFolderOf(pack, runbook, values));
  const current = input.surveys[host]?.current ?? '';
  // Beside the releases that a deploy makes; in a pack without any, beside what is served now.
  const beside = releasesFolder || (current && posix.dirname(current));
  return {
    run: input.run,
    host,
    by: input.by,
    values,
    needs: input.needs,
    releasesFolder,
    previousFolder: previous && beside ? posix.join(beside, previous.release) : '',
    uploads: objections.attempt({}, () => uploadsOf(input, values)),
    template: input.template,
    takesOverFrom: input.rollsBack,
  };
}

function valuesFor(host: string, valuesOf: string, input: PlanInput): Values {
  const { pack, target, runbook, run, previous } = input;
  const known = {
    ...target.vars,
    ...target.hostVars[valuesOf],
    ...input.overrides[valuesOf],
    system: pack.launch.system,
    version: pack.launch.version,
    release: `${pack.launch.version.replace(/[^A-Za-z0-9._-]+/g, '-')}-${run}`,
    previous: previous?.release ?? '',
    'previous-version': previous?.version ?? '',
    target: target.name,
    host: host || 'console',
    run,
    pack: pack.folder,
  };
  return { known, secrets: runbook.secrets };
}

/** Where the `release` step of this runbook, or else of the pack's deploy, unpacks; empty where there is none. */
function releasesFolderOf(pack: Pack, runbook: RunbookFile, values: Values): string {
  const deploys = pack.runbooks.filter(({ does }) => does === 'deploy');
  const step = [runbook, ...deploys].flatMap(({ steps }) => steps).find(({ kind }) => kind === 'release');
  return step ? fillPlain((step.spec as ReleaseSpec).release.into, values) : '';
}

function uploadsOf({ runbook, needs }: PlanInput, values: Values): Record<string, string> {
  const uploads = runbook.steps
    .filter(({ kind }) => kind === 'upload')
    .map(({ spec }) => destination(spec as UploadSpec, needs, values));
  return Object.fromEntries(uploads.map(({ name, path }) => [name, path]));
}
