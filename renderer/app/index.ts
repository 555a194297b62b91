/**
 * What every screen stands on: the connection to the service and its cache, the registry of commands with shortcuts
 * and palette, the frame around the screens, the open launch, notices, and the theme.
 */
export { AuditDialog } from './audit/audit-dialog.tsx';
export { applyItems } from './changes.ts';
export * from './commands/index.ts';
export { useComputeJobs } from './compute.ts';
export { connect } from './connection.ts';
export { sentenceOf } from './errors.ts';
export { useFrame } from './frame/actions.tsx';
export { launchCommands, windowCommands } from './frame/commands.ts';
export { Frame } from './frame/frame.tsx';
export * from './intervals.ts';
export * from './item-words.ts';
export { useCurrentLaunch, useLaunch } from './launch.ts';
export { placeOf } from './links.ts';
export { NoticeProvider, useNotify } from './notices.tsx';
export { PathField } from './paths/path-field.tsx';
export { ProblemList } from './problem-list.tsx';
export { saveFile, saveText } from './save-text.ts';
export { type Connection, useService } from './service.ts';
export { ServiceProvider } from './service-provider.tsx';
export * from './signing/index.ts';
export { showLastTheme } from './theme.ts';
export { type Action, useAction } from './use-action.ts';
