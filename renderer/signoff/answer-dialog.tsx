import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerValue } from '../../shared/contract/common.ts';
import { type Signer, SigningDialog, useService } from '../app/index.ts';
import { Choice, TextField } from '../ui/index.ts';
import type { Standing } from './words.ts';

const values: { value: AnswerValue; label: string; about?: string }[] = [
  { value: 'go', label: 'Go' },
  {
    value: 'go-with-condition',
    label: 'Go with condition',
    about: 'Counts as go; the condition stands beside it.',
  },
  { value: 'no-go', label: 'No-go', about: 'Blocks the launch until this role takes it back.' },
  { value: 'abstain', label: 'Abstain', about: 'Is not a go.' },
];
const labels: Record<AnswerValue, string> = {
  go: 'Sign go',
  'go-with-condition': 'Sign go with condition',
  'no-go': 'Sign no-go',
  abstain: 'Sign that you abstain',
};

/** A role's answer, signed over what is there now. */
export function AnswerDialog({
  standing: { role, title },
  signers,
  onClose,
}: {
  standing: Standing;
  signers: readonly Signer[];
  onClose: () => void;
}) {
  const { client, queries } = useService();
  const toSign = useQuery(queries.signoff.toSign.queryOptions({ input: { role } })).data;
  const [value, setValue] = useState<AnswerValue>('go');
  const [words, setWords] = useState('');
  const takesWords = value === 'go-with-condition' || value === 'no-go';
  const condition = takesWords ? words.trim() : '';
  const missing = value === 'no-go' ? 'Say why first.' : 'Write the condition first.';
  return (
    <SigningDialog
      title={`Answer as ${title}`}
      label={labels[value]}
      tone={value === 'no-go' ? 'danger' : 'primary'}
      why={takesWords && !condition ? missing : null}
      signers={signers}
      perform={({ as, keyFile }, signal) =>
        client.signoff.sign({ role, as, keyFile, value, condition }, { signal })
      }
      onClose={onClose}
    >
      <Choice label="Answer" options={values} value={value} onChange={setValue} autoFocus />
      {takesWords && (
        <TextField
          label={value === 'no-go' ? 'Why' : 'Condition'}
          value={words}
          onChange={setWords}
          lines={2}
          placeholder={
            value === 'no-go' ? 'what would have to change' : 'error rate stays under 1 % for the first hour'
          }
        />
      )}
      {toSign && (
        <div>
          <p className="soft">You sign, as it is now:</p>
          <ul className="signoff-signed">
            {toSign.subjects.map(({ name, text }) => (
              <li key={name} className="break">
                {text}.
              </li>
            ))}
          </ul>
          {toSign.doubted > 0 && (
            <p className="tone-unproven">
              {toSign.doubted} {toSign.doubted === 1 ? 'item of it is' : 'items of it are'} neither proven nor
              done.
            </p>
          )}
        </div>
      )}
    </SigningDialog>
  );
}

/** Takes every standing answer of a role back, in a signed entry. */
export function WithdrawDialog({
  standing: { role, title, answers },
  signers,
  onClose,
}: {
  standing: Standing;
  signers: readonly Signer[];
  onClose: () => void;
}) {
  const { client } = useService();
  return (
    <SigningDialog
      title={`Take back the answer of ${title}`}
      label="Sign that it is taken back"
      tone="danger"
      why={null}
      signers={signers}
      perform={({ as, keyFile }, signal) => client.signoff.withdraw({ role, as, keyFile }, { signal })}
      onClose={onClose}
    >
      <ul className="signoff-signed">
        {answers.map(({ id, author, answer, condition }) => (
          <li key={id} className="break">
            {author} said {answer.replaceAll('-', ' ')}
            {condition && `: ${condition}`}
          </li>
        ))}
      </ul>
      <p className="soft">
        The role then has no answer, which is not a go. What was signed stays in the record.
      </p>
    </SigningDialog>
  );
}
