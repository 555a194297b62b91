import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { counted } from '../../shared/units.ts';
import { Button, formatMoment, Glyph, Panel, PanelBody, ScrollArea, useNow } from '../ui/index.ts';
import type { Answer } from './words.ts';

const atFirst = 40;
const words = { added: 'new', removed: 'gone', changed: 'changed', unknown: 'unknown' } as const;

/** What is not as it was when somebody signed, one by one. */
export function Differences({ answer }: { answer: Answer }) {
  const now = useNow(60);
  const [all, setAll] = useState(false);
  const { differences, author, claimedAt } = answer;
  if (differences.length === 0) return null;
  const shown = all ? differences : differences.slice(0, atFirst);
  return (
    <Panel
      title={`Since ${author} signed, ${formatMoment(new Date(claimedAt), new Date(now))}`}
      aside={counted(differences.length, 'difference')}
      glyph={<Glyph kind="stale" word="outdated" />}
      tone="stale"
    >
      <ScrollArea label="Differences" className="signoff-differences">
        <ul>
          {shown.map(({ subject, about, change, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two differences may read the same, and the list is replaced whole.
            <li key={index} className="signoff-difference">
              <span className="mono mute">{words[change]}</span>
              <span className="break">
                {text}
                {subject === 'items' && about && change !== 'removed' && (
                  <>
                    {' '}
                    <Link to="/checklist" search={{ item: about }} className="link" data-row>
                      Show the item
                    </Link>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      </ScrollArea>
      {shown.length < differences.length && (
        <PanelBody>
          <div>
            <Button onPress={() => setAll(true)}>Show all {differences.length}</Button>
          </div>
        </PanelBody>
      )}
    </Panel>
  );
}
