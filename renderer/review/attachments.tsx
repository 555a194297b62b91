import { Link } from '@tanstack/react-router';
import type { SignoffsView } from '../../shared/contract/signoff.ts';
import { counted, formatBytes } from '../../shared/units.ts';
import { saveFile, useAction, useService } from '../app/index.ts';
import { Button, formatMoment, Panel, useNow } from '../ui/index.ts';
import { bytesOf } from './base64.ts';

/** Files that came with reviews, the newest first. Each is what its reviewer signed, or it is not shown as here. */
export function Attachments({ view: { attachments } }: { view: SignoffsView }) {
  const { client } = useService();
  const now = useNow(60);
  const save = useAction(
    async ({ sha256 }: { name: string; sha256: string }) => client.signoff.attachment({ sha256 }),
    {
      onDone: ({ bytes }, { name }) => saveFile(name, bytesOf(bytes)),
      failure: 'The file was not saved',
    },
  );
  return (
    <Panel title="Files" aside={counted(attachments.length, 'file')}>
      <ul>
        {attachments
          .toReversed()
          .map(({ entry, author, claimedAt, item, name, sha256, bytes, there }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one entry may name a file twice, and never changes.
            <li key={`${entry} ${index}`} className="review-file">
              <span className="break">
                {name} <span className="mono mute">{formatBytes(bytes)}</span>
                <br />
                <span className="soft">
                  {author}, {formatMoment(new Date(claimedAt), new Date(now))}
                  {item && (
                    <>
                      {' · '}
                      <Link to="/checklist" search={{ item }} className="link" data-row>
                        Show the item
                      </Link>
                    </>
                  )}
                </span>
                <br />
                <span className="mono mute break">SHA-256 {sha256}</span>
              </span>
              <Button
                onPress={() => save.run({ name, sha256 })}
                busy={save.busy}
                why={there ? null : `It did not come with the review. Ask ${author} for a new export.`}
                about={name}
              >
                {there ? 'Save' : 'Not here'}
              </Button>
            </li>
          ))}
      </ul>
    </Panel>
  );
}
