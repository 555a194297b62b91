import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useAction, useService } from '../app/index.ts';
import { Button, EmptyState, Glyph, Panel, Skeleton } from '../ui/index.ts';

/** Secrets by name, never by value: which are kept, and a way to have them forgotten. */
export function Secrets() {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const { data: secrets } = useQuery(queries.settings.secrets.queryOptions());
  const forget = useAction((name: string) => client.settings.forgetSecret({ name }), {
    onDone: () => void cache.invalidateQueries({ queryKey: queries.settings.secrets.key() }),
    failure: 'The secret was not forgotten',
  });
  return (
    <Panel title="Secrets" aside={secrets && `${secrets.filter(({ kept }) => kept).length} kept`}>
      {!secrets && <Skeleton rows={2} height={37} />}
      {secrets?.length === 0 && (
        <EmptyState>No runbook asks for a secret. Values are asked for when a plan needs them.</EmptyState>
      )}
      <ul>
        {secrets?.map(({ name, kept }) => (
          <li key={name} className="settings-secret">
            <Glyph kind={kept ? 'done' : 'open'} word={kept ? 'kept' : 'not kept'} />
            <span className="mono ellipsis" title={name}>
              {name}
            </span>
            <span className="soft">{kept ? 'kept on this machine' : 'asked for when it is needed'}</span>
            {kept && (
              <Button onPress={() => forget.run(name)} about={name}>
                Forget
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
