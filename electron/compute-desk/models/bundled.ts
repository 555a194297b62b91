import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ModelView } from '../../../shared/contract/compute/index.ts';
import { peekManifest } from '../../compute/index.ts';

/** A model as the manifest of a bundle names it. Whether the bundle keeps its word, `bundle verify` finds out. */
export type BundledModel = Pick<
  ModelView,
  'sha256' | 'path' | 'name' | 'bytes' | 'producer' | 'opset' | 'metadata'
> & {
  /** Of the release. */
  version: string;
  /** When the bundle was written. */
  at: string;
};

/** The models of bundles, by the beginning of each. What cannot be read names none. */
export async function bundledModels(bundles: readonly string[]): Promise<BundledModel[]> {
  const found = await Promise.all(
    bundles.map(async (path): Promise<BundledModel[]> => {
      const manifest = await peekManifest(path).catch(() => null);
      if (!manifest) return [];
      const { producer, opsets, metadata } = manifest.model;
      const at = statSync(path, { throwIfNoEntry: false })?.mtime ?? new Date(0);
      return manifest.files
        .filter(({ role }) => role === 'model')
        .map(({ path: inside, sha256, bytes }) => ({
          ...{ sha256, path, bytes, name: basename(inside), version: manifest.version },
          producer: `${producer.name} ${producer.version}`.trim(),
          opset: opsets['ai.onnx'] ?? 0,
          metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
          at: at.toISOString(),
        }));
    }),
  );
  return found.flat();
}
