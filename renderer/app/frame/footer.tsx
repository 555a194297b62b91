import { useQuery } from '@tanstack/react-query';
import { counted } from '../../../shared/units.ts';
import { Button, formatSecond, Glyph, useNow } from '../../ui/index.ts';
import { computeWords, useComputeJobs } from '../compute.ts';
import { useService } from '../service.ts';

/** Journal, running step, keep-awake, power, hosts; or, in the same place, that the service cannot be reached. */
export function Footer() {
  const { queries, link, tryAgain } = useService();
  const session = useQuery(queries.session.get.queryOptions()).data;
  const computing = computeWords(useComputeJobs() ?? []);
  const now = useNow(1);
  if (link.phase === 'lost') {
    const seconds = Math.max(0, Math.ceil((link.nextTry - now) / 1000));
    return (
      <footer className="footer footer-lost">
        <span className="footer-part" role="alert">
          <Glyph kind="lost" silent />
          <span className="ellipsis" title={link.why}>
            The window has lost the service: {link.why} What you see is from{' '}
            {formatSecond(new Date(link.since))}. Steps that run go on, on their hosts.
          </span>
        </span>
        <span className="footer-end">
          <span aria-hidden="true">{seconds > 0 ? `next try in ${seconds} s` : 'trying now'}</span>
          <Button onPress={tryAgain}>Try now</Button>
        </span>
      </footer>
    );
  }
  if (!session) return <footer className="footer" />;
  const { journal, runs, awake, power, hosts } = session;
  return (
    <footer className="footer">
      {journal.problem ? (
        <span className="footer-part footer-journal tone-fail" title={journal.problem}>
          <Glyph kind="fail" silent />
          <span className="ellipsis">journal: {journal.problem}</span>
        </span>
      ) : (
        <span className="footer-part footer-journal">
          <Glyph kind="pass" silent />
          journal verified · {counted(journal.entries, 'entry', 'entries')}
        </span>
      )}
      {runs.map(({ id, text, state }) => (
        <span key={id} className="footer-part" title={text}>
          <Glyph kind={state === 'holding' || state === 'asking' ? 'hold' : 'running'} silent />
          <span className="ellipsis">{text}</span>
        </span>
      ))}
      {computing && (
        <span className="footer-part footer-compute" title={computing}>
          <Glyph kind="running" silent />
          <span className="ellipsis figures">{computing}</span>
        </span>
      )}
      {awake && <span className="footer-awake">{awake}</span>}
      <span className="footer-end">
        <span>{power}</span>
        <span>
          {hosts.connected} of {counted(hosts.known, 'host')} connected
        </span>
      </span>
    </footer>
  );
}
