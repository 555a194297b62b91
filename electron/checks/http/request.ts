import type { RequestLine } from '../../pack/index.ts';

/** One request, ready to be sent as it stands. Redirects are not followed: where they lead is part of the answer. */
export interface HttpRequest {
  method: RequestLine['method'];
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  timeoutMs: number;
  /** Its address or a header holds a secret. */
  isPrivate: boolean;
}

export type HttpAnswer =
  | {
      answered: true;
      status: number;
      /** From the first byte sent to the last one received; null where the tool does not tell. */
      seconds: number | null;
      body: string;
      /** What sent it, with its version. */
      tool: { name: string; version: string };
    }
  /** The machine is there and says that nothing listens. */
  | { answered: false };

/** An answer longer than this is not one that a check looks into. */
export const mostBodyBytes = 2 ** 21;

/** Requests to the machine itself go past any proxy. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
