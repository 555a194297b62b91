import { useQuery } from '@tanstack/react-query';
import { type BoundCommand, CommandButton, useService } from '../app/index.ts';
import { Glyph } from '../ui/index.ts';

/** The sandbox by itself, for who wants to look at it first or to rehearse a pack of their own. */
export function SandboxOffer({
  command,
  starting,
}: {
  command: BoundCommand | undefined;
  starting: boolean;
}) {
  const { queries } = useService();
  const sandbox = useQuery(queries.sandbox.get.queryOptions()).data;
  const running = sandbox?.state === 'running';
  return (
    <div className="worked">
      <div className="worked-words">
        <p className="worked-title">
          <span className="strong">The sandbox</span>{' '}
          {running && (
            <span className="mute">
              <Glyph kind="pass" silent /> runs
            </span>
          )}
        </p>
        <p className="soft break">
          {sandbox?.problem ||
            'Three SSH servers with a demo service on each. A rehearsal starts it by itself, one of your own pack too.'}
        </p>
      </div>
      <CommandButton command={command} busy={starting}>
        {starting ? 'Starting the sandbox…' : undefined}
      </CommandButton>
    </div>
  );
}
