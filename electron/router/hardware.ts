import { implement } from '@orpc/server';
import { hardwareContract } from '../../shared/contract/hardware.ts';
import type { Session } from '../launch/index.ts';

export function hardwareProcedures(session: Session) {
  const os = implement(hardwareContract);
  return {
    hosts: os.hosts.handler(() => session.launch?.hosts.list() ?? []),
    probe: os.probe.handler(({ input }) => session.need().hosts.probe(input.host)),
    trust: os.trust.handler(({ input }) => session.need().hosts.trust(input.host, input.fingerprint)),
    laptop: os.laptop.handler(() => session.laptop.facts()),
    watchLoad: os.watchLoad.handler(({ signal }) => session.laptop.watchLoad(signal)),
  };
}
