import './frame.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LaunchContext, useCurrentLaunch, useForgetOtherLaunch } from '../launch.ts';
import { useService } from '../service.ts';
import { useTheme } from '../theme.ts';
import { FrameActions } from './actions.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Rail } from './rail.tsx';
import { useEarlyChecklist } from './use-early-checklist.ts';
import { useWindowTitle } from './window-title.ts';

/** Header, rail and footer: what is always in sight. */
export function Frame({ children }: { children: ReactNode }) {
  const { queries } = useService();
  const { launch } = useCurrentLaunch();
  const settings = useQuery(queries.settings.get.queryOptions()).data;
  useTheme(settings?.theme);
  useForgetOtherLaunch(launch);
  useEarlyChecklist(launch?.id);
  useWindowTitle(launch);
  return (
    <LaunchContext value={launch ?? null}>
      <FrameActions launch={launch ?? null}>
        <div className="frame" data-mode={launch?.mode}>
          <Header launch={launch} />
          <Rail launch={launch} name={settings?.name ?? ''} />
          <div className="frame-screen">{children}</div>
          <Footer />
        </div>
      </FrameActions>
    </LaunchContext>
  );
}
