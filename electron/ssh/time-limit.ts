import { SshError } from './types.ts';

/** Gives work a signal that also ends it when its time is up, told as an SshError `timeout`. */
export async function withTimeLimit<T>(
  host: string,
  timeoutMs: number | undefined,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (timeoutMs === undefined) return work(signal);
  const limit = new AbortController();
  const timer = setTimeout(
    () =>
      limit.abort(
        new SshError(
          'timeout',
          host,
          `The program did not end on ${host} within ${timeoutMs / 1000} s and was given up here. It may still run there; look before starting it again.`,
        ),
      ),
    timeoutMs,
  );
  try {
    return await work(signal ? AbortSignal.any([signal, limit.signal]) : limit.signal);
  } finally {
    clearTimeout(timer);
  }
}
