import type { Finding } from '../../shared/contract/checklist.ts';
import { Facts, Glyph, Panel, PanelBody, ScrollArea } from '../ui/index.ts';
import { FindingsPart } from './finding-words.tsx';
import type { SectionRow } from './rows.ts';

/** A heading: how far it is, and what is wrong with its text. */
export function SectionInspector({ row, findings }: { row: SectionRow; findings: readonly Finding[] }) {
  const { section, counts } = row;
  return (
    <Panel title={section.title} fills className="inspector">
      <ScrollArea label="What is known of it" className="panel-scroll">
        <p className="mute break">{section.path.join(' › ')}</p>
        <Facts
          facts={[
            { label: 'proven or done', value: String(counts.proven), mark: <Glyph kind="pass" silent /> },
            { label: 'claimed only', value: String(counts.claimed), mark: <Glyph kind="claimed" silent /> },
            { label: 'open', value: String(counts.open), mark: <Glyph kind="open" silent /> },
            { label: 'in the file', value: `line ${section.line}` },
          ]}
        />
        <FindingsPart findings={findings} />
      </ScrollArea>
      <PanelBody className="inspector-hint">
        <p className="soft">Enter opens and closes it.</p>
      </PanelBody>
    </Panel>
  );
}
