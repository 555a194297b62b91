import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditScope, AuditWanted, AuditWritten } from '../../../shared/contract/audit.ts';
import { counted } from '../../../shared/units.ts';
import { Choice, CodeBlock, Dialog, TextField } from '../../ui/index.ts';
import { sentenceOf } from '../errors.ts';
import { useCurrentLaunch } from '../launch.ts';
import { PathField } from '../paths/path-field.tsx';
import { useService } from '../service.ts';
import { useAction } from '../use-action.ts';
import './audit-dialog.css';

const mostNamed = 6;

/** Writes all that an auditor needs, of this launch or of all launches of some days: what it will hold, and where it went. */
export function AuditDialog({ onClose }: { onClose: () => void }) {
  const { client, queries } = useService();
  const { launch } = useCurrentLaunch();
  const [asked, setAsked] = useState<'launch' | 'period'>('launch');
  const of = launch ? asked : 'period';
  const [days, setDays] = useState({ from: '', to: '' });
  const [typed, setTyped] = useState<string | null>(null);
  const [written, setWritten] = useState<AuditWritten | null>(null);

  const noDay = [days.from, days.to].find((day) => day !== '' && !isDay(day));
  const wanted: AuditWanted | null =
    of === 'launch'
      ? { period: null }
      : noDay === undefined
        ? { period: { from: days.from || null, to: days.to || null } }
        : null;
  const scope = useQuery(queries.audit.scope.queryOptions({ input: wanted ?? skipToken }));
  const path =
    typed ??
    (of === 'launch' && launch
      ? `${launch.folder}-audit-${launch.version.replace(/[^A-Za-z0-9.-]+/g, '-')}.zip`
      : `~/${['holdpoint-audit', days.from, days.to].filter(Boolean).join('-')}.zip`);
  const write = useAction((what: AuditWanted) => client.audit.write({ ...what, path, pdf: true }), {
    onDone: setWritten,
  });
  if (written) return <Written written={written} onClose={onClose} />;
  const launches = scope.data?.launches ?? [];
  const why =
    (noDay !== undefined && `${noDay} is no day. Write it as 2026-11-24.`) ||
    (path.trim() === '' && 'Name the file first.') ||
    (wanted && scope.data && launches.length === 0 && 'Nothing was recorded on these days.') ||
    null;
  return (
    <Dialog
      title="Write the audit"
      onClose={onClose}
      size="wide"
      problem={write.problem ?? (scope.error && sentenceOf(scope.error))}
      confirm={{
        label: 'Write it',
        onPress: () => wanted && write.run(wanted),
        busy: write.busy,
        why,
      }}
    >
      {launch && (
        <Choice
          label="Of"
          value={of}
          onChange={setAsked}
          across
          autoFocus
          options={[
            { value: 'launch', label: 'This launch', about: `${launch.system} ${launch.version}` },
            {
              value: 'period',
              label: 'All launches of a period',
              about: 'From the journal: also those whose pack is gone.',
            },
          ]}
        />
      )}
      {of === 'period' && (
        <div className="audit-days">
          <DayField
            label="First day, in UTC"
            value={days.from}
            onChange={(from) => setDays({ ...days, from })}
            autoFocus={!launch}
          />
          <DayField label="Last day" value={days.to} onChange={(to) => setDays({ ...days, to })} />
        </div>
      )}
      <PathField
        label="New zip, or folder"
        value={path}
        onChange={setTyped}
        kinds={['new-file']}
        extensions={['zip']}
      />
      <WillHold scope={wanted && scope.data} of={of} />
    </Dialog>
  );
}

function DayField(props: {
  label: string;
  value: string;
  onChange: (day: string) => void;
  autoFocus?: boolean;
}) {
  return <TextField {...props} mono placeholder="2026-11-24, or empty for no end" />;
}

/** What is going to be written, before it is. */
function WillHold({ scope, of }: { scope: AuditScope | null | undefined; of: 'launch' | 'period' }) {
  if (!scope || scope.launches.length === 0) return null;
  const { launches, pdf } = scope;
  const report =
    of === 'launch'
      ? 'The report'
      : 'An index with each decision, who approved and who deployed; of each launch the report';
  return (
    <div className="audit-holds soft">
      <ul>
        {launches.slice(0, mostNamed).map(({ id, system, version, mode, signatures }) => (
          <li key={id}>
            <span className="strong">
              {system} {version}
            </span>
            {mode === 'rehearsal' && ', rehearsal'}: {counted(signatures, 'signed entry', 'signed entries')}
          </li>
        ))}
        {launches.length > mostNamed && (
          <li>and {counted(launches.length - mostNamed, 'more launch', 'more launches')}</li>
        )}
      </ul>
      <p>
        {report} as HTML{pdf.can ? ', Markdown and PDF' : ' and Markdown'}, every signed entry with its
        signature, allowed_signers, and scripts that verify them with stock tools.
      </p>
      {!pdf.can && <p>{pdf.why}</p>}
    </div>
  );
}

function Written({ written, onClose }: { written: AuditWritten; onClose: () => void }) {
  const { path, files, digest, launches, withoutPdf } = written;
  return (
    <Dialog title="The audit is written" onClose={onClose} leave="Close" size="wide">
      <p>
        {counted(files, 'file')} of {counted(launches, 'launch', 'launches')} written to{' '}
        <span className="mono break">{path}</span>. Whoever has it verifies it with <code>sh verify.sh</code>:
        only ssh-keygen and sha256sum are needed.
      </p>
      {withoutPdf && <p>There is no PDF in it. {withoutPdf}</p>}
      <p className="soft">
        Keep this digest of SHA256SUMS elsewhere. With it this audit can be told from any other.
      </p>
      <CodeBlock text={digest} label="Digest of SHA256SUMS" />
    </Dialog>
  );
}

function isDay(text: string): boolean {
  const day = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(day) && new Date(day).toISOString().startsWith(text)
  );
}
