import type { About } from '../../shared/contract/settings.ts';
import { Facts, Glyph } from '../ui/index.ts';

const hostNames = {
  electron: 'its own window (Electron)',
  loopback: 'a browser window on this machine',
  headless: 'no window',
} as const;

/** Versions, places, and what the host can do; what it cannot, with the reason. */
export function Installation({ about }: { about: About }) {
  const abilities = [
    { label: 'keep secrets', ...about.secrets },
    { label: 'stay awake', ...about.keepAwake },
    { label: 'notify', ...about.notifications },
    { label: 'pick files and folders', ...about.pickPath },
  ];
  return (
    <>
      <Facts
        facts={[
          { label: 'Holdpoint', value: about.holdpoint },
          { label: 'runs in', value: hostNames[about.host] },
          { label: 'data folder', value: about.dataFolder },
          { label: 'node', value: about.node },
          { label: 'sqlite', value: about.sqlite },
          { label: 'ssh', value: about.ssh || 'not found' },
        ]}
      />
      <ul className="settings-abilities">
        {abilities.map(({ label, can, why }) => (
          <li key={label}>
            <Glyph kind={can ? 'pass' : 'waived'} word={can ? 'can' : 'cannot'} />
            <span>
              {label}
              {why && <span className="soft"> · {why}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
