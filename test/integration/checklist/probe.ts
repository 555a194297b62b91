import { loadDocument } from '../../../electron/checklist/file/load.ts';
import { readSource } from '../../../electron/checklist/file/source.ts';

/** Reads the checklist named on the command line as the service does and says how many items it has. */
const [path = '', cacheFolder = ''] = process.argv.slice(2);
const document = await loadDocument(await readSource(path), cacheFolder);
console.log(JSON.stringify({ items: document.items.length, title: document.title }));
