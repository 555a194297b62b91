import type { HostRow, MachineFacts } from '../../shared/contract/hardware.ts';
import { type BoundCommand, CommandButton } from '../app/index.ts';
import { Age, type Fact, Facts, Glyph, Panel, PanelBody, ScrollArea, Sentence } from '../ui/index.ts';
import { Disks } from './disks.tsx';
import { factsOf, hostGlyphs } from './words.ts';

/** One machine: what is wrong with it, and everything it said of itself. */
export function HostInspector({
  name,
  row,
  facts,
  commands,
  probing,
}: {
  name: string;
  /** Null for this laptop. */
  row: HostRow | null;
  facts: MachineFacts | null;
  commands: { probe?: BoundCommand; trust?: BoundCommand };
  probing: boolean;
}) {
  const glyph = row ? hostGlyphs[row.state] : ({ kind: 'pass', word: 'here' } as const);
  const own: Fact[] = row
    ? [
        { label: 'state', value: glyph.word },
        { label: 'reached as', value: row.resolved || row.host },
        { label: 'targets', value: row.targets.join(', ') || 'none' },
      ]
    : [];
  return (
    <Panel
      title={name}
      glyph={<Glyph {...glyph} />}
      aside={facts && <Age at={facts.at} />}
      fills
      className="host-inspector"
    >
      <ScrollArea label={`Facts of ${name}`} className="panel-scroll">
        {row?.problem && (
          <Sentence tone={row.state === 'key-unknown' ? 'hold' : 'fail'}>{row.problem}</Sentence>
        )}
        {own.length > 0 && <Facts facts={own} />}
        {facts ? (
          <>
            <Facts facts={factsOf(facts)} />
            <Disks disks={facts.disks} />
          </>
        ) : (
          <p className="soft">Nothing is known of this machine yet.</p>
        )}
      </ScrollArea>
      {(commands.probe || commands.trust) && (
        <PanelBody className="host-foot">
          <div className="host-actions">
            <CommandButton command={commands.trust} tone="primary" />
            <CommandButton command={commands.probe} busy={probing} />
          </div>
        </PanelBody>
      )}
    </Panel>
  );
}
