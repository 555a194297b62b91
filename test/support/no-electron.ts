throw new Error(
  'A test imports a file that imports Electron. Test the built main process with test/support/app.ts instead.',
);
