import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from './errors.ts';
import { useNotify } from './notices.tsx';

export interface Action<Input> {
  run: (input: Input) => void;
  busy: boolean;
  /** Why the last try failed, in the service's words; null before it and after a success. */
  problem: string | null;
}

/**
 * Something a person asks the service to do. A failure is shown where it was asked (`problem`), and as a notice where
 * there is no such place (`failure` names what failed).
 */
export function useAction<Input, Output>(
  perform: (input: Input) => Promise<Output>,
  { onDone, failure }: { onDone?: (output: Output, input: Input) => void; failure?: string } = {},
): Action<Input> {
  const notify = useNotify();
  const mutation = useMutation({
    mutationFn: (input: Input) => perform(input),
    onSuccess: (output, input) => onDone?.(output, input),
    onError: (error) => failure && notify({ title: failure, text: sentenceOf(error), tone: 'alarm' }),
  });
  return {
    run: (input) => mutation.mutate(input),
    busy: mutation.isPending,
    problem: mutation.error ? sentenceOf(mutation.error) : null,
  };
}
