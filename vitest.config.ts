import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What each folder of tests may take: unit tests are pure, integration tests start real programs, e2e a browser. */
const timeoutMs = { unit: 20_000, integration: 120_000, e2e: 180_000 };

export default defineConfig({
  resolve: {
    // The package downloads Electron's runtime when it is imported; no test may.
    alias: { electron: fileURLToPath(new URL('./test/support/no-electron.ts', import.meta.url)) },
  },
  test: {
    pool: 'forks',
    // Two cores: more workers only make every test that waits for a real program slower.
    maxWorkers: 2,
    projects: (['unit', 'integration', 'e2e'] as const).map((name) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,tsx}`],
        testTimeout: timeoutMs[name],
        hookTimeout: timeoutMs[name],
        globalSetup: name === 'e2e' ? ['test/support/e2e-setup.ts'] : [],
      },
    })),
  },
});
