import { checkKinds } from '../../electron/checks/index.ts';
import { packSchemas } from '../../electron/pack/index.ts';
import { stepKinds } from '../../electron/runbook/index.ts';
import { packPage } from './pack-page.ts';

/** Everything that is made from the schemas of a pack's files, by path in the repository. */
export function packReferenceFiles(): Record<string, string> {
  const schemas = packSchemas({ checkKinds, stepKinds });
  return {
    'resources/schemas/launch.schema.json': json(schemas.launch),
    'resources/schemas/runbook.schema.json': json(schemas.runbook),
    'docs/pack.md': packPage(schemas, { checkKinds, stepKinds }),
  };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
