import { oc } from '@orpc/contract';
import { z } from 'zod';

export const theme = z.enum(['dark', 'light', 'contrast', 'system']);
export type Theme = z.infer<typeof theme>;

export const settings = z.object({
  /** How entries name the person. */
  name: z.string(),
  theme,
});
export type Settings = z.infer<typeof settings>;

/** What the host under the service can do, and why not where it cannot. */
export const ability = z.object({ can: z.boolean(), why: z.string() });

export const about = z.object({
  holdpoint: z.string(),
  host: z.enum(['electron', 'loopback', 'headless']),
  dataFolder: z.string(),
  node: z.string(),
  sqlite: z.string(),
  ssh: z.string(),
  secrets: ability,
  keepAwake: ability,
  notifications: ability,
  pickPath: ability,
});
export type About = z.infer<typeof about>;

export const settingsContract = {
  get: oc.output(settings),
  set: oc.input(settings.partial()).output(settings),
  about: oc.output(about),
  secrets: oc.output(z.array(z.object({ name: z.string(), kept: z.boolean() }))),
  forgetSecret: oc.input(z.object({ name: z.string() })).output(z.null()),
};
