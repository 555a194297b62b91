import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { AnswerValue } from '../../shared/contract/common.ts';
import type { Client } from '../../shared/contract/index.ts';
import type { SigningPrompt, SignoffsView } from '../../shared/contract/signoff.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { table } from './text.ts';

export interface SignBy {
  role: string;
  as: string;
  keyFile: string;
}

export type AnswerPrompt = (prompt: SigningPrompt) => Promise<string | null>;

/** Signs an answer, or takes the role's back where there is none. @throws InputError when nothing was signed */
export function signAnswer(
  client: Client,
  by: SignBy,
  answer: { value: AnswerValue; condition: string } | null,
  ask: AnswerPrompt,
): Promise<SignoffsView> {
  return signing(client, ask, () =>
    answer ? client.signoff.sign({ ...by, ...answer }) : client.signoff.withdraw(by),
  );
}

/** Signs, and answers what the program that signs asks meanwhile. @throws InputError when nothing was signed */
export async function signing<Signed>(
  client: Client,
  ask: AnswerPrompt,
  sign: () => Promise<Signed>,
): Promise<Signed> {
  const ended = new AbortController();
  const prompts = await client.signoff.watchPrompts(undefined, { signal: ended.signal });
  const answering = answerPrompts(client, prompts, ask);
  try {
    return await sign();
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  } finally {
    ended.abort();
    await answering;
  }
}

async function answerPrompts(
  client: Client,
  prompts: AsyncIterable<SigningPrompt>,
  ask: AnswerPrompt,
): Promise<void> {
  for await (const prompt of prompts) {
    if (!prompt.open) continue;
    const answer = await ask(prompt);
    if (prompt.kind !== 'notice') await client.signoff.answerPrompt({ id: prompt.id, answer });
  }
}

/** Asks on the terminal without showing a secret. Without a terminal the answer is no. */
export async function answerOnTerminal({ kind, text }: SigningPrompt): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  process.stderr.write(kind === 'confirm' ? `${text} (yes/no) ` : `${text}${kind === 'notice' ? '\n' : ' '}`);
  if (kind === 'notice') return null;
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const given = await reader.question('');
    return kind === 'secret' || given.trim() === 'yes' ? given : null;
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}

export function signText({ standings, refused, problems, forks }: SignoffsView): string {
  return [
    table(standings.map(({ title, verdict, lacks }) => [title, verdict, lacks])),
    ...standings.flatMap(({ answers }) =>
      answers.flatMap(({ author, differences }) =>
        differences.map(({ text }) => `  since ${author} answered: ${text}`),
      ),
    ),
    ...refused.map(({ name, message }) => `does not count: ${name.slice(0, 12)} ${message}`),
    ...forks.map(({ author, seq }) => `two histories: ${author} signed entry ${seq} twice`),
    ...problems.map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`),
  ].join('\n');
}

/** No while a role does not say go. */
export function standingsExit({ standings }: SignoffsView): ExitCode {
  return standings.every(({ lacks }) => lacks === '') ? exitCodes.asked : exitCodes.no;
}
