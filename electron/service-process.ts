import { type ParentPort, serveUtilityProcess } from './hosts/utility/index.ts';
import { createService } from './service.ts';

/** Electron gives a utility process this port; its types are known to the main process alone. */
const { parentPort } = process as unknown as { parentPort: ParentPort };
const dataFolder = process.argv[2];
if (!dataFolder) throw new Error('The service process takes the data folder as its argument.');
await serveUtilityProcess(parentPort, (host) => createService({ dataFolder, host }));
