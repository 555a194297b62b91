/**
 * Names for narrow columns: what all hosts have in common at their ends, up to a `-` or `.`, is left away. The full
 * name belongs into the title.
 */
export function shortNames(hosts: readonly string[]): Map<string, string> {
  const [first = ''] = hosts;
  if (hosts.length < 2) return new Map(hosts.map((host) => [host, host]));
  let head = 0;
  while (head < first.length && hosts.every((host) => host[head] === first[head])) head += 1;
  while (head > 0 && !isSeparator(first[head - 1])) head -= 1;
  let tail = 0;
  const tailChar = (host: string, at: number) => host[host.length - 1 - at];
  while (
    tail < Math.min(...hosts.map((host) => host.length)) - head &&
    hosts.every((host) => tailChar(host, tail) === tailChar(first, tail))
  ) {
    tail += 1;
  }
  while (tail > 0 && !isSeparator(tailChar(first, tail - 1))) tail -= 1;
  const cut = (host: string) => host.slice(head, host.length - tail);
  // A short common part is no burden, and without it names such as `1` and `2` say nothing.
  const isWorthIt = head + tail > 6 && hosts.every((host) => cut(host) !== '');
  return new Map(hosts.map((host) => [host, isWorthIt ? cut(host) : host]));
}

function isSeparator(character: string | undefined): boolean {
  return character === '-' || character === '.' || character === '_';
}
