/** Below these a guess would jump about. */
const leastShare = 0.02;
const leastElapsedMs = 400;

/** Milliseconds that a job still takes if it goes on as it went so far; null while that cannot be told. */
export function remainingMs(elapsedMs: number, share: number): number | null {
  if (share < leastShare || elapsedMs < leastElapsedMs) return null;
  return Math.round((elapsedMs * (1 - share)) / share);
}
