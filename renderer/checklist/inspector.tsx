import { useQuery } from '@tanstack/react-query';
import type { Item, ItemDetail } from '../../shared/contract/checklist.ts';
import {
  askedOf,
  type BoundCommand,
  CommandButton,
  glyphOf,
  ruledMeasures,
  toFigures,
  useService,
} from '../app/index.ts';
import {
  Age,
  CodeBlock,
  type Fact,
  Facts,
  Glyph,
  glyphs,
  IntervalBar,
  ScrollArea,
  Sentence,
} from '../ui/index.ts';
import { FindingsPart } from './finding-words.tsx';

/** Everything known of the selected item, and the keys that act on it. */
export function ItemInspector({
  item,
  path,
  commands,
}: {
  item: Item;
  path: readonly string[];
  commands: Partial<Record<string, BoundCommand>>;
}) {
  const { queries } = useService();
  const { data: detail } = useQuery(queries.checklist.item.queryOptions({ input: { item: item.id } }));
  return (
    <section className="panel panel-fills inspector" aria-label="Selected item">
      <header className="inspector-head">
        <Glyph kind={glyphOf(item)} />
        <h2 title={item.title}>{item.title}</h2>
      </header>
      <ScrollArea label="What is known of it" className="panel-scroll">
        <p className="mute break">{path.join(' › ')}</p>
        <Standing item={item} />
        <Rules item={item} detail={detail} />
        <Body item={item} />
        <EvidenceList detail={detail} />
        <FindingsPart findings={detail?.findings ?? []} />
        <History detail={detail} />
      </ScrollArea>
      <footer className="inspector-keys">
        {Object.values(commands).map((command) => (
          <CommandButton key={command?.spec.id} command={command} />
        ))}
      </footer>
    </section>
  );
}

/** Its state in words, and the sentence why. */
function Standing({ item }: { item: Item }) {
  const { tone, word } = glyphs[item.status];
  const facts: Fact[] = [
    { label: 'state', value: item.by ? `${word}, by ${item.by}` : word },
    ...(item.assignee ? [{ label: 'assigned', value: item.assignee }] : []),
    ...(item.role ? [{ label: 'signs', value: item.role }] : []),
    ...(item.gate?.verdict && item.ticked ? [{ label: 'document', value: 'ticked there' }] : []),
  ];
  return (
    <>
      <Facts facts={facts} />
      {item.gate?.sentence && <Sentence tone={tone}>{item.gate.sentence}</Sentence>}
      {item.reason && <Sentence tone={tone}>{item.reason}</Sentence>}
      {item.override && (
        <Sentence tone="unproven">
          Overridden by {item.override.by}: {item.override.reason}
        </Sentence>
      )}
      {item.status === 'claimed' && !item.gate && (
        <Sentence tone="claimed">
          It came ticked in the document. Nothing measures it, and nobody has marked it here.
        </Sentence>
      )}
      {item.status === 'disputed' && (
        <Sentence tone="fail">
          Two people marked it differently without seeing each other. Mark it again to settle it.
        </Sentence>
      )}
    </>
  );
}

function Rules({ item, detail }: { item: Item; detail: ItemDetail | undefined }) {
  const { queries } = useService();
  const checks = useQuery({ ...queries.checks.list.queryOptions(), enabled: item.gate !== null }).data;
  const newest = detail?.evidence[0];
  const measures = newest ? ruledMeasures(newest) : [];
  const bars = measures.flatMap((one) => toFigures(one) ?? []);
  const facts: Fact[] = newest
    ? measures.flatMap(({ rule, verdict, measured }) => [
        { label: 'rule', value: rule.text, mark: <Glyph kind={verdict} /> },
        {
          label: 'measured',
          value: `${measured?.text ?? 'nothing'}${measured?.convention ? ` (${measured.convention})` : ''}`,
        },
      ])
    : item.rules.map((rule) => ({ label: 'rule', value: rule.text }));
  const bound = item.gate?.checks.map((id) => checks?.find((check) => check.id === id)?.title ?? id) ?? [];
  if (facts.length === 0 && bound.length === 0) return null;
  return (
    <div className="inspector-part">
      <Facts facts={[...facts, ...bound.map((title) => ({ label: 'check', value: title }))]} />
      {bars.map((figures) => (
        <IntervalBar
          key={figures.label}
          of={figures}
          tone={glyphs[figures.verdict].tone}
          label={figures.label}
        />
      ))}
    </div>
  );
}

function Body({ item }: { item: Item }) {
  if (item.body.length === 0) return null;
  return (
    <div className="inspector-part">
      <h3>In the document</h3>
      {item.body.map((part, index) =>
        part.kind === 'code' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an item never move.
          <CodeBlock key={index} text={part.text} label={`Code, ${part.language || 'plain'}`} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an item never move.
          <p key={index} className="soft break">
            {part.text}
          </p>
        ),
      )}
    </div>
  );
}

function EvidenceList({ detail }: { detail: ItemDetail | undefined }) {
  if (!detail || detail.evidence.length === 0) return null;
  return (
    <div className="inspector-part">
      <h3>Evidence</h3>
      <ul>
        {detail.evidence.map((one) => (
          <li key={one.id} className="evidence">
            <Glyph kind={one.verdict} />
            <span className="ellipsis" title={one.sentence}>
              {[one.kind, one.host].filter(Boolean).join(' · ')}
            </span>
            <Age at={one.at} />
            {one.measured.length > 0 ? (
              <span className="evidence-measured mono soft break">
                {askedOf(one)
                  .map(({ text }) => text)
                  .join(' · ')}
              </span>
            ) : (
              one.sentence !== detail.item.gate?.sentence && (
                <span className="evidence-measured soft break">{one.sentence}</span>
              )
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function History({ detail }: { detail: ItemDetail | undefined }) {
  if (!detail || detail.history.length === 0) return null;
  return (
    <div className="inspector-part">
      <h3>History</h3>
      <ul>
        {detail.history.map((event) => (
          <li key={`${event.at} ${event.text}`} className="history">
            <span className="soft break">
              {event.text} <span className="mute">{event.by}</span>
            </span>
            <Age at={event.at} />
          </li>
        ))}
      </ul>
    </div>
  );
}
