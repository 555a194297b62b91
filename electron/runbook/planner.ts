import { readFileSync } from 'node:fs';
import { posix, relative, resolve } from 'node:path';
import type { Pack, RunbookFile, TargetFile } from '../pack/index.ts';
import type { DetailedPlan } from './detailed-plan.ts';
import type { Abilities } from './kinds/kind.ts';
import { lockName } from './kinds/lock.ts';
import { findNeeds } from './needs.ts';
import { type Objection, Objections } from './objections.ts';
import { compilePlan, linkOf, type PlanInput } from './plan.ts';
import { contextFor } from './plan-context.ts';
import { lastGoodRelease, parseSurvey, type ReleaseRecord, type Survey, surveyProgram } from './survey.ts';
import { fillPlain } from './text.ts';

/** What planning depends on besides the files of the pack. */
export interface PlannerOptions {
  pack(): Pack;
  rehearsal: boolean;
  /** What the sandbox puts in the place of the pack's own values and files. */
  overrides: PlanInput['overrides'];
  needs: Readonly<Record<string, string>>;
  ask: Abilities['ask'];
  author(): string;
  resolveItem: PlanInput['resolveItem'];
  isCheck: PlanInput['isCheck'];
}

export interface PlanRequest {
  runbook: string;
  target: string;
  /** All hosts of the target where it is left out. */
  hosts?: readonly string[];
  run: string;
  rollsBack: string;
  /** Releases that must not be gone back to. `current`: whatever the hosts serve now. */
  notBackTo: readonly string[] | 'current';
}

export interface Planned {
  plan: DetailedPlan;
  objections: Objection[];
  surveys: Record<string, Survey>;
  previous: ReleaseRecord | null;
}

export type Planner = ReturnType<typeof createPlanner>;

/** Makes plans: looks at files and hosts, then compiles. Changes nothing anywhere. */
export function createPlanner(options: PlannerOptions) {
  return {
    async plan(request: PlanRequest): Promise<Planned> {
      const pack = options.pack();
      const runbook = runbookOf(pack, request.runbook);
      const target = targetOf(pack, request.target);
      const hosts = target.hosts.filter((host) => request.hosts?.includes(host) ?? true);
      const objections = new Objections();
      const needs = await findNeeds(runbook, pack.folder, options.needs, objections);
      const input: PlanInput = {
        pack,
        runbook,
        target,
        hosts,
        run: request.run,
        by: options.author(),
        rehearsal: options.rehearsal || target.rehearsal,
        rollsBack: request.rollsBack,
        overrides: options.overrides,
        needs,
        surveys: {},
        previous: null,
        template: (path) => readTemplate(pack.folder, path),
        resolveItem: options.resolveItem,
        isCheck: options.isCheck,
      };
      const surveys = await surveyHosts(input, hosts, options.ask, objections);
      const not =
        request.notBackTo === 'current'
          ? Object.values(surveys).map(({ current }) => posix.basename(current))
          : request.notBackTo;
      const previous = lastGoodRelease(Object.values(surveys), not);
      const compiled = compilePlan({ ...input, surveys, previous });
      return {
        plan: compiled.plan,
        objections: [...objections.list, ...compiled.objections],
        surveys,
        previous,
      };
    },
  };
}

/** Looks at every host at once. A host that cannot be seen is an objection, not an error. */
async function surveyHosts(
  input: PlanInput,
  hosts: readonly string[],
  ask: Abilities['ask'],
  objections: Objections,
): Promise<Record<string, Survey>> {
  const surveys: Record<string, Survey> = {};
  await Promise.all(
    hosts.map(async (host) => {
      try {
        const { values, releasesFolder } = contextFor(host, hosts, input, new Objections());
        const link = fillPlain(linkOf(input.runbook), values);
        const { stdout } = await ask(
          host,
          surveyProgram(link, releasesFolder, lockName(input.pack.launch.system)),
        );
        surveys[host] = parseSurvey(stdout);
      } catch (error) {
        objections.add(error instanceof Error ? error.message : String(error));
      }
    }),
  );
  return surveys;
}

function readTemplate(folder: string, path: string): string {
  const full = resolve(folder, path);
  const inside = relative(folder, full);
  if (inside.startsWith('..') || resolve(inside) === inside)
    throw new Error(`${path} is outside the pack's folder.`);
  try {
    return readFileSync(full, 'utf8');
  } catch {
    throw new Error(`${path} cannot be read in the pack's folder ${folder}.`);
  }
}

export function runbookOf(pack: Pack, name: string): RunbookFile {
  const runbook = pack.runbooks.find((one) => one.name === name);
  if (runbook) return runbook;
  const names = pack.runbooks.map((one) => one.name).join(', ');
  throw new Error(`There is no runbook "${name}" in ${pack.folder}. There are: ${names || 'none'}.`);
}

function targetOf(pack: Pack, name: string): TargetFile {
  const target = pack.launch.targets.find((one) => one.name === name);
  if (target) return target;
  const names = pack.launch.targets.map((one) => one.name).join(', ');
  throw new Error(`There is no target "${name}" in launch.yaml. There are: ${names || 'none'}.`);
}
