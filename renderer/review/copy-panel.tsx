import type { Launch } from '../../shared/contract/pack.ts';
import { Facts, formatMoment, Panel, PanelBody, useNow } from '../ui/index.ts';

/** What a copy is a copy of, and how to know that it is the one that was sent. */
export function CopyPanel({ copy }: { copy: NonNullable<Launch['copy']> }) {
  const now = useNow(60);
  const { by, writtenAt, sha256, leftOut } = copy;
  return (
    <Panel title="A copy to review" aside="nothing in it is changed or run">
      <PanelBody>
        <p className="soft">
          You see the items and their evidence as {by} did when it was written. Mark, comment and sign here,
          then export it and send the file back.
        </p>
        <Facts
          facts={[
            { label: 'written', value: `${formatMoment(new Date(writtenAt), new Date(now))} by ${by}` },
            { label: 'SHA-256', value: sha256 },
            ...(leftOut.length > 0 ? [{ label: 'left out', value: leftOut.join(', ') }] : []),
          ]}
        />
      </PanelBody>
    </Panel>
  );
}
