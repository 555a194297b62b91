/** The service's errors are sentences already; anything else is named as what it is. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return typeof error === 'string' && error ? error : 'The service gave no reason.';
}
