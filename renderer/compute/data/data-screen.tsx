import type { JobKind } from '../../../shared/contract/compute/index.ts';
import { type Place, useWork } from '../work/use-work.ts';
import { WorkPage } from '../work/work-page.tsx';
import { Drift, DriftInspector } from './drift.tsx';
import { FilesPanel } from './files-panel.tsx';
import { Profile, ProfileInspector } from './profile.tsx';

const kinds: readonly JobKind[] = ['profile', 'drift'];

/** What the data are, before anything is computed from them. */
export function DataScreen(place: Place) {
  const work = useWork(kinds, place);
  const { answer } = work;
  return (
    <WorkPage
      title="Data"
      work={work}
      empty="A profile says what a file holds and what is wrong with it; drift says whether one file is still spread as another. Both work on files larger than memory."
      inspector={
        <>
          {answer?.kind === 'profile' && <ProfileInspector profile={answer} />}
          {answer?.kind === 'drift' && <DriftInspector drift={answer} />}
          <FilesPanel />
        </>
      }
    >
      {answer?.kind === 'profile' && <Profile profile={answer} />}
      {answer?.kind === 'drift' && <Drift drift={answer} />}
    </WorkPage>
  );
}
