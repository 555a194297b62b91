import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { mode } from '../../../shared/contract/common.ts';

/** What a later start asks of the Holdpoint that already runs on its data folder. */
const ask = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show'), pack: z.string().nullable(), mode }),
  z.object({ do: z.literal('reload') }),
]);
export type Ask = z.infer<typeof ask>;

/** `link` opens one more window; `problems` are those of the pack that was to be opened. */
const answer = z.object({ link: z.string(), problems: z.array(z.string()) });
export type Answer = z.infer<typeof answer>;

const instance = z.object({ pid: z.number().int(), port: z.number().int(), secret: z.string() });
type Instance = z.infer<typeof instance>;

export const controlPath = '/control';
const nonceHeader = 'x-holdpoint-nonce';
const proofHeader = 'x-holdpoint-proof';
const longestBody = 16_384;

/** Reading a large pack takes its time. */
const patienceMs = 30_000;
const fileIn = (dataFolder: string) => join(dataFolder, 'loopback.json');

/** Leaves word in the data folder, readable by this user alone, where this instance can be asked. */
export function announce(dataFolder: string, port: number): Instance {
  const running = { pid: process.pid, port, secret: randomBytes(32).toString('base64url') };
  const path = fileIn(dataFolder);
  writeFileSync(path, JSON.stringify(running), { mode: 0o600 });
  chmodSync(path, 0o600);
  return running;
}

export function unannounce(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

/** The question of a request and its nonce, or null where the sender does not prove that it knows the secret. */
export async function readAsk(
  request: IncomingMessage,
  secret: string,
): Promise<{ question: Ask; nonce: string } | null> {
  const body = await readBody(request);
  const nonce = String(request.headers[nonceHeader]);
  if (body === null || !isProof(request.headers[proofHeader], prove(secret, 'ask', nonce, body))) return null;
  return { question: ask.parse(JSON.parse(body)), nonce };
}

export function answerWithProof(
  given: Answer,
  secret: string,
  nonce: string,
): { body: string; headers: Record<string, string> } {
  const body = JSON.stringify(given);
  const headers = {
    'content-type': 'application/json',
    [proofHeader]: prove(secret, 'answer', nonce, body),
  };
  return { body, headers };
}

/** Asks the Holdpoint that runs on this data folder; null where none does. */
export async function askRunning(dataFolder: string, question: Ask): Promise<Answer | null> {
  const running = readInstance(dataFolder);
  if (!running) return null;
  const body = JSON.stringify(question);
  const nonce = randomBytes(16).toString('base64url');
  const reply = await post(running, body, nonce);
  if (!reply || !isProof(reply.proof, prove(running.secret, 'answer', nonce, reply.body))) return null;
  return answer.parse(JSON.parse(reply.body));
}

function readInstance(dataFolder: string): Instance | null {
  try {
    return instance.parse(JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}

function post(
  { port, secret }: Instance,
  body: string,
  nonce: string,
): Promise<{ body: string; proof: string | string[] | undefined } | null> {
  const headers = {
    origin: `http://127.0.0.1:${port}`,
    'content-type': 'application/json',
    [nonceHeader]: nonce,
    [proofHeader]: prove(secret, 'ask', nonce, body),
  };
  return new Promise((resolve) => {
    const asking = request(
      { host: '127.0.0.1', port, path: controlPath, method: 'POST', headers, timeout: patienceMs },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve(response.statusCode === 200 ? { body: text, proof: response.headers[proofHeader] } : null),
        );
        response.on('error', () => resolve(null));
      },
    );
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(null));
    asking.end(body);
  });
}

/**
 * Both sides prove that they know the secret and neither sends it: a file left by a crash may name a port that
 * another user's process has taken since.
 */
function prove(secret: string, side: 'ask' | 'answer', nonce: string, body: string): string {
  return createHmac('sha256', secret).update(`${side}\n${nonce}\n${body}`).digest('base64url');
}

function isProof(given: string | string[] | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > longestBody) return null;
  }
  return text;
}
