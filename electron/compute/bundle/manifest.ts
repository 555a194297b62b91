import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.iso.date();

const figure = z.looseObject({
  value: z.number().nullable(),
  unit: z.string(),
  convention: z.looseObject({ name: z.string() }),
  interval: z.tuple([z.number(), z.number()]).optional(),
});

export const roles = ['model', 'config', 'features', 'golden', 'returns', 'other'] as const;
export type FileRole = (typeof roles)[number];

const manifestSchema = z.object({
  bundle: z.literal(1),
  name: z.string().min(1),
  version: z.string().min(1),
  files: z.array(z.object({ path: z.string(), role: z.enum(roles), bytes: z.number().int(), sha256 })),
  model: z.object({
    producer: z.object({ name: z.string(), version: z.string() }),
    opsets: z.record(z.string(), z.number()),
    metadata: z.record(z.string(), z.string()),
  }),
  /** What the figures and the golden sample were computed from; it stays outside. */
  data: z
    .object({
      files: z.array(z.object({ name: z.string(), sha256 })),
      rows: z.number().int(),
      codes: z.number().int(),
      from: day,
      to: day,
    })
    .nullable(),
  /** Figures re-computed from the returns that are in the bundle. */
  benchmark: z
    .object({ from: day, to: day, periods: z.number().int(), metrics: z.record(z.string(), figure) })
    .nullable(),
  /** Rules that the release is said to meet. */
  claims: z.array(z.string()),
});

/** What a bundle says of itself. It has no time and no path of the machine that made it. */
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestPath = 'MANIFEST.json';
export const sumsPath = 'SHA256SUMS';

/** Gives the manifest, or what is wrong with it. */
export function parseManifest(text: string): Manifest | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `is no JSON: ${(error as Error).message}` };
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: `is not as it should be at ${issue?.path.join('.') || 'its top'}: ${issue?.message}` };
}

/** With its keys in one order, whoever wrote the parts. */
export function writeManifest(manifest: Manifest): string {
  return `${JSON.stringify(sorted(manifest), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

/** As `sha256sum` writes and checks it. */
export function writeSums(files: readonly { path: string; sha256: string }[]): string {
  return files.map(({ path, sha256: sum }) => `${sum}  ${path}\n`).join('');
}
