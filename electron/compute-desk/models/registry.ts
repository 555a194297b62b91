import type { ModelView } from '../../../shared/contract/compute/index.ts';
import type { ModelAnswer } from '../../compute/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { BundledModel } from './bundled.ts';
import { modelRoleSet, modelSeen } from './entries.ts';

/** What a model's file says of it. */
export type ModelFactsSeen = Pick<
  ModelView,
  | 'sha256'
  | 'path'
  | 'name'
  | 'version'
  | 'bytes'
  | 'producer'
  | 'opset'
  | 'inputs'
  | 'outputs'
  | 'metadata'
  | 'after'
>;

/** A release that is in place at a target: its version, and when it went there. */
export interface Deployment {
  target: string;
  version: string;
  at: string;
}

/** Models that were seen, known by their bytes. */
export interface Registry {
  saw(author: string, launch: string | null, facts: ModelFactsSeen): void;
  /** Last seen first; with roles in a system, and where releases are in place that they are known to be part of. */
  list(system: string, deployments: readonly Deployment[], bundled: readonly BundledModel[]): ModelView[];
  /** @throws Error where no such model was seen */
  setRole(
    author: string,
    launch: string | null,
    system: string,
    sha256: string,
    role: ModelView['role'],
  ): void;
}

export function createRegistry(journal: Journal): Registry {
  const rows = () =>
    journal.prepare('SELECT * FROM model ORDER BY last_seen DESC, sha256').all() as {
      sha256: string;
      facts: string;
      first_seen: string;
      last_seen: string;
    }[];
  return {
    saw: (author, launch, facts) => void journal.append(author, modelSeen.draft({ launch, ...facts })),
    list(system, deployments, bundled) {
      const role = journal.prepare('SELECT role FROM model_role WHERE system = ? AND sha256 = ?').pluck();
      const ran = rows().map(({ facts, first_seen, last_seen }) => ({
        ...(JSON.parse(facts) as ModelFactsSeen),
        ...{ firstSeen: first_seen, lastSeen: last_seen },
      }));
      const known = new Set(ran.map(({ sha256 }) => sha256));
      const packed = bundled
        .filter(({ sha256 }) => !known.has(sha256))
        .map(({ at, ...model }) => ({
          ...{ ...model, inputs: [], outputs: [], after: null },
          ...{ firstSeen: at, lastSeen: at },
        }));
      return [...ran, ...packed].map((model) => {
        const releases = bundled
          .filter(({ sha256 }) => sha256 === model.sha256)
          .map(({ version }) => version);
        // A release is known by its version alone: a model that has none is nowhere known to be.
        const versions = [model.version, ...releases].filter((version) => version !== '');
        return {
          ...model,
          version: versions[0] ?? '',
          role: (role.get(system, model.sha256) as ModelView['role'] | undefined) ?? null,
          deployed: deployments.filter(({ version }) => versions.includes(version)),
        };
      });
    },
    setRole(author, launch, system, sha256, role) {
      const row = rows().find((one) => one.sha256 === sha256);
      if (!row) throw new Error(`No model with SHA-256 ${sha256} was seen here. Run it once first.`);
      const { name } = JSON.parse(row.facts) as ModelFactsSeen;
      journal.append(author, modelRoleSet.draft({ launch, system, sha256, name, role }));
    },
  };
}

/** Longer ones are for programs; the file has them. */
const longestValue = 2_000;

/** Pure: what an answer says of the model that gave it. */
export function factsOf(path: string, model: ModelAnswer): ModelFactsSeen {
  const { name, sha256, bytes, producer, opsets, metadata, modelVersion, inputs, outputs } = model;
  const { version, model_version, parent_sha256 } = metadata;
  const parent = parent_sha256?.toLowerCase();
  return {
    ...{ sha256, path, name, bytes, inputs, outputs },
    version: version ?? model_version ?? (modelVersion > 0 ? String(modelVersion) : ''),
    producer: `${producer.name} ${producer.version}`.trim(),
    opset: opsets['ai.onnx'] ?? 0,
    metadata: Object.entries(metadata).map(([key, value]) => ({ key, value: value.slice(0, longestValue) })),
    after: parent !== undefined && /^[0-9a-f]{64}$/.test(parent) ? parent : null,
  };
}
