import { useQuery } from '@tanstack/react-query';
import { useService } from '../app/index.ts';
import { WorkBar } from '../ui/index.ts';

/** How far the adding to a shared folder is, while something is added. */
export function SharingProgress() {
  const { queries } = useService();
  const now = useQuery(queries.signoff.sharing.queryOptions()).data;
  if (!now) return null;
  const { done, total } = now;
  return (
    <div>
      <p className="soft figures">
        {done.toLocaleString('en')} of {total.toLocaleString('en')} files added.
      </p>
      <WorkBar share={done / total} label="Progress of the exchange" />
    </div>
  );
}

/** What is said of an exchange that was stopped. */
export const stoppedSharing = {
  title: 'Stopped',
  text: 'What is in the folder by now is whole. Do it again to add the rest.',
  tone: 'calm',
} as const;
