/** A pack for the top of the reference page. The tests read it, and every example below it. */
export const launchExample = `
system: APEX-Ranker
version: 0.2.0
checklist: checklist.md
roles:
  devops: { title: DevOps, deploys: true }
targets:
  production: { hosts: [prd-1, prd-2], batches: [1, 100%], vars: { root: /srv/apex, port: 8000 } }
checks:
  - item: Storage > Room for the data set
    disk: /data
    on: production
    rule: free space >= 500 GB
`;

export const runbookExample = `
runbook: Deploy
needs: { bundle: dist/apex-ranker.tar.gz }
steps:
  - lock: {}
  - upload: { bundle: "{root}/incoming/" }
  - release: { from: bundle, into: "{root}/releases" }
  - switch: { link: "{root}/current" }
  - service: { restart: apex-ranker }
  - http: { get: "http://127.0.0.1:{port}/healthz", within: 60 s }
  - hold: Look at the first host before the rest follow.
    by: devops
    after: first batch
`;

/** One worked example for each kind of check, as YAML. */
export const checkExamples: Record<string, string> = {
  disk: `
item: Storage > Room for the data set # its words are the rule: "500 GB+ free"
disk: /data
on: production
fresh: 24 h`,
  memory: `
item: Server > Memory
memory: total
on: production
rule: memory >= 64 GB`,
  cpu: `
item: Server > Processor cores
cpu: cores
on: production
rule: cores >= 16`,
  python: `
item: Server > Python 3.12+
python: python3
on: production`,
  pytorch: `
item: Server > PyTorch 2.8+
pytorch: "{root}/venv/bin/python"
cuda: true
on: production`,
  gpu: `
item: Server > GPU
gpu: { any-of: [A100, H100], memory: 40 GB, count: 2 }
on: production`,
  http: `
item: API server > Health
http:
  get: http://127.0.0.1:{port}/health
  json: { status: ok, model.version: "{version}" }
  measure: { replica lag: { at: replica.lag, unit: ms } }
on: production
rule: [replica lag < 5 s, latency < 1 s]
fresh: 1 h`,
  file: `
item: Git release > Release notes
file: { path: RELEASE_NOTES.md, contains: 0.2.0, newer-than: 7 d }`,
  command: `
item: Data > Rows without a price
command:
  run: sqlite3 "$ROOT/shared/data.db" 'select count(*) from price where close is null'
on: staging
rule: rows without a price = 0`,
  settled: `
item: Go criteria > Critical items
settled: [Before deployment, Deployment]`,
  metrics: `
item: Model > Sharpe ratio > 0.75 # its words are the rule
metrics: { returns: data/returns.csv }`,
  run: `
item: Go criteria > Rollback
run: { runbook: rollback, on: staging, within: 7 d }`,
};

/** One worked example for each kind of step. */
export const stepExamples: Record<string, string> = {
  preflight: `
preflight: { free: 3 x bundle, path: "{root}", clock: 5 s, tools: [tar, gzip, curl] }`,
  lock: `
lock: { wait: 0 }`,
  run: `
run: Back up the database
script: |
  pg_dump "$DATABASE" | gzip > "$ROOT/backups/$RUN.sql.gz"
timeout: 10 min
undo: { none: A backup is kept. }`,
  local: `
local: Sign the bundle
script: |
  ssh-keygen -Y sign -f "$HOME/.ssh/id_ed25519" -n bundle "$BUNDLE"`,
  upload: `
upload: { bundle: "{root}/incoming/" }
retry: 2
idempotent: true`,
  release: `
release: { from: bundle, into: "{root}/releases", keep: 5 }`,
  write: `
write: { file: "{root}/shared/.env", from: templates/env, mode: "600" }`,
  switch: `
switch: { link: "{root}/current" } # undo: back to where it pointed`,
  service: `
service: { restart: "{service}", manager: script, script: "{root}/bin/service" }`,
  http: `
http:
  get: http://127.0.0.1:{port}/healthz
  json: { status: ok, version: "{version}" }
  within: 60 s`,
  check: `
check: sample-prediction`,
  hold: `
hold: Look at the first host before the rest follow.
by: [devops, backend-engineer]
within: 15 min
otherwise: stop
after: first batch`,
  record: `
record:
  items: [Production > Code is deployed, Production > Services run]
  note: Deployed by run {run}.`,
  notify: `
notify: { title: Deployed, text: "{version} serves on {target}." }`,
};
