import { z } from 'zod';
import { instant } from '../common.ts';
import { histogram, ranked } from './figures.ts';

/** What a model is run on. */
export const provider = z.object({
  /** As it is asked for: `cpu`, `webgpu`. */
  name: z.string(),
  title: z.string(),
  can: z.boolean(),
  /** Why not, where it cannot. */
  why: z.string(),
});
export type ProviderView = z.infer<typeof provider>;

const tensor = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.array(z.union([z.number(), z.string()])),
});

/** A model that was seen, known by its bytes. */
export const model = z.object({
  sha256: z.string(),
  /** Where it was seen last. */
  path: z.string(),
  name: z.string(),
  /** From its metadata or the bundle it came in; empty where neither says. */
  version: z.string(),
  bytes: z.number().int(),
  producer: z.string(),
  opset: z.number().int(),
  inputs: z.array(tensor),
  outputs: z.array(tensor),
  metadata: z.array(z.object({ key: z.string(), value: z.string() })),
  firstSeen: instant,
  lastSeen: instant,
  role: z.enum(['champion', 'challenger']).nullable(),
  /** SHA-256 of the model it came after; null where nobody said. */
  after: z.string().nullable(),
  deployed: z.array(z.object({ target: z.string(), version: z.string(), at: instant })),
});
export type ModelView = z.infer<typeof model>;

const latency = z.object({
  samples: z.number().int(),
  meanMs: z.number(),
  /** Null where there are too few samples to tell. */
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  codesPerSecond: z.number(),
  /** Null where there were too few runs to say. */
  steady: z.boolean().nullable(),
  /** In milliseconds. */
  histogram: histogram.nullable(),
});

export const inferAnswer = z.object({
  kind: z.literal('infer'),
  model: z.object({ name: z.string(), sha256: z.string() }),
  provider: z.string(),
  /** How many nodes ran where. */
  nodes: z.array(z.object({ provider: z.string(), nodes: z.number().int() })),
  runtime: z.string(),
  window: z.object({
    lookback: z.number().int(),
    features: z.number().int(),
    /** Where their names and order come from. */
    featuresFrom: z.enum(['list', 'model', 'data']),
    bytes: z.number().int(),
  }),
  /** The output that is ranked. */
  ranked: z.string(),
  dates: z.array(
    z.object({
      date: z.string(),
      codes: z.number().int(),
      /** Left out: with too few rows, with missing values. */
      short: z.number().int(),
      missing: z.number().int(),
      first: z.array(ranked),
      distribution: histogram,
    }),
  ),
  golden: z.object({ verdict: z.string(), ok: z.boolean(), sentence: z.string() }).nullable(),
  bench: z
    .object({
      batch: z.number().int(),
      cold: z.object({ createMs: z.number(), firstRunMs: z.number() }),
      warm: latency,
      memoryBytes: z.number().int(),
      concurrency: z.array(
        z.object({ runs: z.number().int(), codesPerSecond: z.number(), p50: z.number().nullable() }),
      ),
    })
    .nullable(),
  /** Where a column of labels was named. */
  labels: z
    .object({
      /** The column. */
      name: z.string(),
      precision: z.array(
        z.object({ date: z.string(), k: z.number().int(), precision: z.number(), base: z.number() }),
      ),
      calibration: z
        .object({
          ece: z.number(),
          bins: z.array(
            z.object({
              predicted: z.number(),
              observed: z.number(),
              low: z.number(),
              high: z.number(),
              count: z.number().int(),
            }),
          ),
        })
        .nullable(),
    })
    .nullable(),
  digest: z.string(),
});
export type InferView = z.infer<typeof inferAnswer>;

export const shadowAnswer = z.object({
  kind: z.literal('shadow'),
  champion: z.object({ name: z.string(), sha256: z.string() }),
  challenger: z.object({ name: z.string(), sha256: z.string() }),
  top: z.number().int(),
  days: z.array(
    z.object({
      date: z.string(),
      codes: z.number().int(),
      /** Null for fewer than two codes. */
      rankCorrelation: z.number().nullable(),
      /** Of the first `top` codes of one, the share that the other has among its own. */
      overlap: z.number(),
    }),
  ),
  distributions: z.object({ champion: histogram, challenger: histogram }),
  /** The codes that they see most differently, farthest first. */
  disagreements: z.array(
    z.object({
      code: z.string(),
      /** On which both scored it. */
      days: z.number().int(),
      /** How far its places lie apart, as a share of the codes of the date: mean, and mean with its sign. */
      move: z.number(),
      /** Above 0 the challenger ranks it higher. */
      shift: z.number(),
      /** Days on which only one of them has it among its first. */
      onlyChampion: z.number().int(),
      onlyChallenger: z.number().int(),
    }),
  ),
  sentence: z.string(),
  digest: z.string(),
});
export type ShadowView = z.infer<typeof shadowAnswer>;
