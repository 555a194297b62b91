/** The desktop app: Electron's main process. The service runs in a process of its own, over `bridge/`. */
export { type AppFiles, runApp } from './app.ts';
