import type { RoleSigning } from '../../shared/contract/signoff.ts';
import { type BoundCommand, CommandButton } from '../app/index.ts';
import { Facts, Glyph, Panel, PanelBody, Sentence } from '../ui/index.ts';
import { answers as answerWords, type Standing, verdicts } from './words.ts';

/** The selected role: what it says and why that holds or not, who may answer for it, and the keys that act on it. */
export function RoleInspector({
  standing,
  signing,
  sign,
  withdraw,
}: {
  standing: Standing;
  signing: RoleSigning | undefined;
  sign: BoundCommand | undefined;
  withdraw: BoundCommand | undefined;
}) {
  const { title, verdict, answers, lacks } = standing;
  const { glyph, tone, word } = verdicts[verdict];
  return (
    <Panel title={title} glyph={<Glyph kind={glyph} word={word} />} aside={word}>
      <PanelBody>
        {lacks && <Sentence tone={tone}>{lacks}</Sentence>}
        {answers
          .filter(({ condition }) => condition !== '')
          .map(({ id, author, answer, condition }) => (
            <p key={id} className="break">
              <span className="soft">
                {author}, {answerWords[answer]}:
              </span>{' '}
              {condition}
            </p>
          ))}
        {signing && <Facts facts={factsOf(signing)} />}
        {signing?.why && <Sentence tone="claimed">{signing.why}</Sentence>}
        <div className="signoff-actions">
          <CommandButton command={sign} tone="primary" />
          <CommandButton command={withdraw} />
        </div>
      </PanelBody>
    </Panel>
  );
}

function factsOf({ covers, signers, approvals, deployerMaySign, notAlso, by }: RoleSigning) {
  return [
    { label: 'answers for', value: covers?.join(', ') ?? 'the whole launch' },
    { label: 'may sign', value: signers.join(', ') },
    ...(approvals > 1 ? [{ label: 'needed', value: `${approvals} different people` }] : []),
    ...(deployerMaySign ? [] : [{ label: 'not by', value: 'who started a run of the launch' }]),
    ...(notAlso.length > 0 ? [{ label: 'not by', value: `who answers as ${notAlso.join(', ')}` }] : []),
    ...(by.length > 0 ? [{ label: 'you', value: by.map(({ as }) => as).join(', ') }] : []),
  ];
}
