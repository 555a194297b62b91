import { z } from 'zod';

/** What there is to ask about: files of the open pack, by what their beginning shows. */
export const computeFile = z.object({
  /** From the pack's folder, or whole where it is elsewhere. */
  path: z.string(),
  role: z.enum([
    'model',
    'panel',
    'returns',
    'predictions',
    'table',
    'feature-list',
    'golden',
    'backtest-config',
    'apex-config',
    'grid',
    'bundle',
  ]),
  bytes: z.number().int(),
  /** Columns that by their names hold what came after each date; none where only its footer names them, as in Parquet. */
  labels: z.array(z.string()),
});
export type ComputeFile = z.infer<typeof computeFile>;

const missing = z.object({ rows: z.number().int(), share: z.number(), shareOfActive: z.number() });

export const profileAnswer = z.object({
  kind: z.literal('profile'),
  rows: z.number().int(),
  dates: z.number().int(),
  codes: z.number().int(),
  activeCodes: z.number().int(),
  from: z.string(),
  to: z.string(),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
  gaps: z.array(z.object({ after: z.string(), before: z.string(), weekdays: z.number().int() })),
  duplicateRows: z.number().int(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      missing,
      numbers: z
        .object({
          min: z.number(),
          p01: z.number(),
          p25: z.number(),
          p50: z.number(),
          p75: z.number(),
          p99: z.number(),
          max: z.number(),
          mean: z.number(),
          deviation: z.number(),
          outliers: z.number().int(),
          /** What one date looks like across codes: `z-score`, `rank`, …; empty where it cannot be said. */
          crossSection: z.string(),
        })
        .nullable(),
    }),
  ),
  /** Whether quantiles are exact, or approximate because the data is large. */
  quantiles: z.enum(['exact', 'approximate']),
  /** Against the declared list. */
  features: z
    .object({
      ok: z.boolean(),
      version: z.string().nullable(),
      listed: z.number().int(),
      missing: z.array(z.string()),
      unlisted: z.array(z.string()),
    })
    .nullable(),
  findings: z.array(z.object({ level: z.enum(['problem', 'note']), sentence: z.string() })),
  digest: z.string(),
});
export type ProfileView = z.infer<typeof profileAnswer>;

export const driftAnswer = z.object({
  kind: z.literal('drift'),
  rows: z.object({ reference: z.number().int(), current: z.number().int() }),
  features: z.array(
    z.object({
      feature: z.string(),
      psi: z.number(),
      /** Above it, chance alone does not explain as much for samples of this size. */
      psiCritical: z.number(),
      ks: z.number(),
      probability: z.number(),
      jensenShannon: z.number(),
      missing: z.object({ reference: z.number().int(), current: z.number().int() }),
      drifted: z.boolean(),
    }),
  ),
  unmatched: z.object({ reference: z.array(z.string()), current: z.array(z.string()) }),
  skipped: z.array(z.object({ feature: z.string(), why: z.string() })),
  digest: z.string(),
});
export type DriftView = z.infer<typeof driftAnswer>;
