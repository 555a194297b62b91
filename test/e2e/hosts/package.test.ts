import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../scripts/support/root.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** electron-builder, and the packages that it alone depends on, as it finds them itself. */
const require = createRequire(import.meta.url);
const requireOfBuilder = createRequire(require.resolve('electron-builder'));
const requireOfPacker = createRequire(requireOfBuilder.resolve('app-builder-lib'));
const configuration = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));

interface Validator {
  validateConfiguration(configuration: unknown, logger: { isEnabled: boolean; add(): void }): Promise<void>;
}
const { validateConfiguration } = requireOfBuilder('app-builder-lib/out/util/config/config') as Validator;
const validate = (value: unknown) => validateConfiguration(value, { isEnabled: false, add() {} });

it('electron-builder knows every key of its configuration', async () => {
  await expect(validate(configuration)).resolves.toBeUndefined();
  await expect(validate({ ...configuration, electronFuse: {} })).rejects.toThrow('unknown property');
});

it('the fuses of a release are the safe ones', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
});

it('three systems are packaged, each with the native module of its own processor alone', () => {
  const targets = (system: string) =>
    configuration[system].target.map(({ target, arch }: { target: string; arch: string[] }) => [
      target,
      arch,
    ]);
  expect(targets('linux')).toEqual([
    ['AppImage', ['x64', 'arm64']],
    ['deb', ['x64', 'arm64']],
  ]);
  expect(targets('mac')).toEqual([['dmg', ['arm64', 'x64']]]);
  expect(targets('win')).toEqual([['nsis', ['x64', 'arm64']]]);
  const prebuilds = { linux: 'linux', mac: 'darwin', win: 'win32' };
  for (const [system, name] of Object.entries(prebuilds)) {
    expect(configuration[system].files).toContain(
      `!**/node_modules/better-sqlite3/prebuilds/!(${name}-\${arch}).node`,
    );
  }
});

/** A folder that looks to electron-builder like an unpacked Electron, whose runtime is not to be had here. */
function emptyElectron(): string {
  const folder = temporaryFolder();
  for (const inner of ['resources', 'locales']) mkdirSync(join(folder, inner));
  for (const file of [
    'electron',
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'locales/en-US.pak',
  ]) {
    writeFileSync(join(folder, file), '');
  }
  chmodSync(join(folder, 'electron'), 0o755);
  return folder;
}

it('a package for Linux holds the built app, its native modules and its resources, and nothing else', async () => {
  const output = temporaryFolder();
  const { build, Platform, Arch } = require('electron-builder');
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    // The fuses are flipped in Electron's program, which is empty here.
    config: { electronDist: emptyElectron(), electronFuses: null, directories: { output } },
    publish: 'never',
  });
  const resources = join(output, 'linux-unpacked', 'resources');
  const { listPackage } = requireOfPacker('@electron/asar');
  const files: string[] = listPackage(join(resources, 'app.asar'), { isPack: false });
  const inside = new Set(files.map((file) => file.split('/').slice(1, 3).join('/')));
  expect([...inside].filter((name) => name.includes('/') || name.includes('.')).sort()).toEqual([
    'dist/electron',
    'dist/preload',
    'dist/renderer',
    'node_modules/@duckdb',
    'node_modules/better-sqlite3',
    'node_modules/detect-libc',
    'node_modules/onnxruntime-common',
    'node_modules/onnxruntime-node',
    'node_modules/systeminformation',
    'package.json',
  ]);
  for (const file of ['/dist/electron/main.js', '/dist/preload/preload.cjs', '/dist/renderer/index.html']) {
    expect(files).toContain(file);
  }
  expect(files.filter((file) => /\.(node|c|cpp|h|md|ts|map)$/.test(file))).toEqual([
    '/node_modules/@duckdb/node-bindings-linux-x64/duckdb.node',
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    '/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
  ]);
  // A native module must be a real file, and so must the library it brings.
  for (const native of [
    'better-sqlite3/prebuilds/linux-x64.node',
    '@duckdb/node-bindings-linux-x64/libduckdb.so',
    'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
  ]) {
    expect(existsSync(join(resources, 'app.asar.unpacked/node_modules', native)), native).toBe(true);
  }
  for (const folder of ['packs', 'schemas', 'sandbox']) {
    expect(existsSync(join(resources, folder)), folder).toBe(existsSync(join(root, 'resources', folder)));
  }
});
