import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { stopSandboxOf } from '../../support/sandbox.ts';

const worked = join(import.meta.dirname, '../../../resources/packs/apex-ranker');
const canary = 'holdpoint:canary-4f1c77d09b21aa';

/** A worked pack whose first script says its secret in every way a careless one would. */
function leakingPack(): string {
  const pack = join(temporaryFolder(), 'launch');
  cpSync(worked, pack, { recursive: true });
  const file = join(pack, 'runbooks/deploy.yaml');
  const leak = [
    '  - run: Say it all',
    '    script: |',
    '      echo "the key is $APEX_API_KEYS."',
    '      echo "the key is $APEX_API_KEYS." >&2',
    '      env | grep APEX_API_KEYS',
    '      set -x; : "$APEX_API_KEYS"; set +x',
    '    timeout: 10 s',
    '    undo: { none: It only prints. }',
    '',
    '',
  ].join('\n');
  writeFileSync(file, readFileSync(file, 'utf8').replace('  - upload:', `${leak}  - upload:`));
  return pack;
}

/** Every file of a data folder but the sandbox's, which stands for hosts of others. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('sandbox') && statSync(join(folder, path)).isFile())
    .map((path) => join(folder, path));
}

it('a secret that a script prints and a service is given is in no file of ours and in nothing that is said', async () => {
  const data = temporaryFolder();
  onTestFinished(() => stopSandboxOf(data));
  const args = [
    'run',
    leakingPack(),
    'deploy',
    '--target',
    'staging',
    '--rehearsal',
    '--data',
    data,
    '--json',
  ];
  const { code, stdout, stderr } = await runCommand(args, { HOLDPOINT_SECRET_APEX_API_KEYS: canary });
  expect(code, stderr).toBe(0);
  expect(`${stdout}${stderr}`).not.toContain('canary-');

  const files = filesOf(data);
  const texts = files.map((path) => [path, readFileSync(path, 'latin1')] as const);
  expect(texts.filter(([, text]) => text.includes('canary-')).map(([path]) => path)).toEqual([]);
  // It was really printed, and asterisks stand where the value was.
  expect(texts.some(([, text]) => /the key is \*+\./.test(text))).toBe(true);
  expect(files.some((path) => path.endsWith('.db'))).toBe(true);
});
