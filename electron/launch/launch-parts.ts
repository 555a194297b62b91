import type { Mode } from '../../shared/contract/common.ts';
import type { Laptop } from '../hardware/index.ts';
import type { Host } from '../hosts/index.ts';
import type { Blobs, Journal } from '../journal/index.ts';
import type { Overlay } from '../sandbox/index.ts';
import type { Changes } from './changes.ts';
import type { ReviewCopy } from './copy/read.ts';
import type { Secrets } from './secrets.ts';
import type { SurroundingsOptions } from './surroundings.ts';

/** What a launch is built from, and what outlives it. */
export interface LaunchParts {
  journal: Journal;
  blobs: Blobs;
  dataFolder: string;
  host: Host;
  laptop: Laptop;
  secrets: Secrets;
  changes: Changes;
  measureReturns: SurroundingsOptions['measureReturns'];
  author(): string;
  now(): Date;
}

export interface LaunchSource {
  folder: string;
  mode: Mode;
  /** What the sandbox puts in the place of the pack's hosts, values, files and secrets; null in a live launch. */
  overlay: Overlay | null;
  /** Set where the folder is somebody's pack that came in a review file. */
  copy: ReviewCopy | null;
}
