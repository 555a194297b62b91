/**
 * What depends on where Holdpoint runs, as an interface, and what every place has in common. The entries choose the
 * implementation: `localHost` here, or the whole of `loopback/` or `electron/`.
 */
export { readStartArguments, type StartArguments, UsageError } from './arguments.ts';
export { defaultDataFolder } from './data-folder.ts';
export type {
  Ability,
  ForkedProcess,
  ForkProgram,
  Host,
  KeepAwake,
  Notifications,
  PathPicker,
  PathWish,
  PdfPrinter,
  SecretStore,
} from './host.ts';
export { findInstallation, type Installation } from './installation.ts';
export { localHost } from './local-host.ts';
export { findProgram, isExecutable } from './programs.ts';
export type { ServedService } from './rpc.ts';
export type { UnderWay } from './under-way.ts';
