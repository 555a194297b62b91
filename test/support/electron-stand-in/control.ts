/** Runs in this process what the test sends, as `evaluate` of Playwright's Electron does in a real main process. */
export function answerTheTest(electron: () => Promise<unknown>): void {
  // The app does not outlive the test that started it.
  process.on('disconnect', () => process.exit(1));
  process.on('message', async ({ id, source, arg }: { id: number; source: string; arg: unknown }) => {
    try {
      const run = new Function('electron', 'arg', `return (${source})(electron, arg)`);
      process.send?.({ id, value: await run(await electron(), arg) });
    } catch (error) {
      process.send?.({ id, error: String(error) });
    }
  });
}
