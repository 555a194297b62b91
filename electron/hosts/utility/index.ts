/** The service's end of the bridge: runs it in a utility process, on the host of the main process. */
export { type ParentPort, type ServedPort, serveUtilityProcess } from './serve.ts';
