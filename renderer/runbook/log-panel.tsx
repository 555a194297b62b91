import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Cell, HostLink } from '../../shared/contract/runbook.ts';
import { counted, formatBytes } from '../../shared/units.ts';
import { sentenceOf, useService } from '../app/index.ts';
import { Button, EmptyState, Glyph, Panel, SearchField } from '../ui/index.ts';
import { LogView } from '../ui/log/index.ts';

const typingPauseMs = 200;
/** A growing output is searched again this often. */
const searchAgainMs = 3000;

/** The output of one step on one host, as it comes. */
export function LogPanel({
  run,
  step,
  host,
  title,
  cell,
  follow,
  onFollow,
  searchField,
  links,
}: {
  run: string;
  step: string;
  host: string;
  title: string;
  cell: Cell | undefined;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  searchField: RefObject<HTMLInputElement | null>;
  /** Hosts that cannot be reached at the moment. */
  links: readonly HostLink[];
}) {
  const { client } = useService();
  const started = Boolean(cell?.startedAt) && host !== '';
  const size = useLogSize(run, step, host, started);
  const [search, setSearch] = useState('');
  const found = useFound(run, step, host, search, size.totalLines);
  const [at, setAt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search starts at its first hit.
  useEffect(() => setAt(0), [search, step, host]);

  const read = useCallback(
    async (from: number, count: number) => (await client.runbook.log({ run, step, host, from, count })).lines,
    [client, run, step, host],
  );
  const go = (by: number) => {
    if (found.lines.length === 0) return;
    onFollow(false);
    setAt((before) => (before + by + found.lines.length) % found.lines.length);
  };

  return (
    <Panel
      title={title}
      fills
      className="run-log"
      aside={
        started && (
          <>
            {search && (
              <span role="status">
                {found.problem ||
                  (found.lines.length === 0
                    ? 'not found'
                    : `${at + 1} of ${found.lines.length}${found.more ? ' first' : ''}`)}
              </span>
            )}
            <SearchField
              ref={searchField}
              label="Search the output"
              value={search}
              onChange={setSearch}
              keys="/"
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                go(event.shiftKey ? -1 : 1);
              }}
            />
            <span className="mono" title={formatBytes(size.totalBytes)}>
              {counted(size.totalLines, 'line')}
            </span>
            <Button tone="quiet" keys="f" onPress={() => onFollow(!follow)}>
              {follow ? 'following' : 'follow'}
            </Button>
          </>
        )
      }
    >
      {started && size.totalLines > 0 ? (
        <LogView
          key={`${step} ${host}`}
          label={`Output of ${title}`}
          totalLines={size.totalLines}
          read={read}
          follow={follow && !search}
          onFollow={onFollow}
          search={search}
          current={found.lines[at] ?? null}
        />
      ) : (
        <EmptyState>{emptyWords(cell, host, size.problem)}</EmptyState>
      )}
      {links.map((link) => (
        <p key={link.host} className="run-link">
          <Glyph kind="lost" silent />
          <span className="ellipsis" title={link.text}>
            {link.text}
          </span>
        </p>
      ))}
    </Panel>
  );
}

function emptyWords(cell: Cell | undefined, host: string, problem: string): string {
  if (problem) return problem;
  if (host === '') return cell?.outcome || 'The console does this itself. It has no output.';
  if (!cell?.startedAt) return 'It has not started yet.';
  return cell.endedAt ? 'It printed nothing.' : 'It has printed nothing yet.';
}

interface LogSize {
  totalLines: number;
  totalBytes: number;
  problem: string;
}

const nothing: LogSize = { totalLines: 0, totalBytes: 0, problem: '' };

/** How long the output is, for as long as it is looked at. */
function useLogSize(run: string, step: string, host: string, started: boolean): LogSize {
  const { client, link } = useService();
  const key = `${run} ${step} ${host}`;
  const [size, setSize] = useState<LogSize & { key: string }>({ ...nothing, key });
  useEffect(() => {
    if (!started || link.phase === 'lost') return;
    const end = new AbortController();
    const follow = async () => {
      const sizes = await client.runbook.watchLog({ run, step, host }, { signal: end.signal });
      for await (const { totalLines, totalBytes } of sizes) {
        if (end.signal.aborted) return;
        setSize({ totalLines, totalBytes, problem: '', key });
      }
    };
    follow().catch((error) => {
      if (!end.signal.aborted) setSize({ ...nothing, problem: sentenceOf(error), key });
    });
    return () => end.abort();
  }, [client, link.phase, run, step, host, started, key]);
  return size.key === key ? size : nothing;
}

interface Found {
  lines: readonly number[];
  more: boolean;
  problem: string;
}

/** The lines that hold the words, asked for once the typing rests, and again as the output grows. */
function useFound(run: string, step: string, host: string, text: string, totalLines: number): Found {
  const { client } = useService();
  const [found, setFound] = useState<Found>({ lines: [], more: false, problem: '' });
  const searched = useRested(totalLines, searchAgainMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines can hold more hits.
  useEffect(() => {
    if (!text) {
      setFound({ lines: [], more: false, problem: '' });
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      client.runbook.findInLog({ run, step, host, text }).then(
        (result) => current && setFound({ ...result, problem: '' }),
        (error) => current && setFound({ lines: [], more: false, problem: sentenceOf(error) }),
      );
    }, typingPauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, run, step, host, text, searched]);
  return found;
}

/** The value, changing at most once in `ms`. */
function useRested(value: number, ms: number): number {
  const [rested, setRested] = useState(value);
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    const timer = setInterval(() => setRested(latest.current), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return rested;
}
