import { z } from 'zod';
import { model } from '../../../shared/contract/compute/models.ts';
import { entryKind, type Teller, teller } from '../../journal/index.ts';

/** A model ran, or came in a bundle: what its file says of itself. */
export const modelSeen = entryKind(
  'model.seen',
  model
    .pick({
      ...{ sha256: true, path: true, name: true, version: true, bytes: true, producer: true, opset: true },
      ...{ inputs: true, outputs: true, metadata: true, after: true },
    })
    .extend({ launch: z.string().nullable() }),
);

/** What a person says a model is to the others of its system. */
export const modelRoleSet = entryKind(
  'model.role-set',
  z.object({
    launch: z.string().nullable(),
    system: z.string(),
    sha256: z.string(),
    name: z.string(),
    role: z.enum(['champion', 'challenger']).nullable(),
  }),
);

export const modelTellers: readonly Teller[] = [
  teller(modelSeen, ({ name, version, sha256 }) => ({
    text: `Ran ${name}${version && ` ${version}`} (${sha256.slice(0, 12)})`,
  })),
  teller(modelRoleSet, ({ name, sha256, role }) => ({
    text:
      role === null
        ? `Took its role from ${name} (${sha256.slice(0, 12)})`
        : `Called ${name} (${sha256.slice(0, 12)}) the ${role}`,
  })),
];
