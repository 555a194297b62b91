export { type Binding, type BoundCommand, defineCommands } from './command.ts';
export { CommandButton, CommandProvider, useCommands, useRegistry } from './context.tsx';
export { CommandRegistry } from './registry.ts';
