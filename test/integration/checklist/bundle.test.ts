import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createBuilder } from 'vite';
import { describe, expect, it } from 'vitest';
import config from '../../../vite.config.ts';
import { temporaryFolder } from '../../support/folder.ts';

const run = promisify(execFile);
const checklist = resolve('test/fixtures/checklist/launch.md');
const expected = { items: 35, title: 'Forecaster: going live' };

describe('the thread that reads documents', () => {
  it('starts from the sources', async () => {
    const { stdout } = await run('node', [
      'test/integration/checklist/probe.ts',
      checklist,
      temporaryFolder(),
    ]);
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it.each(['entry', 'chunk'])('starts from the built app, from code in its %s', async (from) => {
    const outDir = temporaryFolder();
    const probe = resolve('test/integration/checklist/probe.ts');
    const node = config.environments?.node;
    const input = node?.build?.rolldownOptions?.input;
    const worker = typeof input === 'object' && !Array.isArray(input) ? input['checklist-worker'] : undefined;
    expect(worker).toBeDefined();
    const builder = await createBuilder({
      configFile: false,
      logLevel: 'error',
      root: config.root,
      builder: {},
      environments: {
        node: {
          ...node,
          build: {
            ...node?.build,
            outDir,
            emptyOutDir: true,
            rolldownOptions: {
              ...node?.build?.rolldownOptions,
              // Two entries with the same code have it put into a chunk.
              input: {
                probe,
                ...(from === 'chunk' ? { again: `${probe}?again` } : {}),
                'checklist-worker': worker ?? '',
              },
            },
          },
        },
      },
    });
    const environment = builder.environments.node;
    if (!environment) throw new Error('there is no environment for Node');
    await builder.build(environment);
    const { stdout } = await run('node', [join(outDir, 'probe.js'), checklist, temporaryFolder()]);
    expect(JSON.parse(stdout)).toEqual(expected);
  });
});
