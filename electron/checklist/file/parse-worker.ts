import { parentPort, workerData } from 'node:worker_threads';
import { parseDocument } from '../document/parse.ts';
import { encodeDocument } from './encode.ts';

/** The thread that reads documents: it is given a text and posts the document's lines, one message each. */
const { text } = workerData as { text: string };
for (const line of encodeDocument(parseDocument(text))) parentPort?.postMessage(line);
