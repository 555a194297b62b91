import { oc } from '@orpc/contract';
import { z } from 'zod';

export const pathKind = z.enum(['folder', 'file', 'new-file']);
export type PathKind = z.infer<typeof pathKind>;

/** What a path that is being typed can go on to. */
export const completion = z.object({
  /** Folders first. `path` is written as the person writes it; a folder's ends with a slash. */
  paths: z.array(z.object({ path: z.string(), name: z.string(), kind: z.enum(['folder', 'file']) })),
  /** How many more there are than these. */
  more: z.number().int(),
  /** Why nothing can be said of this path, in a sentence; empty where something can. */
  problem: z.string(),
});
export type Completion = z.infer<typeof completion>;

/** Of files, those with one of these endings, without their dot; with none, files of every kind. */
const extensions = z.array(z.string());

export const pathsContract = {
  /** The system's dialog, where the host has one; null when it was cancelled. `at`: where it begins. */
  pick: oc.input(z.object({ kind: pathKind, extensions, at: z.string() })).output(z.string().nullable()),
  /** Folders, and with endings the files that fit, on this machine. */
  complete: oc.input(z.object({ typed: z.string(), files: extensions.nullable() })).output(completion),
};
