import type {
  Checklist,
  Finding,
  Gate,
  Item,
  Progress,
  Section,
  Unmatched,
} from '../../shared/contract/checklist.ts';
import type { ItemState } from '../../shared/contract/common.ts';
import { countProgress, isSettled, statusOf } from '../../shared/item-status.ts';
import type { Bound } from './bindings.ts';
import type { Box, Document, DocumentItem } from './document/document.ts';
import { itemKey } from './document/identity.ts';
import type { ItemRecord, Statement } from './records/records.ts';

/** Everything a checklist's rows are made of. */
export interface Facts {
  document: Document;
  records: ReadonlyMap<string, ItemRecord>;
  /** What the checks found, by item id. An item with a gate cannot be ticked by hand. */
  gates: ReadonlyMap<string, Gate>;
  bound: Bound;
}

/** The rows of the contract, in document order. */
export function assembleItems({ document, records, gates, bound }: Facts): Item[] {
  return document.items.map((item) => assembleItem(item, records.get(item.id), gates.get(item.id), bound));
}

export function assembleItem(
  item: DocumentItem,
  record: ItemRecord | undefined,
  gate: Gate | undefined,
  bound: Bound,
): Item {
  const mark = record?.marks.at(-1);
  const answer = record?.answers.at(-1);
  const isQuestion = bound.noGo.has(item.section);
  const said = isQuestion ? (answer ?? mark) : mark;
  const holds = isQuestion ? (answer?.value ?? null) : null;
  // The document's word counts until somebody says something here, and never in the place of a check.
  const waivedThere = item.box === '~' && !mark && !gate && !isQuestion;
  const state: ItemState = waivedThere ? 'waived' : (mark?.value ?? 'open');
  const status = statusOf({
    state,
    claimed: item.box === 'x' && !said,
    gate: gate ?? null,
    overridden: Boolean(record?.override),
    disputed: isDisputed(item, record, isQuestion),
    question: isQuestion ? { holds } : null,
  });
  return {
    id: item.id,
    section: item.section,
    parent: item.parent,
    depth: item.depth,
    line: item.line,
    title: item.title,
    body: item.body,
    ticked: item.box === 'x',
    state,
    status,
    reason: waivedThere ? 'Waived in the document, without a reason.' : (mark?.reason ?? ''),
    assignee: record?.assignee ?? '',
    by: said?.by ?? '',
    at: said?.at ?? null,
    notes: record?.notes ?? 0,
    rules: item.rules,
    gate: gate ?? null,
    override: record?.override ?? null,
    criterion: isQuestion ? 'no-go' : bound.go.has(item.section) ? 'go' : null,
    holds,
    role: (item.signer !== null && bound.roles.get(itemKey(item.signer))) || null,
    afterLaunch: bound.after.has(item.section),
  };
}

/** Two people who did not see each other, or a person here and whoever edited the box in the document since. */
function isDisputed({ box }: DocumentItem, record: ItemRecord | undefined, isQuestion: boolean): boolean {
  if (!record) return false;
  const says = isQuestion
    ? record.answers.map((said) => ({ said, box: boxOfAnswer(said.value) }))
    : record.marks.map((said) => ({ said, box: boxOfState(said.value) }));
  const values = new Set(says.map(({ said }) => said.value));
  return values.size > 1 || says.some(({ said, box: meant }) => wasChangedSince(said, meant, box));
}

function wasChangedSince(said: Statement<unknown>, meant: Box, now: Box): boolean {
  return now !== said.box && now !== meant;
}

/** What the box of an item in this state holds. Only done is a tick, and only a waiver takes an item out of the count. */
export function boxOfState(state: ItemState): Box {
  if (state === 'done') return 'x';
  return state === 'waived' ? '~' : ' ';
}

/** The box of a no-go criterion means that it holds. */
export function boxOfAnswer(holds: boolean | null): Box {
  return holds ? 'x' : ' ';
}

export interface Around {
  file: string;
  digest: string;
  notWritten: string | null;
  findings: Finding[];
  unmatched: Unmatched[];
}

export function assembleChecklist(document: Document, items: Item[], around: Around): Checklist {
  return {
    ...around,
    title: document.title,
    sections: assembleSections(document, items),
    items,
    progress: countProgress(items.map(({ status }) => status)),
    phase: currentPhase(document, items),
  };
}

/** The sections with the progress of everything under their headings, subsections included. */
export function assembleSections({ sections }: Document, items: readonly Item[]): Section[] {
  const own = Map.groupBy(items, ({ section }) => section);
  const counted: Section[] = sections.map(({ id, title, level, path, line, phase }) => ({
    ...{ id, title, level, path, line, phase },
    progress: countProgress((own.get(id) ?? []).map(({ status }) => status)),
  }));
  const open: Section[] = [];
  for (const section of counted) {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) >= section.level) open.pop();
    for (const above of open) if (above.level > 0) add(above.progress, section.progress);
    open.push(section);
  }
  return counted;
}

function add(total: Progress, part: Progress): void {
  for (const [name, count] of Object.entries(part)) total[name as keyof Progress] += count;
}

function currentPhase({ sections }: Document, items: readonly Item[]): string {
  const phases = new Map(sections.map(({ id, phase }) => [id, phase]));
  const left = items.find(({ status, gate }) => !isSettled(status, gate !== null)) ?? items.at(-1);
  return (left && phases.get(left.section)) ?? '';
}
