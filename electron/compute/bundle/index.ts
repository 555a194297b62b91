/**
 * Release bundles: `packBundle` makes a tar archive of a model and what belongs to it, the same bytes from the same
 * content; `openBundle` reads one, or another tool's manifest, and the checks hold what it says against what is there.
 */
export {
  type BundleCheck,
  checkData,
  checkFeatures,
  checkFigures,
  checkFiles,
  checkModel,
  checkSpan,
} from './checks.ts';
export { BundleError, type BundleErrorCode } from './errors.ts';
export type { FileRole, Manifest } from './manifest.ts';
export { type OpenBundle, type OpenForeign, openBundle, peekManifest } from './open.ts';
export { type PackRequest, packBundle } from './pack.ts';
