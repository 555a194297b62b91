import type { SignersView } from '../../shared/contract/signoff.ts';
import { type BoundCommand, CommandButton } from '../app/index.ts';
import { CodeBlock, EmptyState, Glyph, Panel, Skeleton } from '../ui/index.ts';
import { shortOf } from './words.ts';

/** The keys that can sign here, and whom the pack's files take their owner for. */
export function KeysPanel({
  signers,
  makeKey,
}: {
  signers: SignersView | undefined;
  makeKey: BoundCommand | undefined;
}) {
  return (
    <Panel title="Your keys" aside={<CommandButton command={makeKey} />}>
      {!signers && <Skeleton rows={2} height={52} />}
      {signers?.keys.length === 0 && (
        <EmptyState>There is no SSH key in ~/.ssh, and no agent has one. Make one here.</EmptyState>
      )}
      <ul className="signoff-keys">
        {signers?.keys.map(({ keyFile, type, fingerprint, inAgent, about, names, why, line }) => (
          <li key={keyFile} className="signoff-key">
            <Glyph kind={why ? 'open' : 'done'} word={why ? 'signs for nobody here' : 'may sign'} />
            <div className="signoff-words">
              <span className="strong break">{names.join(', ') || keyFile.split(/[\\/]/).at(-1)}</span>
              <span className="mono mute ellipsis" title={`${type} ${fingerprint} ${keyFile}`}>
                {shortOf(fingerprint)} {type.replace(/@.*/, '')}
                {inAgent && ', in the agent'}
              </span>
              {about && <span className="soft break">{about}</span>}
              {why && <span className="soft break">{why}</span>}
              {why && line && <CodeBlock text={line} label={`The line for allowed_signers of ${keyFile}`} />}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
