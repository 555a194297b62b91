/** One worked example for each kind of check, as YAML. They are read as a pack in the tests. */
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
  python: `
item: Server > Python 3.12+
python: python3
on: production`,
  pytorch: `
item: Server > PyTorch 2.8+
pytorch: "{root}/venv/bin/python"
on: production`,
  gpu: `
item: Server > GPU
gpu: { any-of: [A100, H100], memory: 40 GB, count: 1 }
on: production`,
  http: `
item: API server > Key check
name: refuses-without-key
http: { get: "http://127.0.0.1:{port}/predict", expect: 401 }
on: production`,
  file: `
item: Git release > Release notes
file: { path: RELEASE_NOTES.md, contains: 0.2.0 }`,
  command: `
item: Data > Rows without a price
command:
  run: sqlite3 "$ROOT/shared/data.db" 'select count(*) from price where close is null'
on: staging
rule: rows without a price = 0`,
  settled: `
item: Go criteria > Critical items
settled: [Before deployment, Deployment]`,
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
upload: { bundle: "{root}/incoming/" }`,
  release: `
release: { from: bundle, into: "{root}/releases", keep: 5 }`,
  write: `
write: { file: "{root}/shared/.env", from: templates/env, mode: "600" }`,
  switch: `
switch: { link: "{root}/current" } # undo: back to where it pointed`,
  service: `
service: { restart: "{service}", manager: script, script: "{root}/bin/service" }`,
  http: `
http: { get: "http://127.0.0.1:{port}/healthz", expect: 200, within: 60 s }
retry: 2
idempotent: true`,
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
