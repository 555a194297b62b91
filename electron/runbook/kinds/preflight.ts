import { z } from 'zod';
import { formatBytes, formatDuration, parseBytes } from '../../../shared/units.ts';
import { fields } from '../../pack/index.ts';
import { quote } from '../../ssh/index.ts';
import { fillPlain } from '../text.ts';
import { type ActContext, type Acted, kindOf } from './kind.ts';

const multiple = /^\s*(\d+(?:\.\d+)?)\s*x\s+(\S+)\s*$/;
const isSpace = (written: string) => multiple.test(written) || parseBytes(written) !== null;

const schema = z.strictObject({
  preflight: z.strictObject({
    free: fields
      .text()
      .refine(isSpace, 'is neither a size nor a multiple of a need. Write 2 GB, or 3 x bundle.')
      .optional()
      .meta({ description: 'Free space that must be there: `3 x bundle`, or a size such as `2 GB`.' }),
    path: z
      .string()
      .default('.')
      .meta({ description: 'Where that space must be. The nearest existing parent is measured.' }),
    clock: fields
      .duration()
      .default(30_000)
      .meta({ description: 'How far the host’s clock may be from this machine’s.', default: '30 s' }),
    tools: z.array(z.string()).default([]).meta({ description: 'Programs that must be on the host.' }),
  }),
});
type Spec = z.infer<typeof schema>;

/** Tools that our own scripts call. */
const ownTools = ['tar', 'gzip'];

export const preflight = kindOf<Spec>({
  kind: 'preflight',
  style: 'act',
  where: 'hosts',
  about:
    'Looks whether each host can take the run: reachable, clock, space, tools, and nothing that would end the steps.',
  schema,
  timeoutMs: 60_000,
  title: () => 'Preflight',
  objection: ({ preflight: { free } }, { needs }) => {
    const name = multiple.exec(free ?? '')?.[2];
    if (name === undefined || needs[name]) return null;
    return `"${free}" names "${name}", which the runbook does not need. It needs ${Object.keys(needs).join(', ') || 'no file'}.`;
  },
  act: async ({ preflight: spec }, context) => {
    const objections = [
      ...(await objectionsToFacts(spec, context)),
      ...(await objectionsToSpace(spec, context)),
    ];
    for (const objection of objections) context.log(objection);
    if (objections.length > 0) return { ok: false, outcome: objections.join(' ') };
    return { ok: true, outcome: 'clock, tools and space are right' } satisfies Acted;
  },
});

async function objectionsToFacts(
  spec: Spec['preflight'],
  { host, abilities, log }: ActContext,
): Promise<string[]> {
  const facts = await abilities.facts(host);
  log(
    `${facts.hostname}: ${facts.os}, ${facts.kernel}, ${facts.cores ?? '?'} cores, up ${facts.uptimeSeconds ?? '?'} s`,
  );
  const objections: string[] = [];

  const skewMs = Math.max(0, Math.abs(facts.clockSkewMs ?? 0) - (facts.clockSkewErrorMs ?? 0));
  if (skewMs > spec.clock) {
    objections.push(
      `${host}: its clock is off by ${formatDuration(skewMs)}, ${formatDuration(spec.clock)} are allowed. Set the clock.`,
    );
  }
  const missing = [...ownTools, ...spec.tools].filter((tool) => facts.tools[tool] === '');
  if (missing.length > 0)
    objections.push(
      `${host}: ${missing.join(', ')} not found on PATH. Install ${missing.length > 1 ? 'them' : 'it'}.`,
    );
  if (facts.killsUserProcesses) {
    objections.push(
      `${host}: it ends a user's processes when the last session closes (KillUserProcesses=yes in logind.conf), so a step would not outlive the link. Set it to no, or enable lingering with: loginctl enable-linger ${facts.user}`,
    );
  }
  return objections;
}

async function objectionsToSpace(spec: Spec['preflight'], context: ActContext): Promise<string[]> {
  if (!spec.free) return [];
  const needed = neededBytes(spec.free, context);
  const path = fillPlain(spec.path, context.values);
  const { stdout } = await context.abilities.ask(context.host, spaceProgram(path));
  const [available = '', measuredAt = ''] = stdout.trim().split('\n');
  const free = Number(available) * 1024;
  if (!Number.isFinite(free) || available === '') {
    return [`${context.host}: the free space at ${path} could not be measured. Look with: df -P ${path}`];
  }
  context.log(`${formatBytes(free)} free at ${measuredAt}, ${formatBytes(needed)} needed`);
  if (free >= needed) return [];
  return [
    `${context.host}: ${formatBytes(free)} free at ${measuredAt}, ${formatBytes(needed)} needed (${spec.free}). Free some space there.`,
  ];
}

/** Free kilobytes at the nearest existing parent of a path, then that parent. */
function spaceProgram(path: string): string {
  return `p=${quote(path)}
while [ ! -e "$p" ] && [ "$p" != / ] && [ "$p" != . ]; do p=$(dirname -- "$p"); done
df -Pk -- "$p" 2>/dev/null | awk 'NR == 2 { print $4 }'
printf '%s\\n' "$p"`;
}

function neededBytes(free: string, { needs }: ActContext): number {
  const times = multiple.exec(free);
  if (!times) return parseBytes(free) ?? 0;
  return Number(times[1]) * (needs[times[2] ?? '']?.bytes ?? 0);
}
