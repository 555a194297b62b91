import { join } from 'node:path';
import { readStartArguments } from './hosts/index.ts';
import { runLoopback } from './hosts/loopback/index.ts';
import { createService } from './service.ts';

try {
  await runLoopback({
    ...readStartArguments(process.argv.slice(2)),
    windowFiles: join(import.meta.dirname, '../renderer'),
    createService,
    say: (line) => console.log(line),
  });
  // Whatever is still open was closed as far as it matters; nothing may keep the terminal waiting.
  process.exit(0);
} catch (error) {
  const { name, message } = error as Error;
  console.error(message);
  process.exit(name === 'UsageError' ? 2 : 1);
}
