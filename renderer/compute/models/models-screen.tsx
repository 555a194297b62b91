import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { JobKind, ModelView } from '../../../shared/contract/compute/index.ts';
import { sentenceOf, useAction, useCommands, useService } from '../../app/index.ts';
import { Banner, Glyph } from '../../ui/index.ts';
import { computeCommands } from '../commands/index.ts';
import { type Place, useWork } from '../work/use-work.ts';
import { WorkPage } from '../work/work-page.tsx';
import { Infer, RunFacts } from './infer.tsx';
import { ModelInspector, Providers, Registry } from './registry.tsx';
import { Shadow } from './shadow.tsx';

const kinds: readonly JobKind[] = ['infer', 'shadow'];

/** Models that were seen, what they run on, and what they give. */
export function ModelsScreen(place: Place) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const { data: models, error } = useQuery(queries.compute.models.queryOptions());
  const { data: providers } = useQuery(queries.compute.providers.queryOptions());
  const [selected, setSelected] = useState<string | null>(null);
  const model = models?.find(({ sha256 }) => sha256 === selected) ?? models?.[0];
  const pathOf = (role: ModelView['role']) => models?.find((one) => one.role === role)?.path;
  const work = useWork(kinds, place, {
    ...(selected && model ? { model: model.path } : {}),
    ...known('champion', pathOf('champion')),
    ...known('challenger', pathOf('challenger')),
  });
  const setRole = useAction(client.compute.setModelRole, {
    onDone: (next) => cache.setQueryData<ModelView[]>(queries.compute.models.queryKey(), next),
    failure: 'The model’s role was not changed',
  });
  const offer = (role: ModelView['role']) =>
    model && model.role !== role ? { run: () => setRole.run({ sha256: model.sha256, role }) } : null;
  const roles = useCommands(computeCommands, {
    champion: offer('champion'),
    challenger: offer('challenger'),
    plain: offer(null),
  });
  const { answer } = work;
  return (
    <WorkPage
      title="Models"
      work={work}
      empty="Run a model over data to see what it ranks first, how its scores are spread, whether it still gives its golden sample, and how fast it is. Run two to see where they differ."
      before={
        <>
          {error && (
            <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
              The models cannot be listed. {sentenceOf(error)}
            </Banner>
          )}
          <Registry models={models} selected={model} onSelect={setSelected} />
        </>
      }
      inspector={
        <>
          {model && models && <ModelInspector model={model} models={models} commands={roles} />}
          {answer?.kind === 'infer' && <RunFacts answer={answer} />}
          <Providers providers={providers} />
        </>
      }
    >
      {answer?.kind === 'infer' && <Infer answer={answer} />}
      {answer?.kind === 'shadow' && <Shadow answer={answer} />}
    </WorkPage>
  );
}

const known = (field: string, path: string | undefined) => (path === undefined ? {} : { [field]: path });
