import { registerHooks } from 'node:module';

/**
 * Loaded with `--import` before the built main process: `electron` then means the stand-in, whose
 * browser is the Chromium that the test has started.
 */
const standIn = new URL('./index.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
// What Electron sets when it is started with the folder of an app rather than as a packaged one.
Object.assign(process, { defaultApp: true });
