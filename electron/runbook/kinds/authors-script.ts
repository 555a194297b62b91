import { environmentName, type Text } from '../text.ts';
import type { CompileContext, Script } from './kind.ts';

/** The author's own script with every value and secret in its environment; its text is never touched. */
export function authorsScript(
  text: string,
  shell: string,
  { values, needs, uploads }: CompileContext,
): Script {
  const env: Record<string, Text> = {};
  for (const [name, value] of Object.entries(values.known)) env[environmentName(name)] = [value];
  for (const [name, file] of Object.entries(needs)) {
    env[environmentName(name)] = [uploads[name] ?? file.path];
    env[`${environmentName(name)}_SHA256`] = [file.sha256];
  }
  for (const name of values.secrets) env[environmentName(name)] = [{ secret: name }];
  return { text, shell, env };
}
