import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sentenceOf, useService } from '../app/index.ts';
import { Glyph, Panel, PanelBody, Sentence, Skeleton } from '../ui/index.ts';

const mostDoubts = 30;

/** What a signature of the role is about, in plain words, and everything in it that is neither proven nor done. */
export function ToSignPanel({ role }: { role: string }) {
  const { queries } = useService();
  const { data, error } = useQuery(queries.signoff.toSign.queryOptions({ input: { role } }));
  return (
    <Panel title="What is signed" aside="as it is now">
      {!data && !error && <Skeleton rows={4} height={40} />}
      <PanelBody>
        {error && <Sentence tone="fail">{sentenceOf(error)}</Sentence>}
        {data && (
          <ul className="signoff-subjects">
            {data.subjects.map(({ name, sha256, text }) => (
              <li key={name}>
                <p className="break">{text}</p>
                <p className="mono mute ellipsis" title={sha256}>
                  SHA-256 {sha256}
                </p>
              </li>
            ))}
          </ul>
        )}
        {data && data.doubted > 0 && (
          <h3 className="signoff-doubts-title">
            Of these, {data.doubted} {data.doubted === 1 ? 'item is' : 'items are'} neither proven nor done
          </h3>
        )}
      </PanelBody>
      {data && (
        <ul>
          {data.doubts.slice(0, mostDoubts).map(({ item, title, status, text }) => (
            <li key={item}>
              <Link to="/checklist" search={{ item }} className="row signoff-doubt" data-row>
                <Glyph kind={status} />
                <span className="ellipsis" title={title}>
                  {title}
                </span>
                <span className="mono soft ellipsis" title={text}>
                  {text}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {data && data.doubted > Math.min(mostDoubts, data.doubts.length) && (
        <PanelBody>
          <Link to="/checklist" search={{ filter: 'open' }} className="link" data-row>
            Show the others in the checklist
          </Link>
        </PanelBody>
      )}
    </Panel>
  );
}
