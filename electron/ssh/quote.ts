/**
 * A value as one word of POSIX shell, whatever it holds. A word that may begin with `-` still needs a `--` or a
 * `./` before it where a command would read it as an option.
 */
export function quote(value: string): string {
  if (value.includes('\0')) throw new TypeError('A NUL byte cannot be passed to a shell; remove it.');
  return `'${value.replaceAll("'", "'\\''")}'`;
}
