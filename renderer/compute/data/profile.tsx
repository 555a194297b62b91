import type { ProfileView } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { EmptyState, Facts, Glyph, Panel, PanelBody, useNow } from '../../ui/index.ts';
import { type Column, DataTable } from '../figures/data-table.tsx';
import { formatNumber, formatShare, formatShort } from '../figures/format.ts';
import { featuresSentence, freshnessWords } from './profile-words.ts';
import { RangeBar } from './range-bar.tsx';
import { ShareBar } from './share-bar.tsx';

type ColumnView = ProfileView['columns'][number];

/** From this share on what is missing is worth a look. */
const muchMissing = 0.05;

/** What a file holds: what is wrong with it first. */
export function Profile({ profile }: { profile: ProfileView }) {
  return (
    <>
      <Findings profile={profile} />
      <Panel
        title="Columns"
        aside={`${counted(profile.columns.length, 'column')} · quantiles ${profile.quantiles}`}
      >
        <DataTable
          label="Columns"
          columns={columns}
          rows={profile.columns}
          keyOf={({ name }) => name}
          most={24}
        />
      </Panel>
    </>
  );
}

const columns: Column<ColumnView>[] = [
  {
    title: 'column',
    cell: ({ name, type }) => (
      <span title={`${name}, ${type}`}>
        <span className="mono">{name}</span> <span className="mute">{type.toLowerCase()}</span>
      </span>
    ),
  },
  {
    title: 'missing',
    width: 104,
    cell: ({ missing }) => (
      <span className="missing">
        <ShareBar share={missing.share} tone={missing.share >= muchMissing ? 'unproven' : 'claimed'} />
        <span className="mono">{missing.rows === 0 ? '0' : formatShare(missing.share)}</span>
      </span>
    ),
  },
  {
    title: 'of active',
    width: 72,
    end: true,
    cell: ({ missing }) => (missing.rows === 0 ? '0' : formatShare(missing.shareOfActive)),
  },
  {
    title: '1 % to 99 %',
    width: 104,
    cell: ({ numbers }) => numbers && <RangeBar numbers={numbers} />,
  },
  { title: 'min', width: 72, end: true, cell: ({ numbers }) => numbers && formatShort(numbers.min) },
  { title: 'median', width: 72, end: true, cell: ({ numbers }) => numbers && formatShort(numbers.p50) },
  { title: 'max', width: 72, end: true, cell: ({ numbers }) => numbers && formatShort(numbers.max) },
  {
    title: 'outliers',
    width: 70,
    end: true,
    cell: ({ numbers }) => numbers && formatNumber(numbers.outliers),
  },
  { title: 'by date', width: 74, cell: ({ numbers }) => numbers && (numbers.crossSection || '–') },
];

function Findings({ profile: { findings } }: { profile: ProfileView }) {
  const problems = findings.filter(({ level }) => level === 'problem');
  const notes = findings.filter(({ level }) => level === 'note');
  return (
    <Panel
      title="Findings"
      tone={problems.length > 0 ? 'fail' : undefined}
      aside={`${counted(problems.length, 'problem')} · ${counted(notes.length, 'note')}`}
    >
      {findings.length === 0 && <EmptyState>Nothing is wrong with it that could be seen.</EmptyState>}
      <ul>
        {[...problems, ...notes].map(({ level, sentence }) => (
          <li key={sentence} className="judgement">
            {level === 'problem' ? <Glyph kind="fail" word="problem" /> : <Glyph kind="open" word="note" />}
            <span className="break">{sentence}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What there is in all, the declared features, and the days that are not there. */
export function ProfileInspector({ profile }: { profile: ProfileView }) {
  const now = useNow(60);
  const { features, gaps } = profile;
  return (
    <>
      <Panel title="What it holds" className="compute-inspector">
        <PanelBody>
          <Facts
            facts={[
              { label: 'rows', value: profile.rows.toLocaleString('en') },
              { label: 'dates', value: profile.dates.toLocaleString('en') },
              {
                label: 'codes',
                value: `${profile.codes.toLocaleString('en')}, ${profile.activeCodes.toLocaleString('en')} active`,
              },
              { label: 'from', value: profile.from },
              { label: 'to', value: freshnessWords(profile.to, now) },
              { label: 'duplicates', value: counted(profile.duplicateRows, 'row') },
              ...profile.files.map(({ name, sha256 }) => ({ label: name, value: sha256.slice(0, 16) })),
            ]}
          />
        </PanelBody>
      </Panel>
      {features && (
        <Panel
          title="Declared features"
          glyph={
            features.ok ? (
              <Glyph kind="pass" word="all there" />
            ) : (
              <Glyph kind="fail" word="not as declared" />
            )
          }
          className="compute-inspector"
        >
          <PanelBody>
            <p className="break">{featuresSentence(features)}</p>
          </PanelBody>
        </Panel>
      )}
      <Panel title="Gaps in the calendar" aside={String(gaps.length)} className="compute-inspector">
        {gaps.length === 0 && <EmptyState>No weekday is missing for long.</EmptyState>}
        {gaps.length > 0 && (
          <DataTable
            label="Gaps in the calendar"
            rows={gaps}
            keyOf={({ after }) => after}
            columns={[
              { title: 'after', cell: ({ after }) => <span className="mono">{after}</span> },
              { title: 'before', width: 96, cell: ({ before }) => <span className="mono">{before}</span> },
              { title: 'weekdays', width: 88, end: true, cell: ({ weekdays }) => weekdays },
            ]}
          />
        )}
      </Panel>
    </>
  );
}
