import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { words } from '../figures.ts';
import { checkKind } from '../kind.ts';
import { askPython } from './python.ts';

export const pytorch = checkKind({
  kind: 'pytorch',
  about: 'Version of PyTorch, and whether it can use CUDA.',
  schema: z.strictObject({
    pytorch: fields.text().meta({ description: 'The Python command that has it.', examples: ['python3'] }),
    cuda: z
      .boolean()
      .default(false)
      .meta({ description: 'It must be able to use CUDA.', examples: [true] }),
  }),
  title: (spec) => `PyTorch of ${spec.pytorch}${spec.cuda ? ', and CUDA' : ''}`,
  quantities: () => [
    { name: 'pytorch', unit: 'version', words: ['torch'], byName: true },
    { name: 'cuda', unit: 'version', words: [], byName: true },
  ],
  // Importing PyTorch from a cold disk takes its time.
  timeoutMs: () => 60_000,
  async measure(spec, context) {
    const command = context.fill(spec.pytorch);
    const facts = await askPython(command, context, { cuda: spec.cuda });
    const { pytorch: installed, pytorchCuda, whyNoCuda } = facts;
    if (!installed) {
      throw new CannotMeasure(
        `${context.subject} has no PyTorch for ${command}. Name the Python that has it.`,
      );
    }
    const [version = installed, build] = installed.split('+');
    const measured = [
      { ...words('pytorch', version), text: installed, ...(build ? { convention: build } : {}) },
    ];
    const cuda = pytorchCuda ? ` with CUDA ${pytorchCuda}` : '';
    const reason = spec.cuda && whyNoCuda ? ` (${whyNoCuda.replace(/\.$/, '')})` : '';
    return {
      measured: [...measured, ...(pytorchCuda ? [words('cuda', pytorchCuda)] : [])],
      conditions: spec.cuda ? [{ holds: pytorchCuda !== '', needs: 'CUDA support' }] : [],
      says: `has PyTorch ${installed}${cuda}${reason}`,
    };
  },
});
