import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The entries that exist: each is a program of its own. */
const entries = (...names: string[]) =>
  Object.fromEntries(
    names.map((name) => [name, at(`./electron/${name}.ts`)] as const).filter(([, file]) => existsSync(file)),
  );

/** Modules with native parts, and Electron itself, stay imports: a bundler cannot carry them. */
const external = ['electron', 'better-sqlite3', 'systeminformation', '@duckdb/node-api', 'onnxruntime-node'];

export default defineConfig({
  root: at('./renderer'),
  base: '/',
  plugins: [react()],
  build: { target: 'chrome130', emptyOutDir: true },
  builder: {},
  environments: {
    client: {
      build: { outDir: at('./dist/renderer'), assetsInlineLimit: 0 },
    },
    node: {
      consumer: 'server',
      resolve: { noExternal: true, external },
      build: {
        outDir: at('./dist/electron'),
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: {
            ...entries('main', 'service-process', 'compute-process', 'loopback', 'cli'),
            // Threads of their own: found by name beside the entries, so they must be among them.
            'checklist-worker': at('./electron/checklist/file/parse-worker.ts'),
            'sweep-worker': at('./electron/compute/sweep/worker.ts'),
            'inference-worker': at('./electron/compute/inference/bench/worker.ts'),
            'sweep-task': at('./electron/compute/sweep/task/main.ts'),
          },
          external,
          output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: at('./dist/preload'),
        target: 'node24',
        rolldownOptions: {
          input: entries('preload'),
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
});
