/** A checklist of 10,000 items: 100 sections of 20 groups of 4, with thresholds and code as real ones have. */
export function longChecklist(): string {
  const lines = ['# A long launch', ''];
  for (let section = 1; section <= 100; section += 1) {
    lines.push(`## ${section}. Section number ${section}`, '');
    for (let group = 1; group <= 20; group += 1) {
      lines.push(`- [ ] **Group ${section}.${group}**:`);
      for (let item = 1; item <= 4; item += 1) {
        lines.push(
          `  - [ ] Endpoint ${section}.${group}.${item} answers: p95 < ${item} s (\`api/server_${item}.py\`)`,
        );
      }
    }
    lines.push('');
  }
  return lines.join('\n');
}
