/**
 * Python text that prints the interpreter's version and, where PyTorch is installed, PyTorch's. Given the argument
 * `cuda` it also imports PyTorch, which takes seconds, to learn whether CUDA can be used. It holds no single quote,
 * so that it can stand inside a shell's.
 */
export const pythonQuestion = `
import platform, sys
def say(key, value):
    print("@@ " + key + " " + str(value))
    sys.stdout.flush()
say("python", platform.python_version())
try:
    from importlib.metadata import version
    say("pytorch", version("torch"))
except Exception:
    sys.exit(0)
if "cuda" not in sys.argv:
    sys.exit(0)
try:
    import torch
    built = torch.version.cuda
    hip = getattr(torch.version, "hip", None)
    say("pytorch-built", "CUDA " + built if built else "ROCm " + hip if hip else "the CPU alone")
    say("pytorch-usable", "yes" if torch.cuda.is_available() else "no")
except Exception as error:
    say("pytorch-failed", repr(error).replace("\\n", " ")[:300])
`.trim();

/** What an interpreter said of itself. Empty where it did not say. */
export interface PythonFacts {
  python: string;
  pytorch: string;
  /** CUDA version PyTorch was built for and can use; empty without. */
  pytorchCuda: string;
  /** Why `pytorchCuda` is empty although PyTorch is there, in a sentence; empty otherwise. */
  whyNoCuda: string;
}

/** Reads what `pythonQuestion` printed, among anything else that was printed. */
export function parsePython(output: string): PythonFacts {
  const said = (key: string) =>
    new RegExp(`^@@ ${key} (.*)$`, 'm').exec(output.replaceAll('\r', ''))?.[1]?.trim() ?? '';
  const [python, pytorch, built, failed] = [
    said('python'),
    said('pytorch'),
    said('pytorch-built'),
    said('pytorch-failed'),
  ];
  const usable = said('pytorch-usable') === 'yes';
  const cuda = /^CUDA (\S+)$/.exec(built)?.[1] ?? '';
  const pytorchCuda = usable ? cuda : '';
  return { python, pytorch, pytorchCuda, whyNoCuda: whyNoCuda() };

  function whyNoCuda(): string {
    if (!pytorch || pytorchCuda) return '';
    if (failed) return `PyTorch ${pytorch} cannot be imported: ${failed}`;
    if (!built) return `Importing PyTorch ${pytorch} took too long.`;
    if (cuda) return `PyTorch ${pytorch} is built for ${built}, which it cannot use here.`;
    return `PyTorch ${pytorch} is built for ${built}.`;
  }
}
