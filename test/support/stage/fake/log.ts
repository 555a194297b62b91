const samples = [
  '+ curl -fsS http://127.0.0.1:8000/healthz',
  'curl: (7) Failed to connect to 127.0.0.1 port 8000 after 0 ms',
  'attempt 2 of 12, next in 2 s',
  '\u001b[33mWARN\u001b[0m  cache is cold, first answers are slow',
  '\u001b[32mINFO\u001b[0m  model loaded from models/ranker.pt (3.9 s)',
  '\u001b[1;31mERROR\u001b[0m could not open /srv/ranker/shared/.env: no such file',
  '{"status":"ok","version":"0.2.0","uptime":1.2}',
  'progress 10 %\rprogress 55 %\rprogress 100 %',
  'sha256 9c1e77ab0f4d2c518d53a4de1d0be7c1a6e4f0f6d8f0a6fcb5c2b7e1f0a9d3c4 bundle.tar.gz',
];

/** Line of any log, made up from its number. */
export function logLine(index: number): string {
  if (index % 997 === 996) return `long ${'x'.repeat(3000)}`;
  return `${samples[index % samples.length]} \u001b[2m#${index}\u001b[0m`;
}
