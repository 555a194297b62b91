import { defineConfig } from 'vitest/config';

/** What each folder of tests may take: unit tests are pure, integration tests start real programs, e2e a browser. */
const timeoutMs = { unit: 20_000, integration: 120_000, e2e: 180_000 };

export default defineConfig({
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
      },
    })),
  },
});
