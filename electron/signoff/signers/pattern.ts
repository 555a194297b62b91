/**
 * Whether a name matches a list of patterns as ssh_config(5) has them: `*` and `?`, separated by commas, and a pattern
 * with `!` in front rules out.
 */
export function matchesPatterns(name: string, patterns: readonly string[]): boolean {
  const matching = patterns.filter((pattern) => matches(name, pattern.replace(/^!/, '')));
  return matching.length > 0 && matching.every((pattern) => !pattern.startsWith('!'));
}

/** Walks both at once and goes back to the last `*`, so that no pattern takes more than quadratic time. */
function matches(name: string, pattern: string): boolean {
  let [at, patternAt, star, starAt] = [0, 0, -1, 0];
  while (at < name.length) {
    if (pattern[patternAt] === '*') {
      [star, starAt] = [patternAt, at];
      patternAt += 1;
    } else if (pattern[patternAt] === '?' || pattern[patternAt] === name[at]) {
      at += 1;
      patternAt += 1;
    } else if (star >= 0) {
      starAt += 1;
      [at, patternAt] = [starAt, star + 1];
    } else return false;
  }
  return /^\**$/.test(pattern.slice(patternAt));
}
