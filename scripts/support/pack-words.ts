import { launchExample, runbookExample } from './pack-examples.ts';

/** What stands before the keys on the reference page, and after them. */
export const introduction = `# Launch packs: every key

*Made from the schemas by \`npm run schemas\`; a test fails when it is out of date.*

A launch pack is a folder in your own repository:

\`\`\`
launch.yaml          what is launched, who decides, where it runs, what is measured
checklist.md         the checklist, any GitHub-flavoured Markdown document
runbooks/*.yaml      procedures: deploy, rollback, and any of your own
templates/…          files that runbooks write, with {name} where a value goes
\`\`\`

A small one, to begin from:

\`\`\`yaml
# launch.yaml
${launchExample.trim()}
\`\`\`

\`\`\`yaml
# runbooks/deploy.yaml
${runbookExample.trim()}
\`\`\`

Two whole packs are in \`resources/packs/\`. \`holdpoint check PACK\` says every problem of every file with its line and
column. Editors check the files as you type when their first line names the schema:
\`# yaml-language-server: $schema=…/launch.schema.json\` or \`runbook.schema.json\`; both are in \`resources/schemas/\`.

On this page: [launch.yaml](#launchyaml), [checks](#a-check), [runbooks](#runbooksyaml), [steps](#a-step),
[how values are written](#how-values-are-written).`;

export const values = `## How values are written

| Value | Written as |
| --- | --- |
| text | As it is. A number or \`true\` where text belongs is taken as it is written: \`version: 1.0\` is \`1.0\`. |
| duration | A number and \`ms\`, \`s\`, \`min\`, \`h\`, \`d\` or \`w\`: \`10 min\`, \`24 h\` |
| size | A number and \`B\`, \`kB\`, \`MB\`, \`GB\`, \`TB\`, \`KiB\`, \`MiB\`, \`GiB\` or \`TiB\`: \`500 GB\` |
| count or percentage | \`1\` is one host; \`25%\` is a quarter of all hosts of the target, rounded up |
| time | Date, time and offset: \`2026-11-24T09:00+09:00\` |
| rule | Quantity, comparator, number and unit, as checklists write them: \`latency p95 < 5 s\`, \`free space >= 500 GB\` |
| item, heading | Headings and text of the checklist from the outside in, joined by \` > \`. The beginning of each is enough; what matches several is an error that lists them |
| \`{name}\` | In fields of checks and steps: a value of the host or its target, or \`system\`, \`version\`, \`target\`, \`host\`, \`pack\`; in steps \`release\`, \`previous\`, \`previous-version\` and \`run\` as well |
| \`$NAME\` | The same in scripts, in capitals: \`{port}\` is \`$PORT\`, \`{top-k}\` is \`$TOP_K\`. Values reach scripts as environment variables and are never pasted into them |`;
