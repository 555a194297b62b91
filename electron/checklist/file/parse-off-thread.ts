import { Worker } from 'node:worker_threads';
import { ChecklistError } from '../errors.ts';

/** The longest checklist takes some seconds; what takes this long repeats itself in a way that will hardly end. */
const limitMs = 60_000;

/**
 * Parses a text in a thread of its own and gives the document's lines (see `encodeDocument`).
 * @throws ChecklistError `too-complex` when it takes too long or too much memory
 */
export function parseOffThread(path: string, text: string, withinMs = limitMs): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(import.meta.url), {
      workerData: { text },
      resourceLimits: { maxOldGenerationSizeMb: 1024, stackSizeMb: 8 },
    });
    const lines: string[] = [];
    const fail = (why: string, cause?: unknown) => {
      reject(new ChecklistError('too-complex', `${path} cannot be read as a checklist: ${why}`, { cause }));
      void worker.terminate();
    };
    const timer = setTimeout(
      () =>
        fail(
          `it was not read within ${withinMs / 1000} s. Look for brackets or quotes that repeat without end.`,
        ),
      withinMs,
    );
    worker.on('message', (line: string) => lines.push(line));
    worker.on('error', (error) => fail(`it is nested too deeply (${error.message}).`, error));
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(lines);
    });
  });
}

/** The worker is a source file beside this one, or an entry of its own where a bundler has put all files together. */
function workerUrl(here: string): URL {
  if (here.endsWith('.ts')) return new URL('./parse-worker.ts', here);
  return new URL(/\/chunks\/[^/]*$/.test(here) ? '../checklist-worker.js' : './checklist-worker.js', here);
}
