import { CannotMeasure } from '../errors.ts';
import { type HttpAnswer, type HttpRequest, mostBodyBytes } from './request.ts';

/** Asks from this machine. @throws CannotMeasure where no answer came that could be judged */
export async function askFromHere(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { method, url, headers, body, timeoutMs } = request;
  const startedAt = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const text = await readBody(response);
    const seconds = (performance.now() - startedAt) / 1000;
    const tool = { name: 'node', version: process.versions.node };
    return { answered: true, status: response.status, seconds, body: text, tool };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof CannotMeasure) throw error;
    const { code, message } = causeOf(error);
    if (code === 'ECONNREFUSED') return { answered: false };
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      throw new CannotMeasure(`${new URL(url).host} gave no answer within ${timeoutMs / 1000} s.`);
    }
    throw new CannotMeasure(`${new URL(url).host} could not be asked: ${message}.`);
  }
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBodyBytes)
      throw new CannotMeasure('The answer is longer than 2 MB. Ask for something shorter.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What `fetch` hides behind "fetch failed"; of several addresses tried, the first one's. */
function causeOf(error: unknown): { code: string; message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return { code, message: first instanceof Error ? first.message || code : String(first) };
}
