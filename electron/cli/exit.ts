/** 0 as asked · 1 the answer is no · 2 bad usage or input · 3 could not tell. */
export const exitCodes = { asked: 0, no: 1, badInput: 2, unknown: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command cannot be carried out as it was given. The message says what to change. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
